"""Is it the clock, and not the certificate?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.clock_witnesses import (
    SERVER,
    Witness,
    private_witness,
    proof,
    server_witness,
)
from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.result import Cause, RevocationFinding
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import moment, span

POST_DATED = timedelta(days=2)
"""No CA makes certificates that begin later than this after they were made."""


def clock_cause(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> Cause | None:
    """Return `clock-wrong` where our clock is proven to be behind, or what fails here holds by another one."""
    certificates = list(needed)
    better = _better(case, certificates, list(findings))
    return None if better is None else _cause(case, certificates, better)


def better_clock(
    case: Case, needed: Iterable[Certificate], findings: Iterable[RevocationFinding] = ()
) -> tuple[str, timedelta] | None:
    """Return whose clock is righter than ours and how far it is ahead, or None where nothing speaks for it.

    A time given with --at is the user's own choice, so it is never called wrong.
    """
    better = _better(case, list(needed), list(findings))
    return None if better is None else (better.who, better.offset)


def _better(case: Case, certificates: list[Certificate], findings: list[RevocationFinding]) -> Witness | None:
    observation = case.observation
    if observation.judge_at != observation.observed_at:
        return None
    server, proven = server_witness(case), proof(case, findings)
    if server is not None and _shifted(observation.judge_at, server.offset) is None:
        server = None
    if proven is not None:
        # The proof says only "later than this"; a server that says more than that says how much.
        further = server is not None and server.offset > proven.offset
        return replace(server, signed=proven.signed) if server is not None and further else proven
    others = (server, private_witness(case, findings))
    return next((each for each in others if each is not None and _explains(case, certificates, each)), None)


def _explains(case: Case, certificates: list[Certificate], witness: Witness) -> bool:
    """Return whether dates that fail here hold by another clock."""
    theirs = _shifted(case.observation.judge_at, witness.offset)
    if theirs is None or not _failing(certificates, case.judged_at):
        return False
    return not _failing(certificates, theirs) or _made_in_our_future(certificates, case.judged_at, theirs)


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


def _cause(case: Case, certificates: list[Certificate], better: Witness) -> Cause:
    ours, theirs = case.judged_at, (case.observation.judge_at + better.offset).replace(microsecond=0)
    behind = better.offset > timedelta(0)
    least = "at least " if better.signed and better.who != SERVER else ""
    side = "behind" if behind else "ahead of"
    return Cause(
        id=CauseId.CLOCK_WRONG,
        severity=_severity(certificates, ours, theirs),
        headline=f"This computer's clock is {least}{span(abs(better.offset))} {side} that of {better.who}.",
        explanation=f"{_evidence(better, ours, theirs)} {_by_it(certificates, ours, theirs)} Set this computer's "
        "clock first; if anything still fails then, it is really wrong.",
        field=FieldId.CLOCK,
        seen=moment(ours),
        expected=f"{moment(theirs)} or later" if least else f"{moment(theirs)}, give or take 5 minutes",
    )


def _evidence(better: Witness, ours: datetime, theirs: datetime) -> str:
    told = f"Here it is {moment(ours)}"
    if not better.signed:
        return f"{told}, for {better.who} it is {moment(theirs)}."
    also = f", for the server it is {moment(theirs)}" if better.who == SERVER else ""
    return f"{told}{also}. There is {better.signed}, and nobody signs in the future, so this clock is behind."


def _by_it(certificates: list[Certificate], ours: datetime, theirs: datetime) -> str:
    here, there = _failing(certificates, ours), _failing(certificates, theirs)
    if not here:
        return "The certificates hold by both times; answers on revocation and proofs of logging do not."
    if not there:
        return "By that time every certificate is within its dates, by this computer's clock not."
    if here != there:
        return (
            "By that time a certificate has begun and ended that, by this computer's clock, is still to come."
        )
    return "How far it is behind is not known, so the dates may hold by the right time."


def _severity(certificates: list[Certificate], ours: datetime, theirs: datetime) -> Severity:
    """Return an error where clients of this computer refuse for the dates that they judge by it."""
    here, there = _failing(certificates, ours), _failing(certificates, theirs)
    return Severity.ERROR if CauseId.NOT_YET_VALID in here or here - there else Severity.WARNING
