"""The few DER structures the lab writes by hand, because a library rightly refuses to."""

from collections.abc import Iterator

SEQUENCE = 0x30
BIT_STRING = 0x03


def tlv(tag: int, value: bytes) -> bytes:
    """Return one element: tag, shortest length, value (X.690 10.1)."""
    if len(value) < 0x80:
        return bytes((tag, len(value))) + value
    length = len(value).to_bytes((len(value).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + value


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of elements."""
    return tlv(SEQUENCE, b"".join(parts))


def bit_string(value: bytes) -> bytes:
    """Return a BIT STRING of whole bytes."""
    return tlv(BIT_STRING, b"\0" + value)


def elements(body: bytes) -> Iterator[bytes]:
    """Yield the elements of a constructed value, whole; only for DER made by the lab itself."""
    at = 0
    while at < len(body):
        _, end = value_span(body, at)
        yield body[at:end]
        at = end


def value_span(data: bytes, at: int = 0) -> tuple[int, int]:
    """Return where the value of the element at an offset starts and ends."""
    first = data[at + 1]
    if first < 0x80:
        return at + 2, at + 2 + first
    count = first & 0x7F
    length = int.from_bytes(data[at + 2 : at + 2 + count], "big")
    return at + 2 + count, at + 2 + count + length
