"""Servers that refuse, stay silent, speak something else or mean harm are told apart and survived."""

import random
import threading
import time

import pytest
from OpenSSL import SSL

from certwizard.domain.observation import FailureReason
from certwizard.domain.options import ProbeOptions
from certwizard.probe.cancel import CancelToken
from certwizard.probe.server import observe_server
from tests.factory import pki
from tests.unit.probe_net_servers import (
    HTTP,
    Peer,
    closed_port,
    failure_of,
    forward_to,
    look,
    resetting,
    server,
    silent,
    target,
    tls,
    tls_context,
)


def test_a_refused_connection_is_told() -> None:
    sight = observe_server(target(closed_port()), ProbeOptions())
    assert failure_of(sight).reason is FailureReason.REFUSED
    assert sight.http is None


def test_a_silent_server_ends_in_a_timeout() -> None:
    started = time.monotonic()
    assert failure_of(look(silent, timeout=0.2)).reason is FailureReason.TIMEOUT
    assert time.monotonic() - started < 5


def test_a_server_that_resets_is_told() -> None:
    assert failure_of(look(resetting)).reason is FailureReason.RESET


def plain_http(peer: Peer) -> None:
    peer.line()
    peer.say(HTTP.replace(b"200 OK", b"400 Bad Request"))


def test_plain_http_is_named_and_its_answer_read() -> None:
    sight = look(plain_http)
    assert (failure_of(sight).reason, failure_of(sight).spoke) == (FailureReason.NOT_TLS, "HTTP")
    assert sight.http is not None
    assert not sight.http.over_tls


def http_that_hangs_up_on_tls(peer: Peer) -> None:
    if peer.sock.recv(1) == b"G":
        peer.until(b"\r\n\r\n")
        peer.say(b"HTTP/1.0 302 Found\r\nLocation: http://portal.example/\r\n\r\n")


def test_http_that_hangs_up_on_tls_is_found_by_a_plain_question() -> None:
    sight = look(http_that_hangs_up_on_tls)
    assert (failure_of(sight).reason, failure_of(sight).spoke) == (FailureReason.NOT_TLS, "HTTP")
    assert sight.http is not None
    assert sight.http.location == "http://portal.example/"


@pytest.mark.parametrize(
    ("greeting", "spoke"),
    [
        (b"SSH-2.0-OpenSSH_9.9\r\n", "SSH"),
        (b"220 mail.example.com ESMTP\r\n", "SMTP"),
        (b"* OK IMAP4rev1 ready\r\n", "IMAP"),
        (b"\x00garbage", "something unknown"),
    ],
)
def test_another_protocol_is_named_by_its_greeting(greeting: bytes, spoke: str) -> None:
    def greet(peer: Peer) -> None:
        peer.say(greeting)
        peer.over.wait(10)

    failure = failure_of(look(greet))
    assert (failure.reason, failure.spoke) == (FailureReason.NOT_TLS, spoke)


def test_an_alert_is_told_by_its_number() -> None:
    def refuse(peer: Peer) -> None:
        peer.sock.recv(4096)
        peer.say(b"\x15\x03\x03\x00\x02\x02\x70")

    failure = failure_of(look(refuse))
    assert (failure.reason, failure.alert) == (FailureReason.ALERT, 112)


def test_a_drip_fed_handshake_cannot_go_past_the_deadline() -> None:
    def drip(peer: Peer) -> None:
        peer.say(b"\x16\x03\x03\x40\x00")
        while not peer.over.wait(0.01):
            peer.say(b"\x0b")

    started = time.monotonic()
    assert failure_of(look(drip, timeout=0.3)).reason in (FailureReason.TIMEOUT, FailureReason.TLS)
    assert time.monotonic() - started < 5


def test_a_flood_is_bounded() -> None:
    def flood(peer: Peer) -> None:
        while not peer.over.is_set():
            peer.say((b"\x16\x03\x03\x40\x00" + b"\x00" * 0x4000) * 8)

    assert failure_of(look(flood)).reason in (FailureReason.TLS, FailureReason.TOO_LARGE)


def test_cancelling_returns_at_once() -> None:
    cancel = CancelToken()
    threading.Timer(0.1, cancel.cancel).start()
    with server(silent) as port:
        started = time.monotonic()
        sight = observe_server(target(port), ProbeOptions(timeout=60), cancel=cancel)
        took = time.monotonic() - started
    assert failure_of(sight).reason is FailureReason.CANCELLED
    assert took < 2


def test_a_flight_that_is_mangled_on_the_way_is_never_an_exception() -> None:
    dice = random.Random(7)  # noqa: S311 - the same faults in each run

    def mangle(data: bytes) -> bytes:
        spoilt = bytearray(data)
        for _ in range(3):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        return bytes(spoilt)

    for newest in (SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION):
        context = tls_context(*pki().chain, newest=newest, client_ca=pki().root)
        with server(tls(context, answer=HTTP)) as port, server(forward_to(port, mangle)) as mangled:
            for _ in range(10):
                assert observe_server(target(mangled), ProbeOptions(timeout=0.1)).handshakes
