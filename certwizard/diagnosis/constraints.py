"""Name constraints of CAs against the names of the certificates below them (RFC 5280 4.2.1.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certwizard.diagnosis.constraint_matching import lies_in, may_stand_for
from certwizard.diagnosis.constraint_names import (
    COMPARED,
    DNS,
    Limits,
    Name,
    limits_of,
    names_of,
    subject_parts,
)
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean

MAX_COMPARISONS = 250_000
"""Clients stop at about this many (Go 250,000; OpenSSL and Chrome 2^20) and then refuse."""
MAX_WITH_SUBJECT = 1 << 20
"""OpenSSL counts every part of the subject as a name too (crypto/x509/v3_ncons.c)."""

EXCLUDED_NAME, NOT_PERMITTED = "excluded", "not-permitted"
TOO_MANY = "too-many"
NOT_A_NAME = "not-a-name"
"""A name that cannot be compared; Go refuses it as soon as a CA above constrains host names."""
WILDCARD = "wildcard"
"""A wildcard that covers an excluded name among others (CVE-2025-61727)."""
UNSUPPORTED = "unsupported"
"""A limit that no client can apply to a name that is there."""
BOUNDED = "bounded"
"""A limit that counts levels, which RFC 5280 leaves no room for."""
SELF_ISSUED = "self-issued"
"""The kind of a name in a certificate by which a CA changed its key; RFC 5280 6.1.3 exempts it, Go does not."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A name that a CA above must not vouch for."""

    authority: int
    """Position in the path of the CA that carries the constraint."""
    position: int
    """Position of the certificate that carries the name."""
    name: str
    rule: str
    """``excluded`` ``not-permitted`` ``not-a-name`` ``wildcard`` ``unsupported`` ``bounded`` or ``too-many``."""
    constraint: str = ""
    kind: str = ""
    """The form of the name: ``dns`` ``ip`` ``email`` ``uri`` ``directory`` ``other``, or a part of the subject."""
    critical: bool = True
    """Whether the CA's limits are marked critical."""
    everywhere: bool = True
    """Whether it breaks RFC 5280, and not just the habit of some verifiers."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """What one certificate breaks of one CA's limits."""

    name: str
    rule: str
    constraint: str = ""
    kind: str = ""
    everywhere: bool = True


class ConstraintChecker:
    """Holds the paths of one leaf against the constraints of their CAs, with one bound on all the work."""

    def __init__(self, budget: int = MAX_COMPARISONS) -> None:
        """Start with nothing compared."""
        self._budget = budget
        self._compared: dict[tuple[str, str], _Broken | None] = {}
        self._limits: dict[str, Limits | None] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self.skipped: set[tuple[str, str]] = set()
        """Pairs of CA and certificate (sha256) that were not compared, because the work was used up."""

    def violations(self, path: Sequence[Certificate]) -> tuple[Violation, ...]:
        """Return the worst violation of each constrained CA of a path, from the root down."""
        found: list[Violation] = []
        for authority in range(len(path) - 1, 0, -1):
            limits = self.limits(path[authority])
            if limits is None:
                continue
            broken = [
                (position, _exempted(each) if position and path[position].is_self_issued else each)
                for position in range(authority - 1, -1, -1)
                if (each := self._broken(path[authority], path[position], limits)) is not None
            ]
            worst = min(broken, key=lambda pair: not pair[1].everywhere, default=None)
            if worst is not None:
                found.append(_violation(authority, *worst, critical=limits.critical))
        return tuple(found)

    def limits(self, certificate: Certificate) -> Limits | None:
        """Return the name constraints of a CA, read once."""
        if certificate.sha256 not in self._limits:
            self._limits[certificate.sha256] = limits_of(certificate)
        return self._limits[certificate.sha256]

    def complete(self, path: Sequence[Certificate]) -> bool:
        """Return whether every name of a path was compared."""
        known = {certificate.sha256 for certificate in path}
        return not any(known.issuperset(pair) for pair in self.skipped)

    def _broken(self, authority: Certificate, bearer: Certificate, limits: Limits) -> _Broken | None:
        pair = (authority.sha256, bearer.sha256)
        if pair not in self._compared:
            names = self._names.get(bearer.sha256)
            if names is None:
                names = self._names[bearer.sha256] = names_of(bearer)
            cost = len(names) * len(limits.all)
            parts = subject_parts(bearer) * len(limits.all)
            if cost > MAX_COMPARISONS or cost + parts > MAX_WITH_SUBJECT:
                self._compared[pair] = _Broken(f"{len(names)} names", TOO_MANY)
            elif cost > self._budget:
                self.skipped.add(pair)
                return None
            else:
                self._budget -= cost
                self._compared[pair] = _first_broken(names, limits)
        return self._compared[pair]


def _violation(authority: int, position: int, broken: _Broken, *, critical: bool) -> Violation:
    return Violation(
        authority,
        position,
        broken.name,
        broken.rule,
        broken.constraint,
        broken.kind,
        critical,
        broken.everywhere,
    )


def _exempted(broken: _Broken) -> _Broken:
    return replace(broken, kind=SELF_ISSUED, everywhere=False)


def _first_broken(names: Sequence[Name], limits: Limits) -> _Broken | None:
    names_hosts = any(base.tag == DNS for base in limits.all)
    for name in names:
        if names_hosts and name.tag == DNS and "" in name.text.removesuffix(".").split("."):
            return _Broken(clean(name.text, 100), NOT_A_NAME, "host names", name.kind)
        broken = _unsupported(name, limits) or _excluded(name, limits) or _not_permitted(name, limits)
        if broken is not None:
            return broken
    return None


def _unsupported(name: Name, limits: Limits) -> _Broken | None:
    for base in limits.all:
        if base.tag == name.tag and (name.tag not in COMPARED or base.bounded):
            rule = UNSUPPORTED if name.tag not in COMPARED else BOUNDED
            return _made(name, rule, clean(base.text, 100))
    return None


def _excluded(name: Name, limits: Limits) -> _Broken | None:
    for base in limits.excluded:
        if lies_in(name, base):
            return _made(name, EXCLUDED_NAME, clean(base.text, 100))
    for base in limits.excluded:
        if may_stand_for(name, base):
            return _made(name, WILDCARD, clean(base.text, 100))
    return None


def _not_permitted(name: Name, limits: Limits) -> _Broken | None:
    same_kind = [base for base in limits.permitted if base.tag == name.tag]
    if not same_kind or any(lies_in(name, base) for base in same_kind):
        return None
    return _made(name, NOT_PERMITTED, ", ".join(clean(base.text, 100) for base in same_kind[:5]))


def _made(name: Name, rule: str, constraint: str) -> _Broken:
    return _Broken(clean(name.text, 100), rule, constraint, name.kind, everywhere=not name.source)
