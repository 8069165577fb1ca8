"""Certificates of every odd kind, which no library's builder would make."""

from __future__ import annotations

from collections.abc import Callable

from certwizard.domain import der
from tests import factory as f
from tests.surgery import dns, extension, extensions_of, rebuilt, san, subject, with_extensions

PLAIN = f.leaf(f.pki().intermediate).der


def enc(text: str) -> bytes:
    """Encode an object identifier, without tag and length."""
    first, second, *rest = (int(each) for each in text.split("."))
    out = bytearray([first * 40 + second])
    for number in rest:
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return bytes(out)


def with_one(oid: str, value: bytes, critical: bool = False) -> bytes:
    """A certificate with one more extension."""
    return with_extensions(PLAIN, *extensions_of(PLAIN), extension(enc(oid), value, critical))


def sequence(*values: bytes) -> bytes:
    """An encoded SEQUENCE."""
    return der.wrap(der.SEQUENCE, *values)


def identifier(text: str) -> bytes:
    """An encoded object identifier."""
    return der.wrap(der.OID, enc(text))


def times(begins: bytes, ends: bytes) -> bytes:
    """A certificate with these dates."""
    return rebuilt(PLAIN, validity=sequence(*(der.wrap(der.GENERALIZED_TIME, t) for t in (begins, ends))))


def spki(algorithm: str, parameters: bytes = b"") -> bytes:
    """A certificate with a key of this algorithm."""
    key = der.wrap(der.BIT_STRING, b"\0" + bytes(range(64)))
    return rebuilt(PLAIN, spki=sequence(sequence(identifier(algorithm), parameters), key))


ODD: dict[str, Callable[[], bytes]] = {
    "ten thousand names": lambda: with_extensions(PLAIN, san(*(dns(b"n%d.test" % n) for n in range(10_000)))),
    "no names": lambda: with_extensions(PLAIN, san()),
    "bytes that are no text": lambda: rebuilt(PLAIN, subject=subject((b"\x55\x04\x03", 0x0C, b"\xff\xfe\x1b[31m"))),
    "odd string type": lambda: rebuilt(PLAIN, subject=subject((b"\x55\x04\x03", 0x1E, b"\xd8\x00a"))),
    "empty subject": lambda: rebuilt(PLAIN, subject=sequence()),
    "year 1": lambda: times(b"00010101000000Z", b"99991231235959Z"),
    "without end, as devices have it": lambda: times(b"20200101000000Z", b"99991231235959Z"),
    "year 1970": lambda: times(b"19700101000000Z", b"19700101000000Z"),
    "no date": lambda: times(b"20261399000000Z", b"x"),
    "unknown critical": lambda: with_one("1.2.3.4.5.6.7", b"\x30\x80\x00\x00", critical=True),
    "poison": lambda: with_one("1.3.6.1.4.1.11129.2.4.3", b"\x05\x00", critical=True),
    "broken statements": lambda: with_one("1.3.6.1.5.5.7.1.3", b"\x30\x03\x02\x01\x05"),
    "broken policies": lambda: with_one("2.5.29.32", b"\x30\x02\x30\x00"),
    "gost": lambda: spki("1.2.643.7.1.1.1.1", sequence(identifier("1.2.643.2.2.35.1"))),
    "unknown key": lambda: spki("1.2.3.4.5"),
    "ml-dsa": lambda: spki("2.16.840.1.101.3.4.3.18"),
    "brainpool": lambda: spki("1.2.840.10045.2.1", identifier("1.3.36.3.3.2.8.1.1.7")),
    "long identifier": lambda: with_one("1.2." + ".".join(["4294967295"] * 30), b"\x05\x00"),
    "cut": lambda: PLAIN[:100],
}  # fmt: skip
