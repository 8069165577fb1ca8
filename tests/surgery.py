"""Takes certificates apart and puts them together wrongly, which no library's builder would do."""

from certwizard.domain import der
from certwizard.domain.structure import EXTENSIONS, read_structure

_BODY = ("version", "serial", "inner_algorithm", "issuer", "validity", "subject", "spki", "extensions")


def rebuilt(data: bytes, **changes: bytes) -> bytes:
    """Return the certificate with some of its fields (named as in `Structure`) replaced; b"" leaves one out."""
    structure = read_structure(data)
    parts = {
        name: tlv.raw for name in (*_BODY, "algorithm", "signature") if (tlv := getattr(structure, name))
    }
    parts |= changes
    body = der.wrap(der.SEQUENCE, *(parts.get(name, b"") for name in _BODY))
    return der.wrap(der.SEQUENCE, body, parts["algorithm"], parts["signature"])


def extension(oid: bytes, value: bytes, critical: bool = False) -> bytes:
    """Return one encoded extension; the identifier comes encoded, without tag and length."""
    flag = der.wrap(der.BOOLEAN, b"\xff") if critical else b""
    return der.wrap(der.SEQUENCE, der.wrap(der.OID, oid), flag, der.wrap(der.OCTET_STRING, value))


def with_extensions(data: bytes, *extensions: bytes) -> bytes:
    """Return the certificate with exactly these encoded extensions."""
    return rebuilt(data, extensions=der.wrap(EXTENSIONS, der.wrap(der.SEQUENCE, *extensions)))


def extensions_of(data: bytes) -> list[bytes]:
    """Return the certificate's extensions as they are encoded."""
    wrapper = read_structure(data).extensions
    return [] if wrapper is None else [place.raw for place in wrapper.inside().children()]


def san(*names: bytes) -> bytes:
    """Return a subjectAltName extension with these encoded GeneralNames."""
    return extension(b"\x55\x1d\x11", der.wrap(der.SEQUENCE, *names))


def dns(name: bytes) -> bytes:
    """Return an encoded dNSName."""
    return der.wrap(0x82, name)


def subject(*attributes: tuple[bytes, int, bytes]) -> bytes:
    """Return an encoded Name from (identifier, string tag, octets)."""
    pairs = (
        der.wrap(der.SET, der.wrap(der.SEQUENCE, der.wrap(der.OID, oid), der.wrap(tag, octets)))
        for oid, tag, octets in attributes
    )
    return der.wrap(der.SEQUENCE, *pairs)
