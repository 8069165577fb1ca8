"""Reads distinguished names and the other forms of names that certificates hold."""

import ipaddress
from collections.abc import Iterator
from contextlib import suppress

from certwizard.domain import der
from certwizard.domain.certificate import DistinguishedName, NameAttribute, SubjectAltNames
from certwizard.domain.cleantext import clean, escape

# RFC 4514 section 3, then what people meet in certificates.
ATTRIBUTE_LABELS = {
    "2.5.4.3": "CN",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
    "2.5.4.4": "SN",
    "2.5.4.5": "serialNumber",
    "2.5.4.12": "title",
    "2.5.4.13": "description",
    "2.5.4.15": "businessCategory",
    "2.5.4.17": "postalCode",
    "2.5.4.41": "name",
    "2.5.4.42": "GN",
    "2.5.4.43": "initials",
    "2.5.4.46": "dnQualifier",
    "2.5.4.65": "pseudonym",
    "2.5.4.97": "organizationIdentifier",
    "1.2.840.113549.1.9.1": "emailAddress",
    "1.2.840.113549.1.9.2": "unstructuredName",
    "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
    "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
    "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
}
_ENCODINGS = {
    der.UTF8_STRING: "utf-8",
    der.BMP_STRING: "utf-16-be",
    der.UNIVERSAL_STRING: "utf-32-be",
}
_OTHER_NAMES = {
    "1.3.6.1.4.1.311.20.2.3": "user principal name",
    "1.3.6.1.5.5.7.8.5": "XMPP address",
    "1.3.6.1.5.5.7.8.7": "service name",
    "1.3.6.1.5.5.7.8.9": "international email address",
}
_EMAIL, _DNS, _DIRECTORY, _URI, _IP, _REGISTERED_ID, _OTHER = 0x81, 0x82, 0xA4, 0x86, 0x87, 0x88, 0xA0
_MOST_ATTRIBUTES = 100


def read_name(tlv: der.Tlv) -> DistinguishedName:
    """Read a Name (RFC 5280 section 4.1.2.4), as many attributes as can be read."""
    found: list[NameAttribute] = []
    with suppress(der.DerError):  # the bytes stay for comparing; a strict reader tells what is wrong
        for rdn in tlv.expect(der.SEQUENCE).children():
            found.extend(_read_attribute(pair) for pair in rdn.expect(der.SET).children())
            if len(found) > _MOST_ATTRIBUTES:
                break
    return DistinguishedName(tlv.raw, tuple(found[:_MOST_ATTRIBUTES]))


def _read_attribute(pair: der.Tlv) -> NameAttribute:
    kind, value = der.pair(pair)
    oid = der.oid(kind.expect(der.OID))
    return NameAttribute(oid, ATTRIBUTE_LABELS.get(oid, oid), clean(decode_string(value)))


def decode_string(tlv: der.Tlv) -> str:
    """Return the text of any ASN.1 string type, with escapes where its bytes do not fit the type."""
    encoding = _ENCODINGS.get(tlv.tag)
    if encoding is not None:
        return tlv.value.decode(encoding, "replace" if encoding != "utf-8" else "backslashreplace")
    return loose_text(tlv.value)


def loose_text(octets: bytes) -> str:
    """Return bytes that should be ASCII as text: as UTF-8 where that fits, else as Latin-1."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def read_alt_names(tlv: der.Tlv, critical: bool = False) -> SubjectAltNames:
    """Read GeneralNames (RFC 5280 section 4.2.1.6), sorted by kind."""
    kinds: dict[int, list[str]] = {_DNS: [], _IP: [], _EMAIL: [], _URI: [], _OTHER: []}
    for name in tlv.expect(der.SEQUENCE).children():
        address = canonical_ip(name.value) if name.tag == _IP else None
        if name.tag in (_DNS, _EMAIL, _URI):
            # Spaces stay: " example.com" is another name than "example.com".
            kinds[name.tag].append(escape(loose_text(name.value)))
        elif address is not None:
            kinds[_IP].append(address)
        else:
            kinds[_OTHER].append(describe_general_name(name))
    return SubjectAltNames(
        dns=tuple(kinds[_DNS]),
        ips=tuple(kinds[_IP]),
        emails=tuple(kinds[_EMAIL]),
        uris=tuple(kinds[_URI]),
        others=tuple(kinds[_OTHER]),
        critical=critical,
    )


def canonical_ip(octets: bytes) -> str | None:
    """Return four or sixteen octets as an address in canonical text, else None."""
    return str(ipaddress.ip_address(octets)) if len(octets) in (4, 16) else None


def describe_general_name(tlv: der.Tlv) -> str:
    """Return one GeneralName in words, whatever its kind."""
    try:
        return _described(tlv)
    except der.DerError:
        return f"unreadable name ({tlv.end - tlv.content} bytes)"


def _described(tlv: der.Tlv) -> str:
    if tlv.tag in (_EMAIL, _DNS, _URI):
        return clean(loose_text(tlv.value))
    if tlv.tag == _IP:
        return canonical_ip(tlv.value) or f"IP address of {tlv.end - tlv.content} bytes"
    if tlv.tag == _DIRECTORY:
        return clean(f"directory name {read_name(tlv.inside()).text}")
    if tlv.tag == _REGISTERED_ID:
        return f"registered id {der.oid(tlv)}"
    if tlv.tag == _OTHER:
        return _described_other(tlv.children())
    return f"name of kind {tlv.tag & 0x1F}"


def _described_other(parts: Iterator[der.Tlv]) -> str:
    kind_of_name = next(parts, None)
    if kind_of_name is None:
        return "other name without a kind"
    oid = der.oid(kind_of_name.expect(der.OID))
    wrapped = next(parts, None)
    kind = _OTHER_NAMES.get(oid)
    if kind is None or wrapped is None:
        return f"other name {oid}"
    return clean(f"{kind} {decode_string(wrapped.inside())}")
