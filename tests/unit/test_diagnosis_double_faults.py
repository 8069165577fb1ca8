"""Every pair of faults that can meet in one server: all found, nothing else, the right one first."""

from __future__ import annotations

from itertools import combinations

import pytest

from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import Severity
from tests import faults as x
from tests import judged_again as again
from tests.unit.test_diagnosis_root_cause import EXPLAINED, INDEPENDENT

PLACE = {cause: place for place, cause in enumerate((*INDEPENDENT, *(c for c in C if c not in INDEPENDENT)))}
A_NEW_LEAF = {C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE}
PAIRS = list(combinations(x.FAULTS, 2))


def pair(first: x.Fault, second: x.Fault) -> frozenset[C]:
    """Return the two causes."""
    return frozenset({first.cause, second.cause})


def why_not(first: x.Fault, second: x.Fault) -> str:
    """Return why two faults cannot meet in one server, or nothing."""
    shared = first.uses & second.uses
    return x.CANNOT_MEET.get(pair(first, second), "") or "".join(x.WHY_NOT[each] for each in shared)


MEETING = [each for each in PAIRS if not why_not(*each)]


def both(first: x.Fault, second: x.Fault) -> Observation:
    """Return a server with two faults."""
    return x.built(second.change(first.change(x.Server())))


def expected(first: x.Fault, second: x.Fault) -> frozenset[C]:
    """Return every cause that is there."""
    meeting = x.MEETINGS.get(pair(first, second), x.Meeting())
    return ((first.all | second.all) - meeting.hidden) | meeting.besides


def root_by_the_tables(causes: tuple[Cause, ...]) -> C:
    """Return the root cause as the contract has it, read row by row."""
    rank = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    worst = min((cause.severity for cause in causes), key=rank.index)
    same = [cause for cause in causes if cause.severity is worst]
    free = [each for each in same if not any(_explains(other, each) for other in same)]
    return min((cause.id for cause in free), key=PLACE.__getitem__)


def _explains(left: Cause, right: Cause) -> bool:
    if right.id not in EXPLAINED.get(left.id, ()):
        return False
    if left.id in (C.CAPTIVE_PORTAL, C.INTERCEPTION, C.CLOCK_WRONG) or right.id not in A_NEW_LEAF:
        return True
    return right.certificate == 0 and (left.id is not C.REVOKED or left.certificate == 0)


def name(value: object) -> str:
    """Return how a fault is called in a test's name."""
    return value.cause.value if isinstance(value, x.Fault) else ""


@pytest.mark.parametrize("fault", x.FAULTS, ids=name)
def test_a_fault_alone_gives_its_causes(fault: x.Fault) -> None:
    """What it is put together with later starts from there."""
    diagnosis = again.holds(x.built(fault.change(x.Server())))
    assert {cause.id for cause in diagnosis.causes if cause.severity is not Severity.INFO} == fault.all


@pytest.mark.parametrize(("first", "second"), MEETING, ids=name)
def test_two_faults_are_both_found_and_nothing_else(first: x.Fault, second: x.Fault) -> None:
    """The root cause is the contract's, the first change removes it, and no smaller set of changes would do."""
    diagnosis = again.holds(both(first, second))
    causes = tuple(cause for cause in diagnosis.causes if cause.severity is not Severity.INFO)
    assert {cause.id for cause in causes} == expected(first, second)
    assert diagnosis.root_cause is not None
    assert diagnosis.root_cause.id is root_by_the_tables(causes)


def test_every_cause_has_a_fault_or_a_reason_why_it_meets_none() -> None:
    """A new cause gets its place here."""
    placed = [*(fault.cause for fault in x.FAULTS), *x.NEVER_MEETS]
    assert sorted(placed) == sorted(C)


def test_every_exception_is_one() -> None:
    """What is listed as impossible or special is a pair of faults, and has its reason."""
    known = {pair(*each) for each in PAIRS}
    assert set(x.CANNOT_MEET) | set(x.MEETINGS) <= known
    assert all(x.CANNOT_MEET.values())
    assert all(meeting.reason for meeting in x.MEETINGS.values())
    assert not set(x.CANNOT_MEET) & set(x.MEETINGS)
