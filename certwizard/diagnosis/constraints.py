"""Name constraints of CAs against the names of the certificates below them (RFC 5280 4.2.1.10)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from certwizard.diagnosis.pool import name_key
from certwizard.domain import der
from certwizard.domain.certificate import Certificate, DistinguishedName
from certwizard.domain.cleantext import clean
from certwizard.domain.names import describe_general_name, loose_text, read_name

MAX_COMPARISONS = 250_000
"""Clients stop at about this many (Go 250,000; OpenSSL and Chrome 2^20) and then refuse."""

TOO_MANY = "too-many"
NOT_A_NAME = "not-a-name"
"""A name that cannot be compared; Go refuses it as soon as a CA above constrains host names."""


EMAIL, DNS, DIRECTORY, URI, IP = 0x81, 0x82, 0xA4, 0x86, 0x87
PERMITTED, EXCLUDED = 0xA0, 0xA1
NAME_CONSTRAINTS, SUBJECT_ALT_NAME = "2.5.29.30", "2.5.29.17"
EMAIL_ADDRESS = "1.2.840.113549.1.9.1"


@dataclass(frozen=True, slots=True)
class Violation:
    """A name that a CA above must not vouch for."""

    authority: int
    """Position in the path of the CA that carries the constraint."""
    position: int
    """Position of the certificate that carries the name."""
    name: str
    rule: str
    """``excluded`` ``not-permitted`` ``not-a-name`` or ``too-many``."""
    constraint: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """One GeneralName, as a name or as the base of a subtree."""

    tag: int
    text: str
    octets: bytes = b""
    directory: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Constraints:
    permitted: tuple[_Name, ...]
    excluded: tuple[_Name, ...]


class ConstraintChecker:
    """Holds the paths of one leaf against the constraints of their CAs, with one bound on all the work."""

    def __init__(self, budget: int = MAX_COMPARISONS) -> None:
        """Start with nothing compared."""
        self._budget = budget
        self._compared: dict[tuple[str, str], tuple[str, str, str] | None] = {}

    def violations(self, path: Sequence[Certificate]) -> tuple[Violation, ...]:
        """Return the first violation of each constrained CA of a path, leaf first."""
        found: list[Violation] = []
        for authority in range(len(path) - 1, 0, -1):
            if _constraints(path[authority]) is None:
                continue
            for position in _constrained(path, authority):
                broken = self._broken(path[authority], path[position])
                if broken is not None:
                    name, rule, constraint = broken
                    found.append(Violation(authority, position, name, rule, constraint))
                    break
        return tuple(found)

    def _broken(self, authority: Certificate, bearer: Certificate) -> tuple[str, str, str] | None:
        pair = (authority.sha256, bearer.sha256)
        if pair not in self._compared:
            self._compared[pair] = self._compare(authority, bearer)
        return self._compared[pair]

    def _compare(self, authority: Certificate, bearer: Certificate) -> tuple[str, str, str] | None:
        rules, names = _constraints(authority), _names(bearer)
        if rules is None:
            return None
        self._budget -= len(names) * (len(rules.permitted) + len(rules.excluded))
        return (f"{len(names)} names", TOO_MANY, "") if self._budget < 0 else _first_broken(names, rules)


def _constrained(path: Sequence[Certificate], authority: int) -> list[int]:
    # Self-issued certificates are exempt unless they are the leaf (RFC 5280 6.1.3).
    return [i for i in range(authority - 1, -1, -1) if i == 0 or not path[i].is_self_issued]


def _first_broken(names: Sequence[_Name], rules: _Constraints) -> tuple[str, str, str] | None:
    names_hosts = any(rule.tag == DNS for rule in (*rules.permitted, *rules.excluded))
    for name in names:
        if names_hosts and name.tag == DNS and "" in name.text.removesuffix(".").split("."):
            return clean(name.text, 100), NOT_A_NAME, "host names"
        for excluded in rules.excluded:
            if _matches(name, excluded, overlap=True):
                return clean(name.text, 100), "excluded", clean(excluded.text, 100)
        same_kind = [permitted for permitted in rules.permitted if permitted.tag == name.tag]
        if same_kind and not any(_matches(name, permitted, overlap=False) for permitted in same_kind):
            allowed = ", ".join(clean(each.text, 100) for each in same_kind[:5])
            return clean(name.text, 100), "not-permitted", allowed
    return None


@lru_cache(maxsize=64)
def _constraints(certificate: Certificate) -> _Constraints | None:
    subtrees: dict[int, list[_Name]] = {PERMITTED: [], EXCLUDED: []}
    try:
        value = _extension(certificate, NAME_CONSTRAINTS)
        if value is None:
            return None
        for group in value.expect(der.SEQUENCE).children():
            if group.tag in subtrees:
                bases = (next(subtree.children(), None) for subtree in group.children())
                subtrees[group.tag] += [_name(base) for base in bases if base is not None]
    except der.DerError:
        pass  # What cannot be read is said by the checks of the encoding.
    return _Constraints(tuple(subtrees[PERMITTED]), tuple(subtrees[EXCLUDED]))


@lru_cache(maxsize=64)
def _names(certificate: Certificate) -> tuple[_Name, ...]:
    names: list[_Name] = []
    try:
        value = _extension(certificate, SUBJECT_ALT_NAME)
        if value is not None:
            names += [_name(each) for each in value.expect(der.SEQUENCE).children()]
    except der.DerError:
        pass
    subject = certificate.subject
    if subject.attributes:
        names.insert(0, _Name(DIRECTORY, subject.text, subject.der, _directory(subject)))
    if not any(name.tag == EMAIL for name in names):
        # Old certificates carry the address in the subject (RFC 5280 4.2.1.10).
        names += [_Name(EMAIL, part.value) for part in subject.attributes if part.oid == EMAIL_ADDRESS]
    return tuple(names)


def _extension(certificate: Certificate, oid: str) -> der.Tlv | None:
    value = next((each.value_der for each in certificate.extensions if each.oid == oid), None)
    return None if value is None else der.read(value)


def _name(tlv: der.Tlv) -> _Name:
    if tlv.tag in (EMAIL, DNS, URI):
        return _Name(tlv.tag, loose_text(tlv.value))
    if tlv.tag == DIRECTORY:
        name = read_name(tlv.inside())
        return _Name(DIRECTORY, name.text, name.der, _directory(name))
    if tlv.tag == IP:
        return _Name(IP, _ip_text(tlv.value), tlv.value)
    return _Name(tlv.tag, describe_general_name(tlv), tlv.value)


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


def _matches(name: _Name, rule: _Name, *, overlap: bool) -> bool:
    if name.tag != rule.tag:
        return False
    if name.tag == DNS:
        return _dns_matches(name.text, rule.text, overlap=overlap)
    if name.tag == IP:
        return _ip_matches(name.octets, rule.octets)
    if name.tag == EMAIL:
        return _email_matches(name.text, rule.text)
    if name.tag == URI:
        return _host_matches(_uri_host(name.text), rule.text)
    if name.tag == DIRECTORY:
        return name.directory[: len(rule.directory)] == rule.directory
    return False


def _dns_matches(name: str, rule: str, *, overlap: bool) -> bool:
    name, rule = name.lower().rstrip("."), rule.lower()
    wildcard = name.startswith("*.")
    if wildcard:
        name = name[2:]
    if _under(name, rule):
        return True
    # *.example.com may stand for the very name that is excluded.
    return overlap and wildcard and rule.lstrip(".").partition(".")[2] == name


def _under(name: str, rule: str) -> bool:
    if rule.startswith("."):
        return name.endswith(rule) and name != rule
    return not rule or name == rule or name.endswith("." + rule)


def _ip_matches(address: bytes, rule: bytes) -> bool:
    """Compare under the mask as it stands, which need not be a run of ones."""
    half = len(rule) // 2
    if len(address) not in (4, 16) or len(rule) != 2 * len(address):
        return False
    return all(
        a & mask == base & mask for a, base, mask in zip(address, rule[:half], rule[half:], strict=True)
    )


def _email_matches(mailbox: str, rule: str) -> bool:
    local, _, host = mailbox.rpartition("@")
    if "@" in rule:
        wanted_local, _, wanted_host = rule.rpartition("@")
        return local == wanted_local and host.lower() == wanted_host.lower()
    return _host_matches(host, rule)


def _host_matches(host: str, rule: str) -> bool:
    host, rule = host.lower(), rule.lower()
    return host.endswith(rule) if rule.startswith(".") else host == rule


def _uri_host(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""
