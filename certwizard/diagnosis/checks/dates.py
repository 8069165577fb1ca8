"""Is every certificate that clients need within its dates?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.clock import clock_cause
from certwizard.diagnosis.checks.clock_witnesses import TOLERANCE, clock_offset
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.naming import capital, spoken
from certwizard.diagnosis.outcome import Outcome, conclude, skipped, unreadable
from certwizard.diagnosis.result import Cause, ChainRole, Fact, RevocationFinding
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status
from certwizard.domain.wording import moment, relative, span

SOON_FOR_AUTHORITIES = timedelta(days=30)
SHORTER_THAN_LEAF = timedelta(days=90)
SHARE_FOR_AUTHORITIES = 0.15


@dataclass(frozen=True, slots=True)
class _Dated:
    """A certificate whose dates matter, and how much."""

    certificate: Certificate
    index: int | None
    severity: Severity
    """Error where clients cannot do without it, warning where only old clients may use it."""


def check(case: Case, findings: Sequence[RevocationFinding] = ()) -> Outcome:
    """Judge the dates of all certificates sent and of those on the path."""
    leaf = case.leaf
    if leaf is None:
        return skipped(CheckId.DATES, "No certificate was received, so there are no dates to check.")
    if not case.readable:
        return unreadable(CheckId.DATES, "its dates are not known")
    dated = dated_certificates(case)
    causes = [cause for each in dated for cause in _causes(case, each)]
    needed = [each.certificate for each in dated if each.severity is Severity.ERROR]
    clock = clock_cause(case, needed, findings)
    if clock is not None:
        causes.insert(0, clock)
    facts = [*_clock_facts(case, clock), *(fact for each in dated for fact in _facts(each, causes))]
    unknown = ""
    if leaf.not_after is None or leaf.not_before is None:
        unknown = "The dates of the certificate cannot be read."
    return conclude(CheckId.DATES, causes, facts, good=_good(case, leaf), unknown=unknown)


def _clock_facts(case: Case, clock: Cause | None) -> list[Fact]:
    """Return the row on the clock that the dates are judged by, where another one was seen."""
    label = "This computer's clock"
    if clock is not None:
        return [Fact(FieldId.CLOCK, label, clock.seen, clock.expected, mark(clock.severity))]
    offset = clock_offset(case)
    if offset is None or case.observation.judge_at != case.observation.observed_at:
        return []
    if abs(offset) <= TOLERANCE:
        return [Fact(FieldId.CLOCK, label, "agrees with the server's")]
    # The server's clock may be the wrong one, and no date depends on which.
    return [Fact(FieldId.CLOCK, label, f"{span(abs(offset))} off the server's", status=Status.SKIPPED)]


def dated_certificates(case: Case) -> tuple[_Dated, ...]:
    """Return the certificates whose dates matter: sent ones that lead somewhere, and the path's."""
    best = case.choice.best
    on_path = {node.certificate.sha256 for node in best.path.nodes} if best else set()
    reachable = case.choice.reachable
    found = []
    seen = set()
    for index, certificate in enumerate(case.sent):
        if certificate.sha256 in seen or certificate.sha256 not in reachable:
            continue
        seen.add(certificate.sha256)
        severity = Severity.ERROR if certificate.sha256 in on_path else Severity.WARNING
        found.append(_Dated(certificate, index, severity))
    if best is not None:
        unsent = (node.certificate for node in best.path.nodes if node.certificate.sha256 not in seen)
        found.extend(_Dated(certificate, None, Severity.ERROR) for certificate in unsent)
    return tuple(found)


def _causes(case: Case, dated: _Dated) -> list[Cause]:
    flaws = date_flaws(dated.certificate, case.judged_at)
    if flaws:
        return [_outside(case, dated, flaw) for flaw in flaws]
    soon = _expiring_soon(case, dated)
    return [soon] if soon else []


def _outside(case: Case, dated: _Dated, flaw: CauseId) -> Cause:
    certificate, now = dated.certificate, case.judged_at
    expired = flaw is CauseId.EXPIRED
    when = (certificate.not_after if expired else certificate.not_before) or now
    name = capital(spoken(case, certificate))
    if expired:
        headline = f"{name} expired {relative(when, now)}."
        explanation = (
            f"It was valid until {moment(when)}; judged at {moment(now)} it is {span(now - when)} too old."
        )
    else:
        headline = f"{name} is not valid yet: it begins {relative(when, now)}."
        explanation = f"It is valid from {moment(when)} on; judged at {moment(now)} that is still to come."
    return Cause(
        id=flaw,
        severity=dated.severity,
        headline=headline,
        explanation=f"{explanation} {_consequence(case, dated, expired=expired)}",
        field=FieldId.NOT_AFTER if expired else FieldId.NOT_BEFORE,
        seen=moment(when),
        expected=f"{'later' if expired else 'earlier'} than {moment(now)}",
        certificate=dated.index,
        concerns="" if dated.index is not None else certificate.sha256,
    )


def _consequence(case: Case, dated: _Dated, *, expired: bool) -> str:
    role = case.role_of(dated.certificate)
    if dated.severity is Severity.WARNING:
        return (
            "Today's clients find another way to a trusted root and do not need it. "
            "Old clients may still take this dead end and refuse."
        )
    if role is ChainRole.LEAF:
        cure = (
            "A renewed certificate is needed."
            if expired
            else ("Either the certificate was deployed too early or the clock of the one who judges is slow.")
        )
        return f"Every client compares these dates with its own clock and refuses. {cure}"
    if dated.index is None:
        return "It was not sent by the server, but clients need it to reach a trusted root, and many check its dates."
    return (
        "The server's own certificate does not help as long as one it depends on is outside its dates. "
        "The chain file on the server has to be replaced."
    )


def _expiring_soon(case: Case, dated: _Dated) -> Cause | None:
    certificate = dated.certificate
    end, lifetime = certificate.not_after, certificate.lifetime
    if end is None or lifetime is None or dated.severity is not Severity.ERROR:
        return None
    left = end - case.judged_at
    if case.role_of(certificate) is ChainRole.LEAF:
        return _leaf_soon(case, dated, left, lifetime)
    leaf_end = case.leaf.not_after if case.leaf else None
    soon = left <= SOON_FOR_AUTHORITIES and left <= lifetime * SHARE_FOR_AUTHORITIES
    first = leaf_end is not None and end < leaf_end and left <= SHORTER_THAN_LEAF
    if not soon and not first:
        return None
    reason = (
        f"That is before the server's own certificate ends ({moment(leaf_end)}), so the chain breaks first."
        if leaf_end is not None and end < leaf_end
        else "When it ends, the chain breaks, however long the server's own certificate is valid."
    )
    return _soon(
        case, dated, Severity.WARNING, "later than the server's certificate, by a good margin", reason
    )


def _leaf_soon(case: Case, dated: _Dated, left: timedelta, lifetime: timedelta) -> Cause | None:
    limits = case.thresholds
    if limits.critical is not None and limits.critical.reached(left, lifetime):
        limit, severity = limits.critical, Severity.ERROR
    elif limits.warning.reached(left, lifetime):
        limit, severity = limits.warning, Severity.WARNING
    else:
        return None
    share = left / lifetime * 100
    reason = (
        f"{share:.0f} % of its lifetime of {span(lifetime)} is left; the limit is {limit.text}. "
        "An automatic renewal should have replaced it by now, so look whether it still runs."
    )
    return _soon(case, dated, severity, f"more than {span(limit.span(lifetime))} left", reason)


def _soon(case: Case, dated: _Dated, severity: Severity, expected: str, reason: str) -> Cause:
    end = dated.certificate.not_after or case.judged_at
    return Cause(
        id=CauseId.EXPIRING_SOON,
        severity=severity,
        headline=f"{capital(spoken(case, dated.certificate))} ends {relative(end, case.judged_at)}.",
        explanation=f"It is valid until {moment(end)}. {reason}",
        field=FieldId.NOT_AFTER,
        seen=moment(end),
        expected=expected,
        certificate=dated.index,
        concerns="" if dated.index is not None else dated.certificate.sha256,
    )


def _facts(dated: _Dated, causes: list[Cause]) -> list[Fact]:
    certificate = dated.certificate
    mine = [cause for cause in causes if _concerns(cause, dated)]
    rows = (
        (FieldId.NOT_BEFORE, "Begins (Not Before)", certificate.not_before, (CauseId.NOT_YET_VALID,)),
        (
            FieldId.NOT_AFTER,
            "Ends (Not After)",
            certificate.not_after,
            (CauseId.EXPIRED, CauseId.EXPIRING_SOON),
        ),
    )
    facts = []
    for field, label, when, ids in rows:
        cause = next((each for each in mine if each.id in ids), None)
        status = mark(cause.severity) if cause else Status.PASS if when else Status.UNKNOWN
        seen = moment(when) if when else "unreadable"
        facts.append(Fact(field, label, seen, cause.expected if cause else "", status, dated.index))
    return facts


def _concerns(cause: Cause, dated: _Dated) -> bool:
    if dated.index is not None:
        return cause.certificate == dated.index
    return cause.concerns == dated.certificate.sha256


def _good(case: Case, leaf: Certificate) -> str:
    if leaf.not_after is None:
        return "The dates cannot be read."
    return f"Every certificate is within its dates; the server's own ends {relative(leaf.not_after, case.judged_at)}."
