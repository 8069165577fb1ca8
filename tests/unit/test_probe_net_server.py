"""Contacting real TLS servers on loopback: what is seen of the good, the broken and the hostile."""

import threading
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from OpenSSL import SSL, crypto

from certwizard.domain.observation import AddressSource, Failure, FailureReason, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.cancel import CancelToken
from certwizard.probe.server import ServerSight, observe_server
from tests.factory import Issued, ec_key, leaf, pki, root
from tests.unit.probe_net_servers import (
    Handler,
    Peer,
    closed_port,
    resetting,
    server,
    silent,
    subjects,
    target,
    tls,
    tls_context,
)

HTTP = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nServer: test\r\nContent-Length: 0\r\n\r\n"
NAME = "www.example.com"


def look(*handlers: Handler, timeout: float = 10.0, **changes: object) -> ServerSight:
    with server(*handlers) as port:
        return observe_server(target(port, **changes), ProbeOptions(timeout=timeout))  # type: ignore[arg-type]


def healthy() -> Handler:
    return tls(tls_context(*pki().chain), answer=HTTP)


def failure_of(sight: ServerSight) -> Failure:
    failure = sight.handshakes[0].failure
    assert failure is not None
    return failure


def test_a_healthy_server_is_seen_whole() -> None:
    sight = look(healthy())
    first = sight.handshakes[0]
    assert (first.failure, first.protocol, first.offer, first.sni) == (None, "TLSv1.3", Offer.MODERN, NAME)
    assert first.chain == tuple(issued.der for issued in pki().chain)
    assert sight.http is not None
    assert (sight.http.status, sight.http.server, sight.http.over_tls) == (200, "test", True)
    assert sight.resolution.source is AddressSource.OPTION


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_the_chain_is_seen_as_sent_whatever_it_is(newest: int) -> None:
    order = (pki().leaf, pki().root, pki().intermediate, pki().intermediate, leaf(None, ["other.example"]))
    sight = look(tls(tls_context(*order, newest=newest), answer=HTTP))
    assert sight.handshakes[0].chain == tuple(issued.der for issued in order)


@pytest.mark.parametrize(("version", "name"), [(SSL.TLS1_VERSION, "TLSv1"), (SSL.TLS1_1_VERSION, "TLSv1.1")])
def test_an_old_server_is_refused_as_today_and_seen_by_the_permissive_offer(version: int, name: str) -> None:
    sight = look(tls(tls_context(*pki().chain, oldest=version, newest=version), answer=HTTP))
    by_offer = {one.offer: one for one in sight.handshakes if one.sni}
    failure = by_offer[Offer.MODERN].failure
    assert failure is not None
    assert (failure.reason, failure.alert) == (FailureReason.ALERT, 70)
    assert by_offer[Offer.PERMISSIVE].protocol == name
    assert sight.handshakes[0].chain


def test_a_server_with_weak_ciphers_alone_is_seen_by_the_permissive_offer() -> None:
    context = tls_context(*pki().chain, newest=SSL.TLS1_2_VERSION, ciphers="ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0")
    sight = look(tls(context, answer=HTTP))
    by_offer = {one.offer: one for one in sight.handshakes if one.sni}
    failure = by_offer[Offer.MODERN].failure
    assert failure is not None
    assert (failure.reason, failure.alert) == (FailureReason.ALERT, 40)
    assert by_offer[Offer.PERMISSIVE].cipher == "ECDHE-ECDSA-NULL-SHA"


def test_a_certificate_that_depends_on_the_name_is_seen_with_and_without_it() -> None:
    other = leaf(pki().intermediate, ["default.example"])
    context = tls_context(other, by_name={NAME.encode(): tls_context(*pki().chain)})
    sight = look(tls(context, answer=HTTP))
    assert subjects(sight.handshakes[0].chain)[0] == NAME
    nameless = [one for one in sight.handshakes if one.sni is None]
    assert [subjects(one.chain) for one in nameless] == [["default.example"]]


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_chain_too_large_for_openssl_is_seen_all_the_same(newest: int) -> None:
    bulk = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), bytes(50_000))
    large = [leaf(pki().intermediate, [f"{number}.example"], having=[bulk]) for number in range(3)]
    sight = look(tls(tls_context(pki().leaf, *large, newest=newest), answer=HTTP))
    assert failure_of(sight).reason is FailureReason.TLS
    assert sight.handshakes[0].chain == tuple(issued.der for issued in (pki().leaf, *large))


def test_a_server_that_insists_on_another_application_protocol_is_seen() -> None:
    def insist(_: SSL.Connection, offered: list[bytes]) -> bytes:
        if b"h2" not in offered:
            raise ConnectionError("only HTTP/2 is spoken here")
        return b"h2"

    context = tls_context(*pki().chain)
    context.set_alpn_select_callback(insist)
    first = look(tls(context)).handshakes[0]
    assert (first.failure, len(first.chain)) == (None, 2)


def test_no_name_is_sent_for_an_address() -> None:
    with server(healthy()) as port:
        asked = Target("127.0.0.1", TargetKind.SERVER, "127.0.0.1", port, "127.0.0.1")
        sight = observe_server(asked, ProbeOptions())
    assert [one.sni for one in sight.handshakes] == [None]


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_stapled_answer_is_kept_as_received(newest: int) -> None:
    answer = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    staple = answer.public_bytes(Encoding.DER)
    sight = look(tls(tls_context(*pki().chain, staple=staple, newest=newest), answer=HTTP))
    assert sight.handshakes[0].stapled_ocsp == staple


@pytest.mark.parametrize(("newest", "alert"), [(SSL.TLS1_2_VERSION, 40), (SSL.TLS1_3_VERSION, 116)])
def test_a_server_that_wants_a_client_certificate_is_seen_with_its_chain(newest: int, alert: int) -> None:
    sight = look(tls(tls_context(*pki().chain, newest=newest, client_ca=root("Client Root")), answer=HTTP))
    first = sight.handshakes[0]
    assert first.client_certificate_requested
    assert first.client_ca_names == ("CN=Client Root",)
    assert subjects(first.chain)[0] == NAME
    assert (failure_of(sight).reason, failure_of(sight).alert) == (FailureReason.ALERT, alert)


# Only the library's old key class takes a key whose halves do not belong together.
@pytest.mark.filterwarnings("ignore:Passing pyOpenSSL PKey objects:DeprecationWarning")
@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_key_that_does_not_match_shows_as_our_alert_with_the_chain(newest: int) -> None:
    context = tls_context(*pki().chain, newest=newest, key=mismatched(pki().leaf))
    sight = look(tls(context, answer=HTTP))
    assert failure_of(sight).reason is FailureReason.TLS
    assert failure_of(sight).alert_sent == 51
    assert subjects(sight.handshakes[0].chain)[0] == NAME


def mismatched(issued: Issued) -> crypto.PKey:
    """Return a key that claims the certificate's public half and signs with another private one."""
    wanted, other = issued.key, ec_key("another")
    assert isinstance(wanted, ec.EllipticCurvePrivateKey)
    der = wanted.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    half, wrong_half = (key.private_numbers().private_value.to_bytes(32) for key in (wanted, other))
    return crypto.load_privatekey(crypto.FILETYPE_ASN1, der.replace(half, wrong_half))


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


def test_every_address_is_tried_and_the_one_with_a_chain_comes_first() -> None:
    with server(healthy(), address="::1") as port:
        asked = Target(NAME, TargetKind.SERVER, NAME, port, NAME, connect_host="localhost", connect_port=port)
        sight = observe_server(asked, ProbeOptions())
    assert [(one.address, bool(one.chain)) for one in sight.handshakes] == [
        ("::1", True),
        ("127.0.0.1", False),
        ("::1", True),
    ]


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


def forward_to(port: int) -> Handler:
    import socket

    def pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(4096):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def handle(peer: Peer) -> None:
        peer.until(b"\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port)) as onward:
            peer.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(onward, peer.sock))
            back.start()
            pump(peer.sock, onward)
            back.join()

    return handle


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
