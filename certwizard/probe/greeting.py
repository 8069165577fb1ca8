"""What a peer speaks when it does not speak TLS."""

import re

_SPOKEN: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("TLS", re.compile(rb"[\x14-\x17]\x03[\x00-\x04]")),
    ("HTTP", re.compile(rb"HTTP/\d|<!doctype html|<html", re.IGNORECASE)),
    ("SSH", re.compile(rb"SSH-\d")),
    # Both FTP and SMTP greet with 220 (RFC 959 section 5.4, RFC 5321 section 4.2).
    ("FTP", re.compile(rb"220[ -][^\r\n]*ftp", re.IGNORECASE)),
    ("SMTP", re.compile(rb"(220|421|554)[ -][^\r\n]*(smtp|mail|lmtp)", re.IGNORECASE)),
    ("SMTP or FTP", re.compile(rb"(220|421|554|120)[ -]")),
    ("NNTP", re.compile(rb"(200|201|400|502) ")),
    ("Redis", re.compile(rb"-(ERR (unknown command|wrong number)|NOAUTH|DENIED)\b")),
    ("POP3", re.compile(rb"\+OK|-ERR")),
    ("IMAP", re.compile(rb"\* (OK|PREAUTH|BYE)\b")),
    ("ManageSieve", re.compile(rb'"(IMPLEMENTATION|SIEVE|VERSION)"')),
    ("VNC", re.compile(rb"RFB \d{3}\.\d{3}")),
    ("XMPP", re.compile(rb"(<\?xml[^>]*>\s*)?<stream:")),
    ("IRC", re.compile(rb":\S+ (NOTICE|ERROR|\d{3}) |ERROR :")),
    # MySQL packet 0 with protocol version 10, or 0xff for an error such as "host not allowed".
    ("MySQL", re.compile(rb"...\x00[\x0a\xff]", re.DOTALL)),
    ("PostgreSQL", re.compile(rb"E\x00\x00..S(FATAL|ERROR)", re.DOTALL)),
    ("SSL 2.0", re.compile(rb"[\x80-\xff].\x04[\x00\x01].\x00\x02", re.DOTALL)),
    ("LDAP", re.compile(rb"0[\x0c-\x7f]\x02\x01")),
    ("AMQP", re.compile(rb"AMQP")),
    ("telnet", re.compile(rb"\xff[\xfb-\xfe]")),
)

UNKNOWN_SPEECH = "something unknown"


def looks_like_tls(first: bytes) -> bool:
    """Whether these first bytes can open a TLS record (RFC 8446 section 5.1)."""
    if not first:
        return True
    return 20 <= first[0] <= 24 and (len(first) < 2 or first[1] == 3)


def identify(first: bytes) -> str:
    """Name the protocol of a peer's first bytes, or say that they are unknown."""
    head = first.lstrip(b"\r\n\t ")[:512]
    return next((name for name, pattern in _SPOKEN if pattern.match(head)), UNKNOWN_SPEECH)
