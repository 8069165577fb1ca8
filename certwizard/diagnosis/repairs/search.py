"""The smallest set of changes after which no cause of a kind is left, found by judging again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.judge import Judgement, judge
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.proposal import ORDER, Proposal
from certwizard.diagnosis.repairs.proposals import proposals_for
from certwizard.diagnosis.repairs.supposition import suppose
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, Severity

MAX_JUDGEMENTS = 40
MIN_JUDGEMENTS = 4
USUAL_SIZE = 20
MAX_CHANGES = 4

CauseKey = tuple[CauseId, str]
ProposalKey = tuple[ChangeKind, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A set of changes with what is judged once they are made."""

    proposals: tuple[Proposal, ...]
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Goal:
    """Which causes have to go."""

    severities: frozenset[Severity]
    beyond: frozenset[CauseId] = frozenset()
    """Causes that no change here could remove; they may stay."""

    def left(self, judgement: Judgement) -> tuple[Cause, ...]:
        """Return what still has to go."""
        return tuple(
            cause
            for cause in judgement.causes
            if cause.severity in self.severities and cause.id not in self.beyond
        )


@dataclass(slots=True)
class Search:
    """One search: fewest changes first, and of equally many those that ask least."""

    start: Judgement
    goal: Goal
    stopped: bool = False
    """Whether the bound on the work ended it."""
    _judged: dict[frozenset[ProposalKey], Judgement] = field(default_factory=dict)
    _known: dict[ProposalKey, Proposal] = field(default_factory=dict)
    """The changes that what was really seen asks for."""

    def run(self) -> Iterator[Found]:
        """Yield the sets that reach the goal, the best first, all of the same size."""
        queue: list[tuple[int, int, int, tuple[Proposal, ...]]] = [(0, 0, 0, ())]
        number, seen, size = count(1), set(), MAX_CHANGES
        while queue:
            length, _, _, chosen = heappop(queue)
            if length > size:
                return
            if _keys(chosen) in seen:
                continue
            seen.add(_keys(chosen))
            judged = self._judge(chosen)
            if self.stopped:
                return
            left = self.goal.left(judged or self.start)
            if judged is not None and not left:
                size = length
                yield Found(chosen, judged)
                continue
            for proposal in proposals_for(judged or self.start, left):
                for longer in _with(chosen, self._placed(proposal, length)):
                    cost = sum(each.cost for each in longer)
                    heappush(queue, (len(longer), cost, next(number), longer))

    def _placed(self, proposal: Proposal, made: int) -> Proposal:
        """Return a change as it is made after so many others; what was asked for at the start stays as it was."""
        if not made:
            self._known[proposal.key] = proposal
        return self._known.get(proposal.key) or replace(proposal, after=made)

    def judge(self, chosen: Sequence[Proposal]) -> Judgement:
        """Return the judgement with changes made, which is made once."""
        key = _keys(chosen)
        if key not in self._judged:
            self._judged[key] = judge_with(self.start, chosen) if chosen else self.start
        return self._judged[key]

    def _judge(self, chosen: tuple[Proposal, ...]) -> Judgement | None:
        """Return the judgement with changes made, or None where they plainly do not suffice."""
        if len(chosen) > 1 and not self._may_suffice(chosen):
            return None
        # What was seen is the first that was judged, and costs nothing.
        if len(self._judged) > _allowed(self.start):
            self.stopped = True
            return None
        return self.judge(chosen)

    def _may_suffice(self, chosen: tuple[Proposal, ...]) -> bool:
        """Return whether each cause at the start is removed by one of the changes, as far as that is known."""
        alone = [self._judged.get(_keys((each,))) for each in chosen]
        known = [keys(self.start.causes) - keys(each.causes) for each in alone if each is not None]
        if len(known) < len(alone):
            return True
        return keys(self.goal.left(self.start)) <= frozenset[CauseKey]().union(*known)


def _with(chosen: tuple[Proposal, ...], proposal: Proposal) -> Iterator[tuple[Proposal, ...]]:
    """Yield changes with one more; one that came to light only later may make one before it needless."""
    yield (*chosen, proposal)
    if proposal.after:
        yield from ((*chosen[:i], *chosen[i + 1 :], proposal) for i in range(len(chosen)))


def _allowed(start: Judgement) -> int:
    """Return how often a case may be judged again: the larger it is, the less often."""
    size = 1 + len(start.case.pool.nodes) // USUAL_SIZE
    return max(MIN_JUDGEMENTS, MAX_JUDGEMENTS // (size * (1 + len(start.served))))


def judge_with(start: Judgement, chosen: Iterable[Proposal]) -> Judgement:
    """Return the judgement of a case with changes made."""
    so_far = suppose(start.case)
    for proposal in in_order(chosen):
        so_far = proposal.apply(so_far)
    return judge(build_case(so_far.observation, start.case.thresholds, so_far.supposed))


def in_order(chosen: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return changes in the order they are made in: what others brought to light comes after them."""
    return tuple(sorted(chosen, key=lambda each: (each.after, ORDER[each.kind])))


def _keys(chosen: Iterable[Proposal]) -> frozenset[ProposalKey]:
    return frozenset(each.key for each in chosen)


def keys(causes: Iterable[Cause]) -> frozenset[CauseKey]:
    """Return what tells causes apart from one judgement to the next, where certificates move; remarks are none."""
    return frozenset((cause.id, _place(cause)) for cause in causes if cause.severity is not Severity.INFO)


def _place(cause: Cause) -> str:
    if cause.certificate is not None:
        return "leaf" if cause.certificate == 0 else "above"
    return cause.concerns and "above"
