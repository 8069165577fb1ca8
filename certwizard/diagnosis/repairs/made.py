"""A set of changes as it is told: in which order, and what each of them removes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repair import Change, Repair
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.repairs.search import Found, in_order, keys
from certwizard.diagnosis.result import Cause, ClientAction

Judge = Callable[[Sequence[Proposal]], Judgement]


def repair_made(judge: Judge, found: Found) -> Repair:
    """Return a set of changes with what clients do once they are made.

    Args:
        judge: Judges with changes made.
        found: The changes, and the judgement with them.
    """
    judged = found.judgement
    clients = judged.clients()
    refusing = tuple(each.client for each in clients if each.action is ClientAction.REJECTS)
    return Repair(
        changes=_changes(judge, found),
        verdict=judged.verdict,
        accepting=tuple(each.client for each in clients if each.client not in refusing),
        refusing=refusing,
        left=tuple(dict.fromkeys(cause.id for cause in judged.causes)),
    )


def _changes(judge: Judge, found: Found) -> tuple[Change, ...]:
    """Return the changes, each with what it removes after those before it; the root cause goes first."""
    waiting, made, changes = list(in_order(found.proposals)), list[Proposal](), list[Change]()
    before = judge(())
    while waiting:
        proposal, after = _next(judge, before, made, waiting, found)
        waiting.remove(proposal)
        made.append(proposal)
        changes.append(_change(proposal, _removed(before, after)))
        before = after
    return tuple(changes)


def _next(
    judge: Judge, before: Judgement, made: list[Proposal], waiting: list[Proposal], found: Found
) -> tuple[Proposal, Judgement]:
    """Return the change to make next, which is one that removes the root cause, and what is judged then."""
    if len(waiting) == 1:
        return waiting[0], found.judgement
    tried = [(proposal, judge((*made, proposal))) for proposal in waiting]
    root = before.causes[0]
    return next((each for each in tried if root in _removed(before, each[1])), tried[0])


def _removed(before: Judgement, after: Judgement) -> list[Cause]:
    remaining = keys(after.causes)
    return [cause for cause in before.causes if not keys((cause,)) <= remaining]


def _change(proposal: Proposal, removed: Sequence[Cause]) -> Change:
    removes = tuple(dict.fromkeys(cause.id for cause in removed))
    change = Change(proposal.kind, proposal.text, proposal.certificate, removes)
    if proposal.wording is None:
        return change
    kind, text = proposal.wording(removed)
    return replace(change, kind=kind, text=text)
