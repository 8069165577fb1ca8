"""Name constraints of CAs against the names of the certificates below them (RFC 5280 4.2.1.10)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean

MAX_COMPARISONS = 250_000
"""Clients stop at about this many (Go 250,000; OpenSSL and Chrome 2^20) and then refuse."""

TOO_MANY = "too-many"
NOT_A_NAME = "not-a-name"
"""A name that cannot be compared; Go refuses it as soon as a CA above constrains host names."""


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
class _Constraints:
    permitted: tuple[x509.GeneralName, ...]
    excluded: tuple[x509.GeneralName, ...]


def violations(path: Sequence[Certificate]) -> tuple[Violation, ...]:
    """Return the first violation of each constrained CA of a path, leaf first."""
    found: list[Violation] = []
    budget = MAX_COMPARISONS
    for authority in range(len(path) - 1, 0, -1):
        constraints = _constraints(path[authority].der)
        if constraints is None:
            continue
        for position in _constrained(path, authority):
            names = _names(path[position].der)
            budget -= len(names) * (len(constraints.permitted) + len(constraints.excluded))
            if budget < 0:
                return (*found, Violation(authority, position, f"{len(names)} names", TOO_MANY))
            broken = _first_broken(names, constraints)
            if broken is not None:
                name, rule, constraint = broken
                found.append(Violation(authority, position, name, rule, constraint))
                break
    return tuple(found)


def _constrained(path: Sequence[Certificate], authority: int) -> list[int]:
    # Self-issued certificates are exempt unless they are the leaf (RFC 5280 6.1.3).
    return [i for i in range(authority - 1, -1, -1) if i == 0 or not path[i].is_self_issued]


def _first_broken(names: Sequence[x509.GeneralName], rules: _Constraints) -> tuple[str, str, str] | None:
    names_hosts = any(isinstance(rule, x509.DNSName) for rule in (*rules.permitted, *rules.excluded))
    for name in names:
        if names_hosts and isinstance(name, x509.DNSName) and "" in name.value.removesuffix(".").split("."):
            return _text(name), NOT_A_NAME, "host names"
        for excluded in rules.excluded:
            if _matches(name, excluded, overlap=True):
                return _text(name), "excluded", _text(excluded)
        same_kind = [permitted for permitted in rules.permitted if type(permitted) is type(name)]
        if same_kind and not any(_matches(name, permitted, overlap=False) for permitted in same_kind):
            return _text(name), "not-permitted", ", ".join(_text(each) for each in same_kind[:5])
    return None


@lru_cache(maxsize=64)
def _constraints(der: bytes) -> _Constraints | None:
    try:
        found = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.NameConstraints)
    except (ValueError, TypeError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return None
    return _Constraints(
        tuple(found.value.permitted_subtrees or ()), tuple(found.value.excluded_subtrees or ())
    )


@lru_cache(maxsize=64)
def _names(der: bytes) -> tuple[x509.GeneralName, ...]:
    names: list[x509.GeneralName] = []
    try:
        certificate = x509.load_der_x509_certificate(der)
        if list(certificate.subject):
            names.append(x509.DirectoryName(certificate.subject))
        san = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names.extend(san)
    except (ValueError, TypeError, x509.ExtensionNotFound, x509.DuplicateExtension):
        pass
    if not any(isinstance(name, x509.RFC822Name) for name in names):
        names.extend(_subject_emails(names))
    return tuple(names)


def _subject_emails(names: Sequence[x509.GeneralName]) -> list[x509.GeneralName]:
    emails: list[x509.GeneralName] = []
    for name in names[:1]:
        if isinstance(name, x509.DirectoryName):
            for attribute in name.value.get_attributes_for_oid(NameOID.EMAIL_ADDRESS):
                try:
                    emails.append(x509.RFC822Name(str(attribute.value)))
                except ValueError:
                    continue
    return emails


def _matches(name: x509.GeneralName, rule: x509.GeneralName, *, overlap: bool) -> bool:
    if isinstance(name, x509.DNSName) and isinstance(rule, x509.DNSName):
        return _dns_matches(name.value, rule.value, overlap=overlap)
    if isinstance(name, x509.IPAddress) and isinstance(rule, x509.IPAddress):
        return _ip_matches(name.value, rule.value)
    if isinstance(name, x509.RFC822Name) and isinstance(rule, x509.RFC822Name):
        return _email_matches(name.value, rule.value)
    if isinstance(name, x509.UniformResourceIdentifier) and isinstance(rule, x509.UniformResourceIdentifier):
        return _host_matches(_uri_host(name.value), rule.value)
    if isinstance(name, x509.DirectoryName) and isinstance(rule, x509.DirectoryName):
        return _directory_matches(name.value, rule.value)
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


def _ip_matches(address: object, network: object) -> bool:
    if not isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network):
        return False
    return isinstance(address, ipaddress.IPv4Address | ipaddress.IPv6Address) and address in network


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


def _directory_matches(name: x509.Name, rule: x509.Name) -> bool:
    return name.rdns[: len(rule.rdns)] == rule.rdns


def _text(name: x509.GeneralName) -> str:
    value = name.value
    return clean(value.rfc4514_string() if isinstance(value, x509.Name) else str(value), 100)
