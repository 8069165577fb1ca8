"""A small bounded reader of DER: tags, lengths and where they stand, nothing more.

It never recurses, so nesting costs nothing: a caller goes down exactly as far as it asks. It is lenient
where a strict reader refuses (lengths written too long), because what is wrong must still be shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
UTF8_STRING, PRINTABLE_STRING, TELETEX_STRING, IA5_STRING = 0x0C, 0x13, 0x14, 0x16
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
UNIVERSAL_STRING, BMP_STRING = 0x1C, 0x1E
SEQUENCE, SET = 0x30, 0x31
_LONG_TAG = 0x1F
_LONGEST_LENGTH = 4
_LONGEST_OID = 64
_LONGEST_INTEGER = 128  # far above any honest serial number, and short enough to be written in decimal


class DerError(ValueError):
    """The bytes are no readable DER."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One tag with its length and value, by their places in the whole."""

    data: bytes
    tag: int
    """The identifier octet as it stands: class, constructed bit and number."""
    start: int
    content: int
    end: int

    @property
    def value(self) -> bytes:
        """The content octets."""
        return self.data[self.content : self.end]

    @property
    def raw(self) -> bytes:
        """Header and content."""
        return self.data[self.start : self.end]

    def expect(self, tag: int) -> "Tlv":
        """Return itself, or raise DerError where the tag is another."""
        if self.tag != tag:
            raise DerError(f"tag {self.tag:#04x} at byte {self.start} where {tag:#04x} belongs")
        return self

    def children(self) -> Iterator["Tlv"]:
        """Yield what stands inside, one by one."""
        at = self.content
        while at < self.end:
            child = read(self.data, at, self.end)
            yield child
            at = child.end

    def inside(self) -> "Tlv":
        """Return the one value inside a wrapper such as an OCTET STRING or an explicit tag."""
        return read(self.data, self.content, self.end)


def read(data: bytes, start: int = 0, end: int | None = None) -> Tlv:
    """Read the value that begins at `start`.

    Raises:
        DerError: The bytes end too early or use a form that DER has not.
    """
    end = len(data) if end is None else end
    if start + 2 > end:
        raise DerError(f"nothing complete at byte {start}")
    tag, length = data[start], data[start + 1]
    if tag & _LONG_TAG == _LONG_TAG:
        raise DerError(f"tag number of several bytes at byte {start}")
    content = start + 2
    if length & 0x80:
        size = length & 0x7F
        if not 0 < size <= _LONGEST_LENGTH or content + size > end:
            raise DerError(f"length at byte {start + 1} is unreadable")
        length = int.from_bytes(data[content : content + size], "big")
        content += size
    if content + length > end:
        raise DerError(f"value at byte {start} is cut off")
    return Tlv(data, tag, start, content, content + length)


def first(tlv: Tlv) -> Tlv:
    """Return the first value inside."""
    found = next(tlv.children(), None)
    if found is None:
        raise DerError(f"nothing inside the value at byte {tlv.start}")
    return found


def pair(tlv: Tlv) -> tuple[Tlv, Tlv]:
    """Return the two values inside."""
    parts = tuple(tlv.children())
    if len(parts) != 2:
        raise DerError(f"{len(parts)} values at byte {tlv.start} where a pair belongs")
    return parts[0], parts[1]


def integer(tlv: Tlv, longest: int = _LONGEST_INTEGER) -> int:
    """Return the value of an INTEGER (or of one with an implicit tag) of at most `longest` octets."""
    if not 0 < tlv.end - tlv.content <= longest:
        raise DerError(f"INTEGER of {tlv.end - tlv.content} bytes at byte {tlv.start}")
    return int.from_bytes(tlv.value, "big", signed=True)


def oid(tlv: Tlv) -> str:
    """Return an OBJECT IDENTIFIER (or one with an implicit tag) in dotted form."""
    octets = tlv.value
    if not octets or octets[-1] & 0x80 or len(octets) > _LONGEST_OID:
        raise DerError(f"unreadable OBJECT IDENTIFIER at byte {tlv.start}")
    arcs: list[int] = []
    arc = 0
    for octet in octets:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def bits(tlv: Tlv) -> tuple[bool, ...]:
    """Return a BIT STRING (or one with an implicit tag) as booleans, first bit first."""
    octets = tlv.value
    if not octets or octets[0] > 7 or (len(octets) == 1 and octets[0]):
        raise DerError(f"unreadable BIT STRING at byte {tlv.start}")
    every = tuple(bool(octet >> shift & 1) for octet in octets[1:] for shift in range(7, -1, -1))
    return every[: len(every) - octets[0]]


def wrap(tag: int, *parts: bytes) -> bytes:
    """Return the parts as one value under a tag, with the shortest length."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
