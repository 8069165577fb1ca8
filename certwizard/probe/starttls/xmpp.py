"""STARTTLS of XMPP (RFC 6120 section 5), read by pattern and never handed to an XML parser."""

import re

from certwizard.domain.observation import FailureReason
from certwizard.probe.starttls.refusal import refused
from certwizard.probe.stream import BoundedStream, fail

_LIMIT = 64 * 1024
_FEATURES_END = re.compile(
    rb"</(?:\w+:)?features\s*>|<(?:\w+:)?features\s*/>|</(?:\w+:)?stream\s*>|<(?:\w+:)?error\b"
)
_OFFERED = re.compile(rb"<(?:\w+:)?starttls\b")
_ANSWER = re.compile(rb"<(?:\w+:)?(proceed|failure)\b[^>]*>|</(?:\w+:)?stream\s*>")
_ERROR = re.compile(rb"<(?:\w+:)?error\b[^>]*>\s*<([\w-]+)")
_TEXT = re.compile(rb"<text\b[^>]*>([^<]+)")
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def xmpp(stream: BoundedStream, host: str) -> None:
    """Ask an XMPP server for TLS as a client does."""
    _ask(stream, host, "jabber:client")


def xmpp_server(stream: BoundedStream, host: str) -> None:
    """Ask an XMPP server for TLS as another server does."""
    _ask(stream, host, "jabber:server")


def _ask(stream: BoundedStream, host: str, namespace: str) -> None:
    stream.send(
        (
            f"<?xml version='1.0'?><stream:stream xmlns='{namespace}' "
            f"xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to=\"{host.translate(_QUOTED)}\">"
        ).encode()
    )
    features = _read_until(stream, _FEATURES_END)
    if not _OFFERED.search(features):
        raise refused(_reason(features) or b"its stream features do not offer starttls")
    stream.send(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
    answer = _read_until(stream, _ANSWER)
    found = _ANSWER.search(answer)
    if found is None or found.group(1) != b"proceed":
        raise refused(_reason(answer) or b"it answered starttls with a failure")


def _reason(answer: bytes) -> bytes:
    """Return the condition of a stream error with its text (RFC 6120 section 4.9.3), or nothing."""
    error = _ERROR.search(answer)
    if error is None:
        return b""
    text = _TEXT.search(answer, error.end())
    return error.group(1) + (b": " + b" ".join(text.group(1).split()) if text else b"")


def _read_until(stream: BoundedStream, end: re.Pattern[bytes]) -> bytes:
    got = bytearray()
    while not end.search(got):
        piece = stream.receive()
        if not piece:
            raise refused(bytes(got)) if got else fail(FailureReason.RESET, "the peer closed the connection")
        got += piece
        if len(got) > _LIMIT:
            raise fail(FailureReason.TOO_LARGE, f"more than {_LIMIT} bytes before STARTTLS")
    return bytes(got)
