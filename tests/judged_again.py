"""What every set of repairs must hold to, tried by brute force."""

from __future__ import annotations

from itertools import combinations

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.judge import Judgement, judge
from certwizard.diagnosis.repair import Repair
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.repairs.proposals import proposals_for
from certwizard.diagnosis.repairs.search import judge_with
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS
from certwizard.diagnosis.verdict import NOTHING_SEEN
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import Severity, Verdict


def judged(observation: Observation) -> Judgement:
    """Return the judgement of an observation as it is."""
    return judge(build_case(observation, DEFAULT_THRESHOLDS))


def is_clean(judgement: Judgement) -> bool:
    """Whether no error is left that a change could remove."""
    return not any(c.severity is Severity.ERROR and c.id not in NOTHING_SEEN for c in judgement.causes)


def every_proposal(start: Judgement) -> list[Proposal]:
    """Return each change that any cause asks for, at the start or after another change."""
    found: dict[object, Proposal] = {}
    for proposal in proposals_for(start, start.causes):
        found.setdefault(proposal.key, proposal)
    for proposal in list(found.values()):
        after = judge_with(start, (proposal,))
        for further in proposals_for(after, after.causes):
            found.setdefault(further.key, further)
    return list(found.values())


def smallest(start: Judgement, below: int) -> tuple[Proposal, ...] | None:
    """Return a set of fewer changes than that which leaves no error, or None."""
    proposals = every_proposal(start)
    for size in range(1, below):
        for chosen in combinations(proposals, size):
            if is_clean(judge_with(start, chosen)):
                return chosen
    return None


def holds(observation: Observation) -> Diagnosis:
    """Assert that the repairs of an observation are right, and return its diagnosis."""
    diagnosis, start = diagnose(observation), judged(observation)
    best = diagnosis.repairs.best
    if diagnosis.verdict is not Verdict.REJECTED:
        assert best is None
        return diagnosis
    if best is None:
        assert diagnosis.repairs.note
        return diagnosis
    first = next(cause.id for cause in diagnosis.causes if cause.id not in NOTHING_SEEN)
    assert first in best.changes[0].removes, (first, best)
    fewer = smallest(start, len(best.changes))
    assert fewer is None, ([each.key for each in fewer], best)
    for repair in (best, *diagnosis.repairs.others):
        _is_told(repair, len(best.changes))
    return diagnosis


def _is_told(repair: Repair, size: int) -> None:
    assert len(repair.changes) == size
    for change in repair.changes:
        assert change.removes, change
        assert change.text[0].islower(), change
        assert not change.text.endswith("."), change
    if repair.green:
        assert repair.accepting
