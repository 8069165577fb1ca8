"""What clients would refuse on a path: the rules of RFC 5280 section 6, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from certwizard.diagnosis.constraint_names import READ_BY_GO
from certwizard.diagnosis.constraints import NOT_PERMITTED, SELF_ISSUED, ConstraintChecker, Violation
from certwizard.diagnosis.edges import key_ids_agree
from certwizard.diagnosis.paths import Path
from certwizard.diagnosis.policies import PolicyChecker
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.weakness import usage_problem, weak_key, weak_signature
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.variants import Variant, variant

PROCESSED = frozenset(
    {
        "2.5.29.15",  # keyUsage
        "2.5.29.17",  # subjectAltName
        "2.5.29.19",  # basicConstraints
        "2.5.29.30",  # nameConstraints
        "2.5.29.31",  # cRLDistributionPoints
        "2.5.29.32",  # certificatePolicies
        "2.5.29.33",  # policyMappings, see POLICY_EXTENSIONS
        "2.5.29.36",  # policyConstraints, likewise
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


LIMITS, KEY_ID = "limits", "key-id"
POLICY_EXTENSIONS = {"2.5.29.33": "policy-mappings", "2.5.29.36": "policy-constraints"}
"""Extensions of which some clients refuse the critical form."""
_ALONE = {"1.3.6.1.5.5.7.1.1": "authority-info-access"}
"""Extensions that must not be critical and that one client takes so all the same."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One broken rule at one place of a path."""

    cause: CauseId
    position: int
    detail: str = ""
    violation: Violation | None = None
    root: bool = False
    """Whether it lies in the anchor, of which some verifiers take a name and a key alone."""

    @property
    def variant(self) -> Variant:
        """Who minds it, and how much."""
        return variant(self.cause, self.detail, root=self.root)

    @property
    def refused(self) -> bool:
        """Whether a mainstream client refuses for it."""
        return self.variant.severity is Severity.ERROR


class Rules:
    """The rules of one judgement, with the work that is shared by all paths of a leaf."""

    def __init__(self, when: datetime) -> None:
        """Start with nothing compared."""
        self._when = when
        self._constraints = ConstraintChecker()
        self._policies = PolicyChecker()

    def flaws(self, path: Path) -> tuple[Flaw, ...]:
        """Return every flaw of a path."""
        certificates = [node.certificate for node in path.nodes]
        found = [
            Flaw(CauseId.BAD_SIGNATURE, position)
            for position, edge in enumerate(path.edges)
            if edge is SignatureStatus.INVALID
        ]
        found += [Flaw(CauseId.MALFORMED, position, KEY_ID) for position in _other_key_ids(path)]
        for position, node in enumerate(path.nodes):
            found += [Flaw(cause, position) for cause in date_flaws(node.certificate, self._when)]
            found += self._node_flaws(path, position, node)
        found += [
            Flaw(CauseId.NAME_CONSTRAINTS, broken.position, _detail(broken), broken)
            for broken in self._constraints.violations(certificates)
        ]
        fault = self._policies.fault(certificates, anchored=path.anchored or path.self_signed_end)
        found += [Flaw(CauseId.PROFILE_VIOLATION, fault.position, fault.rule)] if fault else []
        last = len(path.nodes) - 1
        return tuple(
            replace(flaw, root=True) if path.anchored and 0 < _bearer(flaw) == last else flaw
            for flaw in found
        )

    def unfinished(self, path: Path) -> str:
        """Return why not every rule could be applied to a path, in words that follow "because", or nothing."""
        certificates = [node.certificate for node in path.nodes]
        if not self._constraints.complete(certificates):
            return "its names and the limits on them are too many to compare"
        return "" if self._policies.complete(certificates) else "it names too many policies to follow"

    def _node_flaws(self, path: Path, position: int, node: Node) -> list[Flaw]:
        certificate = node.certificate
        found = []
        if position:
            missing = ca_problem(node)
            found += [Flaw(CauseId.NOT_A_CA, position, missing)] if missing else []
            found += _length_flaws(path, position)
            usage = issuer_usage(node, anchor=node.is_anchor and position == len(path.nodes) - 1)
            found += [Flaw(CauseId.WRONG_USAGE, position, usage)] if usage else []
        found += self._critical_flaws(position, certificate)
        found += [Flaw(CauseId.WEAK_KEY, position)] if weak_key(certificate, leaf=position == 0) else []
        last = position == len(path.nodes) - 1
        if not (last and (node.is_anchor or path.self_signed_end)) and weak_signature(certificate):
            found.append(Flaw(CauseId.WEAK_SIGNATURE, position))
        return found

    def _critical_flaws(self, position: int, certificate: Certificate) -> list[Flaw]:
        unknown = unknown_critical(certificate)
        details = [_ALONE.get(unknown[0], "") if len(unknown) == 1 else ""] if unknown else []
        details += [
            POLICY_EXTENSIONS[each.oid]
            for each in certificate.extensions
            if each.critical and each.oid in POLICY_EXTENSIONS
        ]
        limits = self._constraints.limits(certificate) if certificate.is_ca else None
        if limits and limits.critical and any(base.tag not in READ_BY_GO for base in limits.all):
            details.append(LIMITS)
        return [Flaw(CauseId.UNKNOWN_CRITICAL_EXTENSION, position, detail) for detail in details]


def _bearer(flaw: Flaw) -> int:
    """Return where the rule stands that is broken: for limits at the CA that has them."""
    return flaw.position if flaw.violation is None else flaw.violation.authority


def _detail(broken: Violation) -> str:
    """Return which variant of broken name constraints this is, as clients tell them apart."""
    if broken.kind == "common-name":
        everybody = broken.position == 0 and "." in broken.name
        return "common-name" if everybody else "common-name-label"
    if broken.kind in ("subject-email", SELF_ISSUED):
        return broken.kind
    if broken.kind == "directory" and broken.rule == NOT_PERMITTED:
        return "directory" if broken.critical else "uncritical-directory"
    return broken.rule


def _other_key_ids(path: Path) -> list[int]:
    """Return where a certificate names another key of its issuer than the one that signed it."""
    certificates = [node.certificate for node in path.nodes]
    pairs = list(pairwise(certificates))
    signed = [edge is SignatureStatus.VALID for edge in path.edges]
    if certificates[-1].is_self_issued and path.anchored:
        pairs.append((certificates[-1], certificates[-1]))
        signed.append(True)
    return [
        position for position, pair in enumerate(pairs) if signed[position] and key_ids_agree(*pair) is False
    ]


def date_flaws(certificate: Certificate, when: datetime) -> tuple[CauseId, ...]:
    """Return whether a certificate is expired or not yet valid; both ends belong to the validity."""
    found = []
    if certificate.not_after is not None and when > certificate.not_after:
        found.append(CauseId.EXPIRED)
    if certificate.not_before is not None and when < certificate.not_before:
        found.append(CauseId.NOT_YET_VALID)
    return tuple(found)


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


def issuer_usage(node: Node, *, anchor: bool) -> str:
    """Return which limit of its extended key usage keeps a CA from issuing for servers, or nothing."""
    problem = usage_problem(node.certificate, leaf=False)
    if problem and anchor:
        return "root"
    return {"extended-key-usage": "intermediate", "any-usage": "intermediate-any"}.get(problem, "")


def _length_flaws(path: Path, position: int) -> list[Flaw]:
    constraints = path.nodes[position].certificate.basic_constraints
    if constraints is None or constraints.path_length is None:
        return []
    if authorities_below(path, position) > constraints.path_length:
        return [Flaw(CauseId.PATH_LENGTH, position)]
    return (
        [Flaw(CauseId.PATH_LENGTH, position, SELF_ISSUED)] if position - 1 > constraints.path_length else []
    )


def authorities_below(path: Path, position: int) -> int:
    """Return how many CA certificates that count stand between a CA and the leaf (RFC 5280 6.1.4)."""
    return sum(not node.certificate.is_self_issued for node in path.nodes[1:position])


def unknown_critical(certificate: Certificate) -> tuple[str, ...]:
    """Return the OIDs of critical extensions that clients do not process."""
    return tuple(each.oid for each in certificate.extensions if each.critical and each.oid not in PROCESSED)
