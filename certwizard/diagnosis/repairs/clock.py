"""The clock: setting this computer's, and what time it really is where that is known to be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from certwizard.diagnosis.checks.clock import better_clock
from certwizard.diagnosis.checks.dates import dated_certificates
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.domain.wording import span


def set_clock(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Set this computer's clock to the time that others agree on."""
    offset = _offset(judgement)
    if not offset:
        return None
    side = "forward" if offset > timedelta() else "back"
    text = f"set this computer's clock {side} by {span(abs(offset))}"
    return Proposal(ChangeKind.SET_CLOCK, "", text, lambda so_far: so_far.with_time(offset))


def right_time(judgement: Judgement) -> datetime:
    """Return the time at which a CA would make a new certificate: that of the better clock, if there is one."""
    wrong = any(cause.id is CauseId.CLOCK_WRONG for cause in judgement.causes)
    return judgement.case.judged_at + (_offset(judgement) if wrong else timedelta())


def _offset(judgement: Judgement) -> timedelta:
    case = judgement.case
    needed = [each.certificate for each in dated_certificates(case) if each.severity is Severity.ERROR]
    better = better_clock(case, needed, judgement.findings)
    return better[1] if better else timedelta()
