"""What clients would refuse on a path: the rules of RFC 5280 section 6, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.constraints import ConstraintChecker, Violation
from certwizard.diagnosis.paths import Path
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.weakness import usage_problem, weak_key, weak_signature
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import CauseId

PROCESSED = frozenset(
    {
        "2.5.29.15",  # keyUsage
        "2.5.29.17",  # subjectAltName
        "2.5.29.19",  # basicConstraints
        "2.5.29.30",  # nameConstraints
        "2.5.29.31",  # cRLDistributionPoints
        "2.5.29.32",  # certificatePolicies
        "2.5.29.33",  # policyMappings
        "2.5.29.36",  # policyConstraints
        "2.5.29.37",  # extKeyUsage
        "2.5.29.54",  # inhibitAnyPolicy
        "1.3.6.1.5.5.7.1.7",  # ipAddrBlocks
        "1.3.6.1.5.5.7.1.8",  # autonomousSysIds
        "1.3.6.1.5.5.7.48.1.5",  # ocsp-nocheck
        "2.16.840.1.113730.1.1",  # nsCertType
    }
)
"""Extensions that may be critical. OpenSSL refuses every other one, key ids included (error 34, measured)."""

TRUST_FLAWS = frozenset(
    {CauseId.BAD_SIGNATURE, CauseId.NOT_A_CA, CauseId.PATH_LENGTH, CauseId.NAME_CONSTRAINTS}
)
"""Flaws that leave no trust in the path, whatever the time and the policy."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One broken rule at one place of a path."""

    cause: CauseId
    position: int
    detail: str = ""
    violation: Violation | None = None


def flaws_of(path: Path, when: datetime, constraints: ConstraintChecker) -> tuple[Flaw, ...]:
    """Return every flaw of a path as judged at a time."""
    certificates = [node.certificate for node in path.nodes]
    found = [
        Flaw(CauseId.BAD_SIGNATURE, position)
        for position, edge in enumerate(path.edges)
        if edge is SignatureStatus.INVALID
    ]
    for position, node in enumerate(path.nodes):
        found += [Flaw(cause, position) for cause in date_flaws(node.certificate, when)]
        found += _node_flaws(path, position, node)
    found += [
        Flaw(CauseId.NAME_CONSTRAINTS, broken.position, broken.rule, broken)
        for broken in constraints.violations(certificates)
    ]
    return tuple(found)


def date_flaws(certificate: Certificate, when: datetime) -> tuple[CauseId, ...]:
    """Return whether a certificate is expired or not yet valid; both ends belong to the validity."""
    found = []
    if certificate.not_after is not None and when > certificate.not_after:
        found.append(CauseId.EXPIRED)
    if certificate.not_before is not None and when < certificate.not_before:
        found.append(CauseId.NOT_YET_VALID)
    return tuple(found)


def _node_flaws(path: Path, position: int, node: Node) -> list[Flaw]:
    certificate = node.certificate
    found = []
    if position:
        missing = ca_problem(node)
        found += [Flaw(CauseId.NOT_A_CA, position, missing)] if missing else []
        found += [Flaw(CauseId.PATH_LENGTH, position)] if _too_long_below(path, position) else []
    unknown = unknown_critical(certificate)
    found += [Flaw(CauseId.UNKNOWN_CRITICAL_EXTENSION, position, unknown[0])] if unknown else []
    found += [Flaw(CauseId.WEAK_KEY, position)] if weak_key(certificate) else []
    last = position == len(path.nodes) - 1
    if not (last and (node.is_anchor or path.self_signed_end)) and weak_signature(certificate):
        found.append(Flaw(CauseId.WEAK_SIGNATURE, position))
    if position and not node.is_anchor and usage_problem(certificate, leaf=False):
        found.append(Flaw(CauseId.WRONG_USAGE, position))
    return found


def ca_problem(node: Node) -> str:
    """Return why a certificate may not issue others: ``basic-constraints`` ``key-usage``, or nothing."""
    certificate = node.certificate
    if certificate.version == 1 and node.is_anchor:
        return ""  # Version 1 knows no extensions; a store vouches for it.
    if not certificate.is_ca:
        return "basic-constraints"
    if certificate.key_usage is not None and "keyCertSign" not in certificate.key_usage:
        return "key-usage"
    return ""


def _too_long_below(path: Path, position: int) -> bool:
    constraints = path.nodes[position].certificate.basic_constraints
    if constraints is None or constraints.path_length is None:
        return False
    return authorities_below(path, position) > constraints.path_length


def authorities_below(path: Path, position: int) -> int:
    """Return how many CA certificates that count stand between a CA and the leaf (RFC 5280 6.1.4)."""
    return sum(not node.certificate.is_self_issued for node in path.nodes[1:position])


def unknown_critical(certificate: Certificate) -> tuple[str, ...]:
    """Return the OIDs of critical extensions that clients do not process."""
    return tuple(each.oid for each in certificate.extensions if each.critical and each.oid not in PROCESSED)
