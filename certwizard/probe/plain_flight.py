"""What a server answers in the clear, up to TLS 1.2: version, cipher suite and the size of its group."""

from collections.abc import Iterator
from dataclasses import dataclass

from certwizard.probe.records import HANDSHAKE, SERVER_HELLO, read_flight, records_in, whole_messages

SERVER_KEY_EXCHANGE, SERVER_HELLO_DONE = 12, 14
NAMES = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2"}
"""Protocol versions by their numbers on the wire."""


@dataclass(frozen=True, slots=True)
class PlainFlight:
    """The server's side of a handshake as far as it was read."""

    protocol: str | None = None
    suite: int | None = None
    group: bytes = b""
    """What its key exchange begins with: the prime, where the suite has a finite group."""
    done: bool = False
    """The server has said all it had to say, or broke off."""

    @property
    def dh_bits(self) -> int:
        """The size of that prime."""
        return int.from_bytes(self.group).bit_length()


def read_plain_flight(raw: bytes) -> PlainFlight:
    """Read what a server sent, from its first byte on; never raises."""
    protocol, suite, group, done = None, None, b"", read_flight(raw).alert is not None
    for message, content in _messages(raw):
        if message == SERVER_HELLO and len(content) >= 38:
            protocol = NAMES.get(int.from_bytes(content[:2]))
            at = 35 + content[34]
            suite = int.from_bytes(content[at : at + 2])
        elif message == SERVER_KEY_EXCHANGE:
            group = content[2 : 2 + int.from_bytes(content[:2])]
        done = done or message == SERVER_HELLO_DONE
    return PlainFlight(protocol, suite, group, done)


def protocol_in(raw: bytes | bytearray) -> str | None:
    """Return the version that a server chose, also where our side refuses it; None where it is not known.

    TLS 1.3 calls itself 1.2 there, so of a handshake that broke off 1.2 says nothing.
    """
    protocol = read_plain_flight(bytes(raw)).protocol
    return None if protocol == NAMES[0x0303] else protocol


def _messages(raw: bytes) -> Iterator[tuple[int, bytes]]:
    buffer = bytearray()
    for kind, body in records_in(raw):
        if kind != HANDSHAKE:
            return
        buffer += body
        yield from whole_messages(buffer)
