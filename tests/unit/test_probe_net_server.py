"""Contacting a server as a whole: addresses, names, STARTTLS, proxies, progress."""

import subprocess
import sys
from pathlib import Path

import pytest

from certwizard.domain.observation import AddressSource, FailureReason, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.server import observe_server
from tests.factory import pki
from tests.unit.probe_net_servers import (
    NAME,
    Peer,
    closed_port,
    failure_of,
    forward_to,
    healthy,
    look,
    server,
    silent,
    target,
    tls,
    tls_context,
)


def test_a_healthy_server_is_seen_whole() -> None:
    sight = look(healthy())
    first = sight.handshakes[0]
    assert (first.failure, first.protocol, first.offer, first.sni) == (None, "TLSv1.3", Offer.MODERN, NAME)
    assert first.chain == tuple(issued.der for issued in pki().chain)
    assert sight.http is not None
    assert (sight.http.status, sight.http.server, sight.http.over_tls) == (200, "test", True)
    assert sight.resolution.source is AddressSource.OPTION


def test_no_name_is_sent_for_an_address() -> None:
    with server(healthy()) as port:
        asked = Target("127.0.0.1", TargetKind.SERVER, "127.0.0.1", port, "127.0.0.1")
        sight = observe_server(asked, ProbeOptions())
    assert {one.sni for one in sight.handshakes} == {None}


def test_every_address_is_tried_and_the_one_with_a_chain_comes_first() -> None:
    with server(healthy(), address="::1") as port:
        asked = Target(NAME, TargetKind.SERVER, NAME, port, NAME, connect_host="localhost", connect_port=port)
        sight = observe_server(asked, ProbeOptions())
    assert [(one.address, bool(one.chain)) for one in sight.handshakes[:2]] == [
        ("::1", True),
        ("127.0.0.1", False),
    ]
    assert {one.address for one in sight.handshakes[2:]} == {"::1"}


def test_only_the_asked_family_is_used() -> None:
    with server(healthy(), address="::1") as port:
        asked = Target("x", TargetKind.SERVER, "localhost", port, "localhost")
        sight = observe_server(asked, ProbeOptions(family=6))
    assert {one.address for one in sight.handshakes} == {"::1"}


def test_a_name_that_does_not_resolve_ends_there() -> None:
    asked = Target("x", TargetKind.SERVER, "..", 443, "..")
    sight = observe_server(asked, ProbeOptions())
    assert sight.resolution.failure is not None
    assert sight.handshakes == ()


def test_starttls_leads_to_the_chain_and_asks_no_http() -> None:
    def dialog(peer: Peer) -> None:
        peer.say(b"220 mail ESMTP\r\n")
        peer.line()
        peer.say(b"250 STARTTLS\r\n")
        peer.line()
        peer.say(b"220 go\r\n")

    sight = look(tls(tls_context(*pki().chain), dialog), starttls=Starttls.SMTP)
    assert (sight.handshakes[0].failure, len(sight.handshakes[0].chain)) == (None, 2)
    assert sight.http is None


def test_a_refused_starttls_is_told_in_the_words_of_the_server() -> None:
    sight = look(lambda peer: peer.say(b"554 go away\r\n"), starttls=Starttls.SMTP)
    assert (failure_of(sight).reason, failure_of(sight).detail) == (
        FailureReason.STARTTLS_REFUSED,
        "554 go away",
    )


def test_starttls_asked_of_a_server_of_tls_alone_is_explained() -> None:
    sight = look(tls(tls_context(*pki().chain)), timeout=0.3, starttls=Starttls.SMTP)
    assert failure_of(sight).reason is FailureReason.STARTTLS_REFUSED
    assert failure_of(sight).spoke == "TLS"
    assert len(sight.handshakes[0].chain) == 2


def test_a_proxy_carries_the_handshake() -> None:
    with server(healthy()) as port:
        via = forward_to(port)
        with server(via) as proxy_port:
            asked = Target("x", TargetKind.SERVER, NAME, 443, NAME)
            sight = observe_server(asked, ProbeOptions(proxy=f"http://127.0.0.1:{proxy_port}"))
    assert sight.resolution.source is AddressSource.PROXY
    assert (sight.handshakes[0].address, sight.handshakes[0].failure) == (NAME, None)
    assert len(sight.handshakes[0].chain) == 2


def test_a_proxy_that_cannot_be_understood_is_a_failure_and_no_exception() -> None:
    sight = observe_server(target(443), ProbeOptions(proxy="gopher://x"))
    assert sight.resolution.failure is not None
    assert sight.resolution.failure.reason is FailureReason.PROXY


def test_the_phases_are_reported_as_they_go() -> None:
    told: list[Progress] = []
    with server(healthy()) as port:
        observe_server(target(port), ProbeOptions(), report=told.append)
    ends = {one.phase: one for one in told if one.state is not PhaseState.RUNNING}
    assert {phase: one.state for phase, one in ends.items()} == {
        Phase.RESOLVE: PhaseState.DONE,
        Phase.CONNECT: PhaseState.DONE,
        Phase.HANDSHAKE: PhaseState.DONE,
    }
    assert ends[Phase.HANDSHAKE].detail == "TLSv1.3, 2 certificates"


def test_keys_are_logged_where_the_user_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    look(healthy())
    assert b"SERVER_HANDSHAKE_TRAFFIC_SECRET" in log.read_bytes()


def test_a_handshake_says_whether_a_connection_came_about() -> None:
    assert look(healthy()).handshakes[0].connected
    late = look(silent, timeout=0.1).handshakes[0]
    assert late.connected
    assert late.failure is not None
    assert late.failure.detail.startswith("connected, but ")
    assert not observe_server(target(closed_port()), ProbeOptions()).handshakes[0].connected


def test_a_plain_handshake_loads_no_dialog_no_proxy_and_no_client_of_the_web() -> None:
    heavy = (
        "urllib.request",
        "http.client",
        "xml.sax",
        "certwizard.probe.starttls",
        "certwizard.probe.tunnel",
    )
    code = f"import sys, certwizard.probe.server; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
