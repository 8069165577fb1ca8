"""Odd encodings and rare fields: serials, dates, versions, extensions twice, empty or critical, names in raw bytes."""

from __future__ import annotations

from collections.abc import Callable

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from OpenSSL import SSL

from certwizard.domain import der
from tests import factory as f
from tests.real.odd.keys import odd_rsa_key
from tests.real.odd.server import HOST, TODAY, Odd, Recipe, ca, leaf, middle, root, top, with_ca, with_leaf
from tests.real.odd.surgery import resigned
from tests.surgery import dns, extension, extensions_of, rebuilt, san, subject, with_extensions

COMMON, PRINTABLE, UTF8 = b"\x55\x04\x03", 0x13, 0x0C
SAN, USAGE, PURPOSES = b"\x55\x1d\x11", b"\x55\x1d\x0f", b"\x55\x1d\x25"
CONSTRAINTS, POLICIES = b"\x55\x1d\x13", b"\x55\x1d\x20"
MADE_UP = bytes.fromhex("2b06010401868d1f01")
GENERALIZED, UTC = 0x18, 0x17


def _changed(change: Callable[[bytes], bytes], host: str = HOST) -> Odd:
    """A leaf whose bytes are changed, and that is signed again."""
    made = leaf(middle(), (host,), common="Odd")
    return Odd((resigned(change(made.der), middle()), middle()), made.key, (top(),), host)


def _serial(content: str) -> Odd:
    return _changed(lambda data: rebuilt(data, serial=der.wrap(der.INTEGER, bytes.fromhex(content))))


def _extended(*more: bytes, without: tuple[bytes, ...] = ()) -> Odd:
    """A leaf with further encoded extensions, and without some."""

    def change(data: bytes) -> bytes:
        kept = [each for each in extensions_of(data) if not any(oid in each[:12] for oid in without)]
        return with_extensions(data, *kept, *more)

    return _changed(change)


def _dates(first: bytes, last: bytes) -> Odd:
    return _changed(lambda data: rebuilt(data, validity=der.wrap(der.SEQUENCE, first, last)))


def _time(days: float, form: str, tag: int) -> bytes:
    return der.wrap(tag, (TODAY.replace(hour=0) + f.DAY * days).strftime(form).encode())


def _version(number: bytes, *, of: str = "leaf", extensions: bool = True) -> Odd:
    """One certificate of the chain says another version of X.509, with its extensions or without."""
    version = der.wrap(0xA0, der.wrap(der.INTEGER, number)) if number else b""
    changes = {"version": version, **({} if extensions else {"extensions": b""})}
    if of == "leaf":
        return _changed(lambda data: rebuilt(data, **changes))
    if of == "root":
        anchor = root("Odd Old Version Root")
        issued = ca(anchor)
        made = leaf(issued)
        return Odd((made, issued), made.key, (resigned(rebuilt(anchor.der, **changes), anchor),))
    authority = ca(top(), "Odd Old Version CA")
    made = leaf(authority)
    return Odd((made, resigned(rebuilt(authority.der, **changes), top())), made.key, (top(),))


def _issuer_named(tag: int, text: bytes) -> Odd:
    """The leaf writes its issuer's name otherwise than the issuer itself."""
    return _changed(lambda data: rebuilt(data, issuer=subject((COMMON, tag, text))))


def _loop() -> Odd:
    """Two CAs that signed each other are sent beside the way that leads to the root."""
    one, two = f.ec_key("loop one"), f.ec_key("loop two")
    good = ca(top(), "Loop One", key=one)
    across = ca(good, "Loop Two", key=two)
    back = ca(across, "Loop One", key=one)
    made = leaf(good)
    return Odd((made, back, across, good), made.key, (top(),))


def _two_ways(*, root_held: str) -> Odd:
    """An intermediate with certificates of two roots; the other root is the one that is held."""
    first, second = root("Odd Way One"), root("Odd Way Two")
    key = f.ec_key("two ways")
    ways = ca(first, "Odd Both", key=key), ca(second, "Odd Both", key=key)
    made = leaf(ways[0])
    return Odd((made, *ways), made.key, (first if root_held == "first" else second,))


ENCODINGS: dict[str, Recipe] = {
    "serial-21-bytes": lambda: _serial("01" * 21),
    "serial-40-bytes": lambda: _serial("01" * 40),
    "dates-generalized": lambda: _dates(
        _time(-30, "%Y%m%d%H%M%SZ", GENERALIZED), _time(60, "%Y%m%d%H%M%SZ", GENERALIZED)
    ),
    "dates-without-end": lambda: _dates(
        _time(-30, "%y%m%d%H%M%SZ", UTC), der.wrap(GENERALIZED, b"99991231235959Z")
    ),
    "dates-from-1950": lambda: _dates(der.wrap(UTC, b"500101000000Z"), _time(60, "%y%m%d%H%M%SZ", UTC)),
    "version-1": lambda: _version(b"", extensions=False),
    "version-1-with-extensions": lambda: _version(b""),
    "ca-version-1": lambda: _version(b"", of="ca", extensions=False),
    "root-version-1": lambda: _version(b"", of="root", extensions=False),
    "san-twice": lambda: _extended(san(dns(b"other.test"))),
    "san-empty": lambda: _extended(san(), without=(SAN,)),
    "san-critical": lambda: _extended(
        extension(SAN, der.wrap(der.SEQUENCE, dns(HOST.encode())), critical=True), without=(SAN,)
    ),
    "san-other-name-beside": lambda: _extended(
        san(
            dns(HOST.encode()),
            der.wrap(0xA0, der.wrap(der.OID, MADE_UP), der.wrap(0xA0, der.wrap(UTF8, b"x"))),
        ),
        without=(SAN,),
    ),
    "san-address-of-five-bytes": lambda: _extended(
        san(dns(HOST.encode()), der.wrap(0x87, b"\x7f\x00\x00\x01\x00")), without=(SAN,)
    ),
    "san-unicode": lambda: _extended(
        san(dns("bücher.example.com".encode()), dns(HOST.encode())), without=(SAN,)
    ),
    "san-mailbox-broken": lambda: _extended(
        san(dns(HOST.encode()), der.wrap(0x81, b"not a mailbox")), without=(SAN,)
    ),
    "usage-none": lambda: _extended(without=(USAGE,)),
    "usage-empty": lambda: _extended(extension(USAGE, b"\x03\x01\x00", critical=True), without=(USAGE,)),
    "purposes-none": lambda: _extended(without=(PURPOSES,)),
    "purposes-empty": lambda: _extended(extension(PURPOSES, b"\x30\x00"), without=(PURPOSES,)),
    "purposes-critical": lambda: with_leaf(having=[(x509.ExtendedKeyUsage([Usage.SERVER_AUTH]), True)]),
    "constraints-none": lambda: _extended(without=(CONSTRAINTS,)),
    "constraints-length-without-ca": lambda: _extended(
        extension(CONSTRAINTS, bytes.fromhex("3003020100"), critical=True), without=(CONSTRAINTS,)
    ),
    "policies-critical": lambda: _extended(
        extension(POLICIES, bytes.fromhex("300a3008060667810c010201"), critical=True)
    ),
    "extension-huge": lambda: _extended(extension(MADE_UP, b"\x04\x82\x4e\x20" + bytes(20_000))),
    "extension-twice": lambda: _extended(extension(MADE_UP, b"\x05\x00"), extension(MADE_UP, b"\x05\x00")),
    "issuer-utf8-as-printable": lambda: _issuer_named(PRINTABLE, b"Odd Intermediate"),
    "issuer-other-case": lambda: _issuer_named(UTF8, b"ODD INTERMEDIATE"),
    "issuer-more-spaces": lambda: _issuer_named(UTF8, b"Odd  Intermediate"),
    "loop-beside-the-way": _loop,
    "two-ways-first-held": lambda: _two_ways(root_held="first"),
    "two-ways-second-held": lambda: _two_ways(root_held="second"),
    "from-the-root-itself": lambda: with_ca(top()),
    "address-v6": lambda: with_leaf(names=("::1",), common="Odd", host="127.0.0.1"),
    "rsa-alone-no-ecdsa-suite": lambda: with_leaf(
        key=odd_rsa_key(2048),
        settings={"newest": SSL.TLS1_2_VERSION, "ciphers": "ECDHE-RSA-AES128-GCM-SHA256"},
    ),
    "ecdsa-suite-alone": lambda: with_leaf(
        settings={"newest": SSL.TLS1_2_VERSION, "ciphers": "ECDHE-ECDSA-CHACHA20-POLY1305"}
    ),
}
