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


def clock_offset(case: Case) -> timedelta | None:
    """Return how far the server's clock is ahead of ours (negative: behind), or None."""
    hint = case.observation.http
    if hint is None or hint.date is None:
        return None
    return hint.date - hint.received_at


def clock_cause(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> Cause | None:
    """Return `clock-wrong` where the dates that fail here hold by a clock that is not ours."""
    better = better_clock(case, needed, findings)
    return None if better is None else _cause(case, *better)


def better_clock(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> tuple[str, timedelta] | None:
    """Return whose clock makes the failing dates hold and how far it is ahead of ours, or None.

    That is the server's clock, or the time of an answer on revocation, whose signature proves it.
    A time given with --at is the user's own choice, so it is never called wrong.
    """
    observation, certificates = case.observation, list(needed)
    if observation.judge_at != observation.observed_at:
        return None
    if not any(date_flaws(each, case.judged_at) for each in certificates):
        return None
    for witness, offset in _witnesses(case, findings):
        theirs = _shifted(observation.judge_at, offset)
        if theirs is None or abs(offset) <= TOLERANCE:
            continue
        if not any(date_flaws(each, theirs) for each in certificates):
            return witness, offset
    return None


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


def _cause(case: Case, witness: str, offset: timedelta) -> Cause:
    ours, theirs = case.judged_at, (case.observation.judge_at + offset).replace(microsecond=0)
    side = "behind" if offset > timedelta(0) else "ahead of"
    return Cause(
        id=CauseId.CLOCK_WRONG,
        severity=Severity.ERROR,
        headline=f"This computer's clock is {span(abs(offset))} {side} that of {witness}.",
        explanation=(
            f"Here it is {moment(ours)}, for {witness} it is {moment(theirs)}. By that clock every "
            "certificate is within its dates, by this computer's clock not. Set this computer's clock first; "
            "if the dates still fail then, they are really wrong."
        ),
        field=FieldId.CLOCK,
        seen=moment(ours),
        expected=f"{moment(theirs)}, give or take 5 minutes",
    )
