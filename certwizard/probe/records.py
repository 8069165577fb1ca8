"""What the bytes of a server's first flight say: alert, certificates, a request for one of ours.

OpenSSL shows a chain only when it could parse it, and a request for a client certificate not at all;
the bytes show both. In TLS 1.3 the flight is encrypted under a secret our own side has agreed on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from certwizard.probe.unseal import Unsealer, unsealer_for

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA = 20, 21, 22, 23
SERVER_HELLO, CERTIFICATE, CERTIFICATE_REQUEST, FINISHED, CERTIFICATE_STATUS = 2, 11, 13, 20, 22

_STATUS_REQUEST, _SCTS = 5, 18
_OCSP = 1
_SUPPORTED_VERSIONS = 43
_TLS13 = b"\x03\x04"
_FATAL = 2

CHAIN_LIMIT = 100
"""Certificates looked at in one chain."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What was read of the server's side of a handshake."""

    alert: int | None = None
    """Number of a fatal alert (RFC 8446 section 6)."""
    certificates: tuple[bytes, ...] = ()
    """As sent, whether or not they can be parsed."""
    staple: bytes | None = None
    """The OCSP answer sent with the leaf, whether or not it can be parsed."""
    scts: bytes = b""
    """The list of the extension signed_certificate_timestamp, sent with the leaf or the hello."""
    certificate_requested: bool = False
    hello: bool = False
    """A ServerHello came, so it is TLS without a doubt."""
    chain_bytes: int = 0
    """How long the message with the certificates is."""
    chain_number: int = 0
    """How many certificates are in it, those beyond the limit included."""


@dataclass(slots=True)
class _Reading:
    """The state of one reading of a flight."""

    secret: bytes | None
    messages: bytearray = field(default_factory=bytearray)
    unsealer: Unsealer | None = None
    tls13: bool = False
    hello: bool = False
    alert: int | None = None
    certificates: tuple[bytes, ...] = ()
    staple: bytes | None = None
    scts: bytes = b""
    requested: bool = False
    finished: bool = False
    chain_bytes: int = 0
    chain_number: int = 0

    def take(self, kind: int, body: bytes) -> bool:
        """Take in one record; returns whether the next one can be read."""
        if kind == APPLICATION_DATA and self.unsealer:
            kind, body = self.unsealer.open(body)
        if kind == CHANGE_CIPHER_SPEC:
            # In TLS 1.3 it means nothing (RFC 8446 appendix D.4), before that all else is encrypted.
            return self.tls13
        if kind == ALERT and len(body) == 2:
            self.alert = body[1] if body[0] == _FATAL else self.alert
            return True
        if kind != HANDSHAKE:
            return False
        self.messages += body
        for message, content in whole_messages(self.messages):
            self._read(message, content)
        return not self.finished

    def _read(self, message: int, content: bytes) -> None:
        if message == SERVER_HELLO:
            self.hello = True
            suite, extensions = _server_hello(content)
            self.tls13 = extensions.get(_SUPPORTED_VERSIONS) == _TLS13
            self.scts = extensions.get(_SCTS, b"")
            self.unsealer = unsealer_for(suite, self.secret) if self.tls13 and self.secret else None
        elif message == CERTIFICATE:
            self._read_chain(content)
        elif message == CERTIFICATE_STATUS:
            self.staple = _status(content)
        elif message == CERTIFICATE_REQUEST:
            self.requested = True
        elif message == FINISHED:
            self.finished = True

    def _read_chain(self, content: bytes) -> None:
        """Take the certificates of a Certificate message (RFC 8446 section 4.4.2, RFC 5246 section 7.4.2)."""
        at = 3 + (1 + content[0] if self.tls13 else 0)
        found: list[bytes] = []
        number = 0
        while at + 3 <= len(content):
            der, at = _entry(content, at, 3)
            if self.tls13:
                block, at = _entry(content, at, 2)
                if not found:
                    self._read_leaf_extensions(_extensions(block))
            number += 1
            if len(found) < CHAIN_LIMIT:
                found.append(der)
        self.certificates = tuple(found)
        self.chain_bytes, self.chain_number = len(content), number

    def _read_leaf_extensions(self, extensions: dict[int, bytes]) -> None:
        """Take what came with the leaf itself (RFC 8446 section 4.4.2.1)."""
        status = extensions.get(_STATUS_REQUEST)
        self.staple = _status(status) if status else None
        self.scts = extensions.get(_SCTS, b"")


def read_flight(raw: bytes, secret: bytes | None = None) -> Flight:
    """Read what can be read of `raw`, all bytes received; never raises.

    Args:
        raw: the server's bytes from the first one on.
        secret: the server handshake traffic secret of TLS 1.3, where it is known.
    """
    reading = _Reading(secret)
    for kind, body in records_in(raw):
        try:
            if not reading.take(kind, body):
                break
        except (IndexError, ValueError):
            break
    return Flight(
        reading.alert,
        reading.certificates,
        reading.staple,
        reading.scts,
        reading.requested,
        reading.hello,
        reading.chain_bytes,
        reading.chain_number,
    )


def records_in(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records that are complete."""
    at = 0
    while at + 5 <= len(raw):
        end = at + 5 + int.from_bytes(raw[at + 3 : at + 5])
        if end > len(raw):
            return
        yield raw[at], raw[at + 5 : end]
        at = end


def whole_messages(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """Yield the handshake messages that are complete and take them off the buffer."""
    while len(buffer) >= 4:
        end = 4 + int.from_bytes(buffer[1:4])
        if end > len(buffer):
            return
        message, content = buffer[0], bytes(buffer[4:end])
        del buffer[:end]
        yield message, content


def _server_hello(content: bytes) -> tuple[int, dict[int, bytes]]:
    """Return the cipher suite and the extensions (RFC 8446 section 4.1.3)."""
    at = 34 + 1 + content[34]
    return int.from_bytes(content[at : at + 2]), _extensions(_entry(content, at + 3, 2)[0])


def _extensions(block: bytes) -> dict[int, bytes]:
    """Return extensions by their numbers, the first of each."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(block):
        kind = int.from_bytes(block[at : at + 2])
        body, at = _entry(block, at + 2, 2)
        found.setdefault(kind, body)
    return found


def _entry(content: bytes, at: int, width: int) -> tuple[bytes, int]:
    """Return what stands behind a length of `width` bytes, and where the next thing begins."""
    start = at + width
    end = start + int.from_bytes(content[at:start])
    return content[start:end], end


def _status(content: bytes) -> bytes | None:
    """Return the OCSP answer of a CertificateStatus (RFC 6066 section 8)."""
    return _entry(content, 1, 3)[0] or None if content[0] == _OCSP else None
