"""The greeting that names every cipher suite: what it learns from servers that OpenSSL cannot talk to any more."""

from __future__ import annotations

from OpenSSL import SSL

from certwizard.domain.observation import FailureReason, Offer
from certwizard.domain.target import Starttls
from certwizard.knowledge.handshakes import kind_of_suite, suite_kinds
from certwizard.probe.old_greeting import ANSWER_LIMIT, MOST_GREETINGS, client_hello, greet, taken_kinds
from certwizard.probe.plain_flight import protocol_in, read_plain_flight
from tests.factory import leaf, pki, rsa_key
from tests.unit.probe_net_servers import Handler, Peer, resetting, route, server, silent, tls, tls_context

NAME = "www.example.com"
RSA = leaf(pki().intermediate, key=rsa_key())


def hello(version: int, suite: int, more: bytes = b"") -> bytes:
    """Return a record with a ServerHello, and further handshake messages."""
    content = version.to_bytes(2) + bytes(32) + b"\x00" + suite.to_bytes(2) + b"\x00"
    body = b"\x02" + len(content).to_bytes(3) + content + more
    return b"\x16" + version.to_bytes(2) + len(body).to_bytes(2) + body


def message(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + len(content).to_bytes(3) + content


DONE = message(14, b"")


def saying(*answers: bytes) -> list[Handler]:
    """Return handlers that answer the first greetings so, whatever they offer."""

    def handler(answer: bytes) -> Handler:
        def handle(peer: Peer) -> None:
            peer.exactly(5)
            peer.say(answer)

        return handle

    return [handler(answer) for answer in answers]


def test_a_server_is_asked_until_it_takes_nothing_more() -> None:
    suites = "ECDHE-RSA-AES128-SHA:AES128-GCM-SHA256:AES256-SHA"
    context = tls_context(RSA, pki().intermediate, newest=SSL.TLS1_2_VERSION, ciphers=f"{suites}:@SECLEVEL=0")
    with server(tls(context)) as port:
        made = taken_kinds(route(port), "127.0.0.1", NAME)
    kinds = [kind.id for one in made if (kind := kind_of_suite(one.cipher or "")) is not None]
    assert kinds == ["ecdhe-rsa-cbc-sha1", "rsa-aead", "rsa-cbc-sha1"]
    assert made[-1].failure is not None
    assert made[-1].failure.alert == 40
    assert made[0].chain == (RSA.der, pki().intermediate.der)
    assert {one.chain for one in made[1:]} == {()}
    assert {one.offer for one in made} == {Offer.EVERYTHING}
    assert [one.repeat for one in made] == [0, 1, 2, 3]


def test_suites_that_no_library_has_are_named() -> None:
    with server(*saying(hello(0x0303, 0x0005, DONE), b"\x15\x03\x03\x00\x02\x02\x28")) as port:
        first, last = taken_kinds(route(port), "127.0.0.1", NAME)
    assert (first.failure, first.protocol, first.cipher) == (None, "TLSv1.2", "RC4-SHA")
    assert last.failure is not None


def test_a_server_of_ssl_3_alone_is_heard_in_its_own_version() -> None:
    """It hangs up on a greeting that names something newer."""
    with server(resetting, *saying(hello(0x0300, 0x000A, DONE))) as port:
        first, second = taken_kinds(route(port), "127.0.0.1", NAME)
    assert first.failure is not None
    assert (second.protocol, second.cipher, second.sni) == ("SSLv3", "DES-CBC3-SHA", None)


def test_the_size_of_the_group_is_read() -> None:
    prime = (1 << 1023).to_bytes(128)
    exchange = message(12, len(prime).to_bytes(2) + prime + b"\x00\x01\x02\x00\x01\x05")
    with server(*saying(hello(0x0303, 0x009E, exchange + DONE))) as port:
        one = greet(route(port), "127.0.0.1", NAME, suite_kinds())
    assert (one.cipher, one.dh_bits) == ("DHE-RSA-AES128-GCM-SHA256", 1024)


def test_an_elliptic_curve_is_no_small_group() -> None:
    exchange = message(12, b"\x03\x00\x17\x41" + bytes(65))
    with server(*saying(hello(0x0303, 0xC02F, exchange + DONE))) as port:
        assert greet(route(port), "127.0.0.1", NAME, suite_kinds()).dh_bits is None


def test_a_suite_that_was_not_offered_is_none() -> None:
    with server(*saying(hello(0x0303, 0x1301, DONE))) as port:
        one = greet(route(port), "127.0.0.1", NAME, suite_kinds())
    assert one.failure is not None
    assert (one.failure.reason, one.cipher) == (FailureReason.RESET, None)


def test_what_is_no_tls_is_named() -> None:
    with server(*saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        one = greet(route(port), "127.0.0.1", NAME, suite_kinds())
    assert one.failure is not None
    assert (one.failure.reason, one.failure.spoke) == (FailureReason.NOT_TLS, "HTTP")


def test_silence_ends_at_the_time_limit() -> None:
    with server(silent) as port:
        one = greet(route(port, timeout=0.2), "127.0.0.1", NAME, suite_kinds())
    assert one.failure is not None
    assert (one.failure.reason, one.connected) == (FailureReason.TIMEOUT, True)


def test_an_endless_answer_is_cut_off() -> None:
    def endless(peer: Peer) -> None:
        peer.say(hello(0x0303, 0x002F))
        while not peer.over.is_set():
            peer.say(b"\x16\x03\x03\x40\x00" + bytes(0x4000))

    with server(endless) as port:
        one = greet(route(port), "127.0.0.1", NAME, suite_kinds())
    assert one.cipher == "AES128-SHA"
    assert ANSWER_LIMIT < 1024 * 1024


def test_a_server_that_takes_everything_is_asked_a_bounded_number_of_times() -> None:
    """A hostile one could choose another suite each time."""
    firsts = [hello(0x0303, next(iter(kind.suites)), DONE) for kind in suite_kinds()]
    with server(*saying(*firsts)) as port:
        assert len(taken_kinds(route(port), "127.0.0.1", NAME)) == MOST_GREETINGS


def test_the_dialogue_before_the_upgrade_is_held() -> None:
    def dialog(peer: Peer) -> None:
        peer.say(b"220 mail ESMTP\r\n")
        peer.line()
        peer.say(b"250 STARTTLS\r\n")
        peer.line()
        peer.say(b"220 go\r\n")

    context = tls_context(*pki().chain, newest=SSL.TLS1_2_VERSION)
    with server(tls(context, dialog)) as port:
        one = greet(route(port, starttls=Starttls.SMTP), "127.0.0.1", NAME, suite_kinds())
    assert (one.failure, one.protocol) == (None, "TLSv1.2")


def test_a_greeting_names_the_host_where_there_are_extensions() -> None:
    assert NAME.encode() in client_hello([1], NAME, 0x0303)
    assert NAME.encode() not in client_hello([1], NAME, 0x0300)
    assert client_hello([0xC02F], None, 0x0303).count(b"\xc0\x2f") == 1


def test_garbage_is_read_as_nothing() -> None:
    for raw in (b"", b"\x16\x03", b"\x16\x03\x03\x00\x04\x02\x00\x00\x00", b"\x00" * 40):
        assert read_plain_flight(raw).suite is None
        assert protocol_in(raw) is None


def test_the_version_of_a_handshake_that_broke_off_is_told_where_it_is_certain() -> None:
    """TLS 1.3 calls itself 1.2 in its greeting."""
    assert protocol_in(hello(0x0301, 0x002F)) == "TLSv1"
    assert protocol_in(hello(0x0303, 0x002F)) is None
