"""Whether the SCTs of a certificate satisfy a browser's policy: surely, surely not, or perhaps.

Each policy is asked twice: with the SCTs that surely count alone, and with those of unknown logs as well, at
their best. Only where even those do not help is the policy broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from certwizard.diagnosis.transparency.collected import CollectedSct
from certwizard.domain.vocabulary import Status
from certwizard.knowledge.transparency import CtPolicy, EmbeddedRule


class Shortfall(StrEnum):
    """What is missing, worst first."""

    NONE_AT_ALL = "none"
    TOO_FEW = "too-few"
    NO_CURRENT_LOG = "no-current-log"
    ONE_OPERATOR = "one-operator"
    NO_RFC6962 = "no-rfc6962-log"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One policy's verdict."""

    policy: CtPolicy
    status: Status
    """PASS, FAIL, or UNKNOWN where it depends on logs that are not known here."""
    needed: int
    """SCTs from different logs that the certificate needs embedded."""
    shortfall: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class _Countable:
    """An SCT that counts, or may count."""

    log_id: str
    operator: str
    embedded: bool
    admissible: bool
    """Whether its log is admissible today, not only was once."""
    rfc6962: bool


def weigh(policy: CtPolicy, scts: Sequence[CollectedSct], lifetime: timedelta, when: datetime) -> Weighed:
    """Return whether a policy is satisfied.

    Args:
        policy: Whose.
        scts: All that came with the certificate.
        lifetime: Of the certificate, with its last second.
        when: The time to judge as of.
    """
    rule = policy.rule_for(lifetime)
    sure = _shortfall(policy, rule, _countable(policy, scts, when, hopeful=False), when)
    if sure is None:
        return Weighed(policy, Status.PASS, rule.scts)
    hoped = _shortfall(policy, rule, _countable(policy, scts, when, hopeful=True), when)
    if hoped is None:
        return Weighed(policy, Status.UNKNOWN, rule.scts, sure)
    return Weighed(policy, Status.FAIL, rule.scts, hoped)


def _countable(
    policy: CtPolicy, scts: Sequence[CollectedSct], when: datetime, *, hopeful: bool
) -> tuple[_Countable, ...]:
    standing = [each for each in scts if not each.refuted and (hopeful or each.log is not None)]
    current = [each.sct.timestamp for each in standing if _retired(each, when) is None]
    issued = min(current, default=datetime.min.replace(tzinfo=UTC))
    return tuple(each for one in standing if (each := _count(policy, one, issued, when)) is not None)


def _retired(one: CollectedSct, when: datetime) -> datetime | None:
    """Return when the log retired, where that was before the time judged as of."""
    retired = None if one.log is None else one.log.retired
    return retired if retired is not None and retired <= when else None


def _count(policy: CtPolicy, one: CollectedSct, issued: datetime, when: datetime) -> _Countable | None:
    """Return an SCT as it counts; of a retired log only where it and the certificate are older."""
    log, sct = one.log, one.sct
    if log is None:
        return _Countable(sct.log_id, f"?{sct.log_id}", one.embedded, admissible=True, rfc6962=True)
    if policy.leaf_index and log.static and not sct.has_leaf_index:
        return None
    retired = _retired(one, when)
    if retired is not None and max(sct.timestamp, issued) >= retired:
        return None
    return _Countable(log.id, log.operator, one.embedded, retired is None, not log.static)


def _shortfall(
    policy: CtPolicy, rule: EmbeddedRule, countable: Sequence[_Countable], when: datetime
) -> Shortfall | None:
    """Return what is missing for the nearer of the two ways, or nothing where one way is open."""
    if not countable:
        return Shortfall.NONE_AT_ALL
    delivered = _by_delivery(policy, countable, when)
    if delivered is None:
        return None
    return _by_embedding(policy, rule, [each for each in countable if each.embedded], when)


def _by_embedding(
    policy: CtPolicy, rule: EmbeddedRule, embedded: Sequence[_Countable], when: datetime
) -> Shortfall | None:
    if _different_logs(embedded, rule.most_per_operator) < rule.scts:
        alone = _different_logs(embedded, None) >= rule.scts
        return Shortfall.ONE_OPERATOR if alone else Shortfall.TOO_FEW
    if not any(each.admissible for each in embedded):
        return Shortfall.NO_CURRENT_LOG
    return _diversity(policy, embedded, when)


def _by_delivery(policy: CtPolicy, countable: Sequence[_Countable], when: datetime) -> Shortfall | None:
    current = [each for each in countable if each.admissible]
    if all(each.embedded for each in current):
        return Shortfall.NONE_AT_ALL
    pool = [each for each in current if policy.delivered_counts_embedded or not each.embedded]
    if _different_logs(pool, None) < policy.delivered:
        return Shortfall.TOO_FEW
    return _diversity(policy, pool, when)


def _diversity(policy: CtPolicy, pool: Sequence[_Countable], when: datetime) -> Shortfall | None:
    if len({each.operator for each in pool}) < policy.operators:
        return Shortfall.ONE_OPERATOR
    if policy.wants_rfc6962(when) and not any(each.rfc6962 for each in pool):
        return Shortfall.NO_RFC6962
    return None


def _different_logs(pool: Iterable[_Countable], most_per_operator: int | None) -> int:
    """Count different logs, of one operator at most so many."""
    logs = {each.log_id: each.operator for each in pool}
    by_operator = Counter(logs.values())
    return sum(
        number if most_per_operator is None else min(number, most_per_operator)
        for number in by_operator.values()
    )
