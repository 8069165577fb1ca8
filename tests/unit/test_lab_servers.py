"""The lab's servers by what a client gets from them, apart from certificates."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from cryptography import x509
from cryptography.x509 import ocsp
from OpenSSL import SSL

from certwizard.lab.lab import Lab
from tests.unit.lab_client import connect, see

GET = b"GET / HTTP/1.1\r\nHost: lab\r\n\r\n"
MINUTE = timedelta(minutes=1)


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as sock:
            sock.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.fixture
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


def _heard(lab: Lab, name: str, sent: bytes = b"") -> bytes:
    with connect(lab.open(name)) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        heard = b""
        while data := sock.recv(4096):
            heard += data
        return heard


def _date(answer: bytes) -> datetime:
    line = next(line for line in answer.split(b"\r\n") if line.startswith(b"Date:"))
    return parsedate_to_datetime(line.decode("ascii")[6:])


def test_a_healthy_server_answers_with_a_dated_page_over_tls_1_3(lab: Lab) -> None:
    seen = see(lab.open("healthy"), GET)

    assert seen.protocol == "TLSv1.3"
    assert seen.answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"practice lab" in seen.answer.split(b"\r\n\r\n", 1)[1]
    assert abs(_date(seen.answer) - datetime.now(UTC)) < MINUTE


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6 loopback")
def test_every_loopback_address_serves_the_same(lab: Lab) -> None:
    with socket.create_connection(("::1", lab.open("not-tls-ssh").target.port or 0), 5) as sock:
        assert sock.recv(8).startswith(b"SSH-2.0-")


def test_head_gets_the_head_alone(lab: Lab) -> None:
    answer = see(lab.open("healthy"), b"HEAD / HTTP/1.1\r\n\r\n").answer

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\n")


def test_several_clients_are_served_one_after_the_other_and_at_once(lab: Lab) -> None:
    opened = lab.open("healthy")
    with connect(opened), connect(opened):
        assert len({see(opened).leaf for _ in range(3)}) == 1


def test_the_wrong_clocks_server_dates_its_page_when_its_certificate_is_valid(lab: Lab) -> None:
    seen = see(lab.open("clock-wrong"), GET)

    assert seen.leaf.not_valid_before_utc < _date(seen.answer) < seen.leaf.not_valid_after_utc
    assert seen.leaf.not_valid_before_utc > datetime.now(UTC) + timedelta(days=300)


def test_the_portal_answers_511(lab: Lab) -> None:
    assert see(lab.open("captive-portal"), GET).answer.startswith(b"HTTP/1.1 511 ")


def test_a_server_without_tls_answers_http_to_anything(lab: Lab) -> None:
    assert _heard(lab, "not-tls", b"\x16\x03\x01\x00\x05hello").startswith(b"HTTP/1.1 400 ")


def test_an_ssh_server_speaks_first(lab: Lab) -> None:
    assert _heard(lab, "not-tls-ssh").startswith(b"SSH-2.0-")


def test_the_refusing_port_refuses(lab: Lab) -> None:
    with pytest.raises(ConnectionRefusedError):
        connect(lab.open("connection-refused"))


def test_the_resetting_server_resets(lab: Lab) -> None:
    with connect(lab.open("connection-reset")) as sock:
        sock.sendall(b"\x16\x03\x01")
        with pytest.raises(ConnectionResetError):
            sock.recv(1)


def test_the_silent_server_takes_a_greeting_and_says_nothing(lab: Lab) -> None:
    opened = lab.open("timeout")
    with connect(opened) as sock:
        sock.sendall(b"\x16\x03\x01")
        sock.setblocking(False)
        with pytest.raises(BlockingIOError):
            sock.recv(1)
    assert opened.options.timeout < 5


def test_the_unknown_name_can_never_resolve(lab: Lab) -> None:
    target = lab.open("dns-failure").target

    assert (target.host or "").endswith(".invalid")
    assert target.connect_host is None


def test_the_old_server_speaks_tls_1_0_alone(lab: Lab) -> None:
    assert see(lab.open("protocol-version")).protocol == "TLSv1"


def test_the_small_device_has_one_cipher_suite(lab: Lab) -> None:
    assert see(lab.open("cipher-mismatch")).cipher == "ECDHE-ECDSA-AES128-CCM8"


def test_who_shows_no_certificate_is_turned_away(lab: Lab) -> None:
    with pytest.raises(SSL.Error):
        see(lab.open("client-cert-required"), GET)


def test_mail_is_upgraded_and_goes_on_inside(lab: Lab) -> None:
    seen = see(lab.open("smtp-starttls-healthy"), b"EHLO me\r\nQUIT\r\n", before=b"EHLO me\r\nSTARTTLS\r\n")

    assert seen.subjects[0] == "smtp-starttls-healthy.lab.localhost"
    assert seen.answer.endswith(b"221 2.0.0 Bye\r\n")


def test_a_mail_server_that_refuses_says_so_and_goes_on(lab: Lab) -> None:
    heard = _heard(lab, "starttls-refused", b"EHLO me\r\nSTARTTLS\r\nNOOP\r\nQUIT\r\n")

    lines = heard.decode("ascii").split("\r\n")
    assert not any("STARTTLS" in line for line in lines if line.startswith("250"))
    assert [line[:3] for line in lines if line[3:4] == " "] == ["220", "250", "502", "250", "221"]


def test_the_staple_is_signed_by_the_issuer_and_says_revoked(lab: Lab) -> None:
    seen = see(lab.open("revoked-staple"))
    staple = ocsp.load_der_ocsp_response(seen.staple)

    assert staple.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert staple.serial_number == seen.leaf.serial_number
    assert staple.revocation_reason is x509.ReasonFlags.superseded


def test_other_servers_staple_nothing(lab: Lab) -> None:
    assert see(lab.open("healthy")).staple == b""
