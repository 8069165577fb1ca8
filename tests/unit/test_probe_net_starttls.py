"""Every STARTTLS protocol: the dialog that leads to TLS, and every way to be refused."""

from dataclasses import dataclass

import pytest

from certwizard.domain.observation import Failure, FailureReason
from certwizard.domain.target import Starttls
from certwizard.probe.cancel import CancelToken
from certwizard.probe.connect import connect
from certwizard.probe.starttls import upgrade
from certwizard.probe.stream import BoundedStream, StepFailed
from tests.unit.probe_net_servers import Handler, Peer, server, silent

S = Starttls
TLS_BEGINS = b"<tls begins>"
XML = b"<?xml version='1.0'?><stream:stream xmlns:stream='x'>"
STARTTLS = b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
OFFER = b"<stream:features>" + STARTTLS + b"<required/></starttls></stream:features>"


def mysql_packet(number: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "little") + bytes([number]) + body


def mysql_greeting(abilities: int) -> bytes:
    salt = b"saltsalt\x00"
    tail = b"\x21\x02\x00" + b"\xff\xff\x15" + bytes(10) + b"moresaltsalt\x00"
    return mysql_packet(0, b"\x0a8.4.3\x00\x01\x00\x00\x00" + salt + abilities.to_bytes(2, "little") + tail)


def ldap_answer(code: int, words: bytes = b"") -> bytes:
    result = bytes([0x0A, 1, code, 0x04, 0, 0x04, len(words)]) + words
    body = b"\x02\x01\x01" + bytes([0x78, len(result)]) + result
    return bytes([0x30, 0x81, len(body)]) + body


@dataclass(frozen=True)
class Turn:
    """What the server says, and what it must have heard before."""

    heard: bytes
    says: bytes


GOOD: dict[Starttls, tuple[Turn, ...]] = {
    S.SMTP: (
        Turn(b"", b"220-mail.example.com ESMTP\r\n220 ready\r\n"),
        Turn(b"EHLO certwizard.invalid\r\n", b"250-mail.example.com\r\n250-SIZE 1\r\n250 STARTTLS\r\n"),
        Turn(b"STARTTLS\r\n", b"220 2.0.0 ready\r\n"),
    ),
    S.LMTP: (
        Turn(b"", b"220 lmtp\r\n"),
        Turn(b"LHLO certwizard.invalid\r\n", b"250 STARTTLS\r\n"),
        Turn(b"STARTTLS\r\n", b"220 ready\r\n"),
    ),
    S.IMAP: (
        Turn(b"", b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
        Turn(b"a1 STARTTLS\r\n", b"* NOTICE of something\r\na1 OK begin\r\n"),
    ),
    S.POP3: (Turn(b"", b"+OK ready\r\n"), Turn(b"STLS\r\n", b"+OK begin\r\n")),
    S.FTP: (Turn(b"", b"220-Welcome\r\nhere\r\n220 ready\r\n"), Turn(b"AUTH TLS\r\n", b"234 go\r\n")),
    S.NNTP: (Turn(b"", b"201 news, no posting\r\n"), Turn(b"STARTTLS\r\n", b"382 go\r\n")),
    S.SIEVE: (
        Turn(b"", b'"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK "ready"\r\n'),
        Turn(b"STARTTLS\r\n", b'OK "begin"\r\n'),
    ),
    S.POSTGRES: (Turn(b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b"S"),),
    S.LDAP: (Turn(b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037", ldap_answer(0)),),
    S.XMPP: (
        Turn(b'to="www.example.com">', XML + OFFER),
        Turn(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", b"<proceed xmlns='x'/>"),
    ),
    S.XMPP_SERVER: (
        Turn(b'to="www.example.com">', XML + OFFER[:30]),
        Turn(b"", OFFER[30:]),
        Turn(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", b"<proceed xmlns='x'/>"),
    ),
    S.MYSQL: (
        Turn(b"", mysql_greeting(0xFFFF)),
        Turn(mysql_packet(1, b"\x00\x8a\x00\x00\x00\x00\x00\x01\x21" + bytes(23)), b""),
    ),
}

REFUSED: list[tuple[Starttls, tuple[Turn, ...], str]] = [
    (
        S.SMTP,
        (*GOOD[S.SMTP][:2], Turn(b"STARTTLS\r\n", b"454 TLS not available\r\n")),
        "454 TLS not available",
    ),
    (S.SMTP, (Turn(b"", b"554 no mail for you\r\n"),), "554 no mail for you"),
    (S.SMTP, (Turn(b"", b"220 x\r\n"), Turn(b"EHLO certwizard.invalid\r\n", b"502 what\r\n")), "502 what"),
    (S.LMTP, (*GOOD[S.LMTP][:2], Turn(b"STARTTLS\r\n", b"500 unknown\r\n")), "500 unknown"),
    (
        S.IMAP,
        (GOOD[S.IMAP][0], Turn(b"a1 STARTTLS\r\n", b"a1 BAD unknown command\r\n")),
        "a1 BAD unknown command",
    ),
    (S.IMAP, (Turn(b"", b"* BYE too many\r\n"),), "* BYE too many"),
    (S.POP3, (GOOD[S.POP3][0], Turn(b"STLS\r\n", b"-ERR unknown\r\n")), "-ERR unknown"),
    (S.FTP, (GOOD[S.FTP][0], Turn(b"AUTH TLS\r\n", b"530 please log in\r\n")), "530 please log in"),
    (S.NNTP, (GOOD[S.NNTP][0], Turn(b"STARTTLS\r\n", b"580 cannot\r\n")), "580 cannot"),
    (S.SIEVE, (GOOD[S.SIEVE][0], Turn(b"STARTTLS\r\n", b'NO "not here"\r\n')), 'NO "not here"'),
    (S.POSTGRES, (Turn(b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b"N"),), "does not do TLS"),
    (S.LDAP, (Turn(GOOD[S.LDAP][0].heard, ldap_answer(52, b"no TLS here")),), "result code 52 no TLS here"),
    (S.XMPP, (Turn(b'to="www.example.com">', XML + b"<stream:features></stream:features>"),), "features"),
    (S.XMPP, (GOOD[S.XMPP][0], Turn(GOOD[S.XMPP][1].heard, b"<failure/></stream:stream>")), "failure"),
    (S.XMPP, (Turn(b'to="www.example.com">', XML + b"<stream:error><host-unknown/>"),), "host-unknown"),
    (S.MYSQL, (Turn(b"", mysql_greeting(0xF7FF)),), "the server 8.4.3 does not offer TLS"),
    (S.MYSQL, (Turn(b"", mysql_packet(0, b"\xff\x6a\x04Host is not allowed")),), "Host is not allowed"),
]


def play(turns: tuple[Turn, ...], heard: list[bytes]) -> Handler:
    def handle(peer: Peer) -> None:
        for turn in turns:
            if turn.heard:
                heard.append(peer.until(turn.heard))
            peer.say(turn.says)
        if heard is not None:
            heard.append(peer.exactly(len(TLS_BEGINS)))

    return handle


def connected(port: int, timeout: float = 5.0) -> BoundedStream:
    return connect("127.0.0.1", port, timeout=timeout, cancel=CancelToken())


def refusal(protocol: Starttls, handler: Handler, timeout: float = 5.0) -> Failure:
    with server(handler) as port, connected(port, timeout) as stream:
        with pytest.raises(StepFailed) as failed:
            upgrade(stream, protocol, "www.example.com")
        return failed.value.failure


@pytest.mark.parametrize("protocol", list(Starttls))
def test_every_protocol_reaches_the_point_where_tls_begins(protocol: Starttls) -> None:
    heard: list[bytes] = []
    with server(play(GOOD[protocol], heard)) as port, connected(port) as stream:
        upgrade(stream, protocol, "www.example.com")
        stream.send(TLS_BEGINS)
        stream.receive()
    assert heard[-1] == TLS_BEGINS
    for turn in GOOD[protocol]:
        assert turn.heard in b"".join(heard)


@pytest.mark.parametrize(("protocol", "turns", "words"), REFUSED)
def test_a_refusal_is_told_in_the_words_of_the_server(
    protocol: Starttls, turns: tuple[Turn, ...], words: str
) -> None:
    failure = refusal(protocol, play(turns, []))
    assert failure.reason is FailureReason.STARTTLS_REFUSED
    assert words in failure.detail


@pytest.mark.parametrize("protocol", list(Starttls))
def test_a_server_that_says_nothing_ends_in_time(protocol: Starttls) -> None:
    assert refusal(protocol, silent, timeout=0.05).reason is FailureReason.TIMEOUT


@pytest.mark.parametrize("protocol", list(Starttls))
def test_a_server_that_hangs_up_is_a_failure(protocol: Starttls) -> None:
    reason = refusal(protocol, lambda peer: None).reason
    assert reason in (FailureReason.RESET, FailureReason.STARTTLS_REFUSED)


@pytest.mark.parametrize("protocol", list(Starttls))
@pytest.mark.parametrize(
    "noise", [b"\x00\x01\xff\xfe" * 40_000, b"250-\r\n" * 20_000, b"x" * 200_000, b"\r\n" * 5000]
)
def test_noise_is_bounded_and_never_a_success(protocol: Starttls, noise: bytes) -> None:
    failure = refusal(protocol, lambda peer: peer.say(noise), timeout=2)
    assert failure.reason in (FailureReason.STARTTLS_REFUSED, FailureReason.TOO_LARGE, FailureReason.RESET)


def test_the_words_of_a_server_are_clean() -> None:
    failure = refusal(S.SMTP, lambda peer: peer.say(b"554 \x1b[31mred\x1b[0m \xe2\x80\xaeevil\r\n"))
    assert "\x1b" not in failure.detail
    assert "\u202e" not in failure.detail


def test_another_protocol_is_named() -> None:
    assert refusal(S.IMAP, lambda peer: peer.say(b"SSH-2.0-OpenSSH_9.9\r\n")).spoke == "SSH"
    assert refusal(S.SMTP, lambda peer: peer.say(b"HTTP/1.1 400 Bad Request\r\n\r\n")).spoke == "HTTP"


@pytest.mark.parametrize("protocol", [S.LDAP, S.POSTGRES, S.MYSQL])
def test_the_refusal_of_a_web_server_is_its_first_line(protocol: Starttls) -> None:
    answer = b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n<html></html>"
    failure = refusal(protocol, lambda peer: peer.say(answer))
    assert (failure.detail, failure.spoke) == ("HTTP/1.1 400 Bad Request", "HTTP")


def test_a_protocol_of_packets_is_named_and_not_quoted() -> None:
    failure = refusal(S.POSTGRES, lambda peer: peer.say(mysql_greeting(0xFFFF)))
    assert (failure.detail, failure.spoke) == ("it speaks MySQL", "MySQL")


def test_a_mail_server_that_refuses_is_not_taken_for_another_protocol() -> None:
    turns = (Turn(b"", b"220 x\r\n"), Turn(b"LHLO certwizard.invalid\r\n", b"502 what\r\n"))
    assert refusal(S.LMTP, play(turns, [])).spoke is None


@pytest.mark.parametrize(
    ("asked", "greeting", "reply", "spoke"),
    [(S.SMTP, b"220 FTP ready\r\n", b"530 x\r\n", "FTP"), (S.FTP, b"220 x ESMTP\r\n", b"502 x\r\n", "SMTP")],
)
def test_mail_and_files_are_told_apart_by_the_greeting(
    asked: Starttls, greeting: bytes, reply: bytes, spoke: str
) -> None:
    hello = b"AUTH TLS\r\n" if asked is S.FTP else b"EHLO certwizard.invalid\r\n"
    failure = refusal(asked, play((Turn(b"", greeting), Turn(hello, reply)), []))
    assert (failure.spoke, failure.detail) == (spoke, greeting.decode().strip())


def test_a_stream_error_is_told_by_its_condition_and_text() -> None:
    text = b"<stream:error><host-unknown xmlns='x'/><text xmlns='x'>not\n here</text></stream:error>"
    failure = refusal(S.XMPP, play((Turn(b'to="www.example.com">', XML + text),), []))
    assert failure.detail == "host-unknown: not here"


def test_what_is_injected_ahead_of_tls_is_not_taken_for_tls() -> None:
    injected = Turn(b"STARTTLS\r\n", b"220 ready\r\n\x16\x03\x03\x00\x05fake!")
    with server(play((*GOOD[S.SMTP][:2], injected), [])) as port, connected(port) as stream:
        upgrade(stream, S.SMTP, "www.example.com")
        assert stream.discard_pending() == b""
