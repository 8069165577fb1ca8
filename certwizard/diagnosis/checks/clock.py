"""Is it the clock, and not the certificate?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.result import Cause, RevocationFinding
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import moment, span

TOLERANCE = timedelta(minutes=5)
POST_DATED = timedelta(days=2)
"""No CA makes certificates that begin later than this after they were made."""


def clock_offset(case: Case) -> timedelta | None:
    """Return how far the server's clock is ahead of ours (negative: behind), or None."""
    hint = case.observation.http
    if hint is None or hint.date is None:
        return None
    return hint.date - hint.received_at


def clock_cause(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> Cause | None:
    """Return `clock-wrong` where the dates that fail here do not fail by a clock that is not ours."""
    certificates = list(needed)
    better = better_clock(case, certificates, findings)
    return None if better is None else _cause(case, certificates, *better)


def better_clock(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> tuple[str, timedelta] | None:
    """Return whose clock is righter than ours and how far it is ahead, or None where nothing proves it.

    That is the server's clock, or the time of an answer on revocation, whose signature proves it.
    A time given with --at is the user's own choice, so it is never called wrong.
    """
    observation, certificates = case.observation, list(needed)
    if observation.judge_at != observation.observed_at:
        return None
    if not _failing(certificates, case.judged_at):
        return None
    for witness, offset in _witnesses(case, findings):
        theirs = _shifted(observation.judge_at, offset)
        if theirs is None or abs(offset) <= TOLERANCE:
            continue
        if not _failing(certificates, theirs) or _made_in_our_future(certificates, case.judged_at, theirs):
            return witness, offset
    return None


def _failing(certificates: Iterable[Certificate], when: datetime) -> frozenset[CauseId]:
    """Return how certificates are outside their dates."""
    return frozenset(flaw for each in certificates for flaw in date_flaws(each, when))


def _made_in_our_future(certificates: Iterable[Certificate], ours: datetime, theirs: datetime) -> bool:
    """Return whether a CA made, days from now, what by the other clock has begun and ended.

    Then ours is slow, although by the other clock not all is well either.
    """
    begun = [each.not_before for each in certificates if each.not_before and ours < each.not_before]
    here, there = _failing(certificates, ours), _failing(certificates, theirs)
    turned = here == {CauseId.NOT_YET_VALID} and there == {CauseId.EXPIRED}
    return turned and max(begun) - ours > POST_DATED


def _shifted(when: datetime, offset: timedelta) -> datetime | None:
    """Return the time by another clock, or None where no calendar has it."""
    try:
        return (when + offset).replace(microsecond=0)
    except OverflowError:
        return None


def _witnesses(case: Case, findings: Iterable[RevocationFinding]) -> Iterator[tuple[str, timedelta]]:
    """Yield whose clock disagrees with ours, and by how much it is ahead."""
    offset = clock_offset(case)
    if offset is not None:
        yield "the server", offset
    for finding in findings:
        if finding.signed and finding.this_update is not None and finding.this_update > case.judged_at:
            yield "the CA", finding.this_update - case.judged_at


def _cause(case: Case, certificates: list[Certificate], witness: str, offset: timedelta) -> Cause:
    ours, theirs = case.judged_at, (case.observation.judge_at + offset).replace(microsecond=0)
    by_it = (
        "a certificate has begun and ended that, by this computer's clock, is still to come"
        if _failing(certificates, theirs)
        else "every certificate is within its dates, by this computer's clock not"
    )
    side = "behind" if offset > timedelta(0) else "ahead of"
    return Cause(
        id=CauseId.CLOCK_WRONG,
        severity=Severity.ERROR,
        headline=f"This computer's clock is {span(abs(offset))} {side} that of {witness}.",
        explanation=(
            f"Here it is {moment(ours)}, for {witness} it is {moment(theirs)}. By that clock {by_it}. "
            "Set this computer's clock first; if the dates still fail then, they are really wrong."
        ),
        field=FieldId.CLOCK,
        seen=moment(ours),
        expected=f"{moment(theirs)}, give or take 5 minutes",
    )
