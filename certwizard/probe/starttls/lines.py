"""STARTTLS of the protocols that speak in lines of text."""

import re

from certwizard.probe.greeting import identify
from certwizard.probe.starttls.refusal import refused
from certwizard.probe.stream import BoundedStream

OUR_NAME = "certwizard.invalid"
"""What we call ourselves in a greeting: a name that can be nobody's (RFC 2606)."""

_LINES_LIMIT = 100


def smtp(stream: BoundedStream, _: str) -> None:
    """Ask an SMTP server for TLS (RFC 3207)."""
    _mail(stream, "EHLO")


def lmtp(stream: BoundedStream, _: str) -> None:
    """Ask an LMTP server for TLS (RFC 2033, RFC 3207)."""
    _mail(stream, "LHLO")


def imap(stream: BoundedStream, _: str) -> None:
    """Ask an IMAP server for TLS (RFC 9051 section 6.2.1)."""
    _expect(stream.receive_line(), rb"\* (OK|PREAUTH)\b")
    stream.send(b"a1 STARTTLS\r\n")
    _expect(_line_with_tag(stream, rb"a1 "), rb"a1 OK\b")


def pop3(stream: BoundedStream, _: str) -> None:
    """Ask a POP3 server for TLS (RFC 2595 section 4)."""
    _expect(stream.receive_line(), rb"\+OK")
    stream.send(b"STLS\r\n")
    _expect(stream.receive_line(), rb"\+OK")


def ftp(stream: BoundedStream, _: str) -> None:
    """Ask an FTP server for TLS (RFC 4217 section 4)."""
    greeting = _reply(stream)
    _expect(greeting, rb"220")
    stream.send(b"AUTH TLS\r\n")
    _expect(_reply(stream), rb"234", greeting)


def nntp(stream: BoundedStream, _: str) -> None:
    """Ask a news server for TLS (RFC 4642)."""
    _expect(stream.receive_line(), rb"20[01]")
    stream.send(b"STARTTLS\r\n")
    _expect(stream.receive_line(), rb"382")


def sieve(stream: BoundedStream, _: str) -> None:
    """Ask a ManageSieve server for TLS (RFC 5804 section 2.2)."""
    _expect(_line_with_tag(stream, rb"OK\b|NO\b|BYE\b|[^\"{]"), rb"OK\b")
    stream.send(b"STARTTLS\r\n")
    _expect(_line_with_tag(stream, rb"OK\b|NO\b|BYE\b|[^\"{]"), rb"OK\b")


def _mail(stream: BoundedStream, hello: str) -> None:
    greeting = _reply(stream)
    _expect(greeting, rb"220")
    stream.send(f"{hello} {OUR_NAME}\r\n".encode("ascii"))
    _expect(_reply(stream), rb"250", greeting)
    # Asked for even when not announced: some servers announce it to none or to few, and the answer is proof.
    stream.send(b"STARTTLS\r\n")
    _expect(_reply(stream), rb"220")


def _reply(stream: BoundedStream) -> bytes:
    """Return the last line of a reply whose lines begin with a code (RFC 5321 section 4.2.1)."""
    first = line = stream.receive_line()
    for _ in range(_LINES_LIMIT):
        if not re.match(rb"\d{3}-", first) or re.match(first[:3] + rb"( |$)", line):
            return line
        line = stream.receive_line()
    raise refused(line)


def _line_with_tag(stream: BoundedStream, tag: bytes) -> bytes:
    """Return the first line that begins as asked; a server's notices may come before it."""
    line = b""
    for _ in range(_LINES_LIMIT):
        line = stream.receive_line()
        if re.match(tag, line, re.IGNORECASE):
            return line
    raise refused(line)


def _expect(line: bytes, pattern: bytes, greeting: bytes = b"") -> None:
    """Fail unless the line begins as hoped; a greeting that names another protocol explains the refusal."""
    if not re.match(pattern, line, re.IGNORECASE):
        raise refused(greeting if _foreign(greeting, pattern) else line)


def _foreign(greeting: bytes, hoped: bytes) -> bool:
    """Whether mail was asked of an FTP server or the reverse: both greet with 220."""
    return identify(greeting) == ("SMTP" if hoped == rb"234" else "FTP")
