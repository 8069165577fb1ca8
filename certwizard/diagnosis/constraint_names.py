"""What name constraints are about: the limits of a CA, and the names of a certificate that they bind."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from certwizard.diagnosis.pool import name_key
from certwizard.domain import der
from certwizard.domain.certificate import Certificate, DistinguishedName
from certwizard.domain.names import describe_general_name, loose_text, read_name

EMAIL, DNS, DIRECTORY, URI, IP, OTHER = 0x81, 0x82, 0xA4, 0x86, 0x87, 0xA0
PERMITTED, EXCLUDED = 0xA0, 0xA1
NAME_CONSTRAINTS, SUBJECT_ALT_NAME = "2.5.29.30", "2.5.29.17"
EMAIL_ADDRESS, COMMON_NAME = "1.2.840.113549.1.9.1", "2.5.4.3"

COMPARED = frozenset({EMAIL, DNS, DIRECTORY, URI, IP})
"""The forms that RFC 5280 says how to compare; clients refuse any other where both sides have it (4.2.1.10)."""
READ_BY_GO = frozenset({EMAIL, DNS, URI, IP})
SUBJECT_EMAIL, HOST_IN_SUBJECT = "subject-email", "common-name"
"""Parts of the subject that some verifiers hold against limits too."""

_HOST = re.compile(r"(?=.*[a-z])[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.I)
_KINDS = {DNS: "dns", IP: "ip", EMAIL: "email", URI: "uri", DIRECTORY: "directory"}


@dataclass(frozen=True, slots=True)
class Name:
    """One GeneralName, as a name or as the base of a subtree."""

    tag: int
    text: str
    octets: bytes = b""
    directory: tuple[tuple[str, str], ...] = ()
    source: str = ""
    """Where else than in the list of names it stood: `SUBJECT_EMAIL` or `HOST_IN_SUBJECT`."""
    bounded: bool = False
    """Of a subtree: whether it counts levels, which RFC 5280 leaves no room for and OpenSSL and Java refuse."""

    @property
    def kind(self) -> str:
        """The form in a word."""
        return self.source or _KINDS.get(self.tag, "other")


@dataclass(frozen=True, slots=True)
class Limits:
    """The name constraints of one CA."""

    permitted: tuple[Name, ...] = ()
    excluded: tuple[Name, ...] = ()
    critical: bool = True

    @property
    def all(self) -> tuple[Name, ...]:
        """Every subtree."""
        return self.permitted + self.excluded


def limits_of(certificate: Certificate) -> Limits | None:
    """Return the name constraints of a CA as far as they can be read, or None where it has none."""
    extension = next((each for each in certificate.extensions if each.oid == NAME_CONSTRAINTS), None)
    if extension is None:
        return None
    subtrees: dict[int, list[Name]] = {PERMITTED: [], EXCLUDED: []}
    try:
        for group in der.read(extension.value_der).expect(der.SEQUENCE).children():
            if group.tag in subtrees:
                subtrees[group.tag] += [each for tree in group.children() for each in _subtree(tree)]
    except der.DerError:
        pass  # What cannot be read is said by the checks of the encoding.
    return Limits(tuple(subtrees[PERMITTED]), tuple(subtrees[EXCLUDED]), extension.critical)


def _subtree(tree: der.Tlv) -> Iterator[Name]:
    base, *bounds = tree.children()
    yield _name(base, bounded=any(any(bound.value) or bound.tag == 0x81 for bound in bounds))


def names_of(certificate: Certificate) -> tuple[Name, ...]:
    """Return every name of a certificate that limits bind, those that all clients compare first."""
    subject = certificate.subject
    own = [Name(DIRECTORY, subject.text, subject.der, _directory(subject))] if subject.attributes else []
    listed = list(_alternatives(certificate))
    values = [(part.oid, part.value) for part in subject.attributes]
    mail = [Name(EMAIL, value, source=SUBJECT_EMAIL) for oid, value in values if oid == EMAIL_ADDRESS]
    hosts = []
    if not any(name.tag == DNS for name in listed):
        hosts = [
            Name(DNS, value, source=HOST_IN_SUBJECT)
            for oid, value in values
            if oid == COMMON_NAME and len(value) <= 253 and _HOST.fullmatch(value)
        ]
    return (*own, *listed, *mail, *hosts)


def subject_parts(certificate: Certificate) -> int:
    """Return of how many parts the subject consists, also beyond those that are read."""
    try:
        return sum(1 for group in der.read(certificate.subject.der).children() for _ in group.children())
    except der.DerError:
        return 0


def _alternatives(certificate: Certificate) -> Iterator[Name]:
    extension = next((each for each in certificate.extensions if each.oid == SUBJECT_ALT_NAME), None)
    try:
        if extension is not None:
            for each in der.read(extension.value_der).expect(der.SEQUENCE).children():
                yield _name(each)
    except der.DerError:
        pass  # As above.


def _name(tlv: der.Tlv, *, bounded: bool = False) -> Name:
    if tlv.tag in (EMAIL, DNS, URI):
        return Name(tlv.tag, loose_text(tlv.value), bounded=bounded)
    if tlv.tag == DIRECTORY:
        name = read_name(tlv.inside())
        return Name(DIRECTORY, name.text, name.der, _directory(name), bounded=bounded)
    if tlv.tag == IP:
        return Name(IP, _ip_text(tlv.value), tlv.value, bounded=bounded)
    return Name(tlv.tag, describe_general_name(tlv), tlv.value, bounded=bounded)


def _directory(name: DistinguishedName) -> tuple[tuple[str, str], ...]:
    key = name_key(name)
    return key if isinstance(key, tuple) else ()


def _ip_text(octets: bytes) -> str:
    network = _network(octets)
    if network is not None:
        return str(network)
    return (
        str(ipaddress.ip_address(octets)) if len(octets) in (4, 16) else f"an address of {len(octets)} bytes"
    )


def _network(octets: bytes) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Return the network of an address and its mask, as constraints hold it."""
    if len(octets) not in (8, 32):
        return None
    half = len(octets) // 2
    ones = int.from_bytes(octets[half:]).bit_count()
    try:
        return ipaddress.ip_network((octets[:half], ones), strict=False)
    except ValueError:
        return None
