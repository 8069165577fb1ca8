"""Is it the clock, and not the certificate?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.result import Cause
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


def clock_cause(case: Case, needed: Iterable[Certificate]) -> Cause | None:
    """Return `clock-wrong` where the dates that fail here hold by the server's clock.

    A time given with --at is the user's own choice, so it is never called wrong.
    """
    offset = clock_offset(case)
    observation = case.observation
    if offset is None or abs(offset) <= TOLERANCE or observation.judge_at != observation.observed_at:
        return None
    certificates = list(needed)
    theirs = (observation.judge_at + offset).replace(microsecond=0)
    failing = [each for each in certificates if date_flaws(each, case.judged_at)]
    if not failing or any(date_flaws(each, theirs) for each in certificates):
        return None
    return _cause(case, theirs, offset)


def _cause(case: Case, theirs: datetime, offset: timedelta) -> Cause:
    ours = case.judged_at
    side = "behind" if offset > timedelta(0) else "ahead of"
    return Cause(
        id=CauseId.CLOCK_WRONG,
        severity=Severity.ERROR,
        headline=f"This computer's clock is {span(abs(offset))} {side} the server's.",
        explanation=(
            f"Here it is {moment(ours)}, for the server it is {moment(theirs)}. By the server's clock every "
            "certificate is within its dates, by this computer's clock not. Set this computer's clock first; "
            "if the dates still fail then, they are really wrong."
        ),
        field=FieldId.CLOCK,
        seen=moment(ours),
        expected=f"{moment(theirs)}, give or take 5 minutes",
    )
