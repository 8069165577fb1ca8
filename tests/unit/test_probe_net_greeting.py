"""What a peer speaks instead of TLS is named by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certwizard.probe.greeting import UNKNOWN_SPEECH, identify, looks_like_tls


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "HTTP"),
        (b"\r\n<!DOCTYPE html><html>", "HTTP"),
        (b"SSH-2.0-OpenSSH_9.9p1\r\n", "SSH"),
        (b"220 mail.example.com ESMTP Postfix\r\n", "SMTP"),
        (b"220 (vsFTPd 3.0.5)\r\n", "FTP"),
        (b"220 ready\r\n", "SMTP or FTP"),
        (b"+OK Dovecot ready.\r\n", "POP3"),
        (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "IMAP"),
        (b'"IMPLEMENTATION" "Dovecot Pigeonhole"\r\n', "ManageSieve"),
        (b"200 news.example.com\r\n", "NNTP"),
        (b"\x4a\x00\x00\x00\x0a8.4.3\x00", "MySQL"),
        (b"E\x00\x00\x00\x41SFATAL\x00", "PostgreSQL"),
        (b"RFB 003.008\n", "VNC"),
        (b"-ERR unknown command\r\n", "Redis"),
        (b"<?xml version='1.0'?><stream:stream>", "XMPP"),
        (b"\xff\xfd\x18\xff\xfd\x20", "telnet"),
        (b"\x15\x03\x01\x00\x02\x02\x28", "TLS"),
        (b"\x00\x01\x02", UNKNOWN_SPEECH),
        (b"", UNKNOWN_SPEECH),
    ],
)
def test_a_protocol_is_known_by_its_greeting(first: bytes, name: str) -> None:
    assert identify(first) == name


@pytest.mark.parametrize("first", [b"\x16\x03\x01", b"\x15\x03\x03", b"\x16", b""])
def test_the_beginning_of_a_tls_record_is_taken_for_tls(first: bytes) -> None:
    assert looks_like_tls(first)


@pytest.mark.parametrize("first", [b"HTTP", b"220", b"\x16\x02", b"\x00"])
def test_anything_else_is_not(first: bytes) -> None:
    assert not looks_like_tls(first)


@given(st.binary(max_size=2000))
def test_no_bytes_break_it(first: bytes) -> None:
    assert identify(first)
