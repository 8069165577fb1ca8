"""Which trust stores trust a chain, each judged as if it were the only one, and why another does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from certwizard.diagnosis.case import Case, build_case
from certwizard.diagnosis.checks.path_rules import path_rule_causes
from certwizard.diagnosis.checks.unfinished import unfinished_causes
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS
from certwizard.domain.observation import Observation, TrustStore
from certwizard.domain.vocabulary import Severity, Status
from certwizard.domain.wording import day


@dataclass(frozen=True, slots=True)
class StoreVerdict:
    """What one store makes of a chain."""

    store: str
    """Its id."""
    status: Status
    """PASS: it trusts the chain; FAIL: not; UNKNOWN: no chain was seen, or not every path could be tried."""
    words: str
    """The root it rests on, or why it does not trust."""


def store_verdicts(observation: Observation) -> tuple[StoreVerdict, ...]:
    """Return the verdict of each consulted store, in their order."""
    return tuple(_verdict(observation, store) for store in observation.stores)


def _verdict(observation: Observation, store: TrustStore) -> StoreVerdict:
    if not observation.chain:
        return StoreVerdict(store.id, Status.UNKNOWN, "no certificate was received")
    case = build_case(_alone(observation, store), DEFAULT_THRESHOLDS)
    best = case.choice.best
    if best is None:
        return StoreVerdict(store.id, Status.UNKNOWN, "the certificate cannot be read")
    if best.trusted:
        late = _issued_too_late(case, store)
        if late:
            return StoreVerdict(store.id, Status.FAIL, late)
        return StoreVerdict(store.id, Status.PASS, best.path.nodes[-1].certificate.subject.short)
    if case.choice.unsettled and not best.path.anchored:
        return StoreVerdict(store.id, Status.UNKNOWN, f"the search for a root stopped {case.choice.stopped}")
    if store.failure is not None or store.count == 0:
        return StoreVerdict(store.id, Status.FAIL, "it holds no root at all")
    causes = [*path_rule_causes(case, best), *unfinished_causes(case, best)]
    errors = [cause.headline for cause in causes if cause.severity is Severity.ERROR]
    return StoreVerdict(store.id, Status.FAIL, errors[0] if errors else "It does not hold the root.")


def _alone(observation: Observation, store: TrustStore) -> Observation:
    """Return the observation as it is where only this store is consulted."""
    anchors = tuple(
        replace(anchor, stores=(store.id,)) for anchor in observation.anchors if store.id in anchor.stores
    )
    return replace(observation, stores=(store,), anchors=anchors, trust_variables=(), openssl=None)


def _issued_too_late(case: Case, store: TrustStore) -> str:
    """Return why the store takes nothing that was issued so late under the root, or nothing."""
    best, leaf = case.choice.best, case.leaf
    if best is None or leaf is None or leaf.not_before is None:
        return ""
    root = best.path.nodes[-1].certificate
    for anchor in case.observation.anchors:
        for limit in anchor.limits:
            if anchor.der == root.der and limit.store == store.id and leaf.not_before > limit.issued_until:
                return f"It takes nothing that {root.subject.short} issued after {day(limit.issued_until)}."
    return ""
