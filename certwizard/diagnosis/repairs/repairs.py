"""What turns a verdict green, as part of the diagnosis."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repair import ChangeKind as K
from certwizard.diagnosis.repair import Repair, Repairs
from certwizard.diagnosis.repairs.made import repair_made
from certwizard.diagnosis.repairs.proposals import proposals_for
from certwizard.diagnosis.repairs.search import Found, Goal, Search
from certwizard.diagnosis.verdict import NOTHING_SEEN
from certwizard.domain.vocabulary import CauseId, Severity, Verdict

MAX_TRIED = 6
"""Sets of the same size looked at for another way."""
MAX_OTHERS = 2
_IN_BETWEEN = frozenset({CauseId.CAPTIVE_PORTAL, CauseId.INTERCEPTION})
_NO_ERRORS = Goal(frozenset({Severity.ERROR}), NOTHING_SEEN)
_NO_FAULTS = Goal(frozenset({Severity.ERROR, Severity.WARNING}))
_OTHER_WAYS = {
    K.TRUSTED_CERTIFICATE: frozenset({K.INSTALL_ROOT, K.CORRECT_AUTHORITY, K.MEND_STORE}),
    K.INSTALL_ROOT: frozenset({K.TRUSTED_CERTIFICATE}),
    K.CORRECT_AUTHORITY: frozenset({K.TRUSTED_CERTIFICATE}),
    K.MATCHING_KEY: frozenset({K.NEW_CERTIFICATE}),
    K.STAPLE: frozenset({K.NEW_CERTIFICATE}),
    K.ALIGN_ADDRESSES: frozenset({K.ALIGN_ADDRESSES}),
}
"""Kinds that are a choice of whoever repairs; any other set of the same size only asks more."""


def repairs_of(judgement: Judgement) -> Repairs:
    """Return the smallest sets of changes with which clients accept; nothing where there is no need."""
    if judgement.verdict is Verdict.UNDETERMINED:
        return Repairs(note="Too little was seen to judge again with something changed.")
    if any(cause.id in _IN_BETWEEN and cause.severity is Severity.ERROR for cause in judgement.causes):
        return Repairs(
            note="What the server itself sends was not seen, so it could not be judged again; look from "
            "another network."
        )
    if judgement.verdict is Verdict.WARNED:
        return Repairs(spotless=_spotless(judgement, None))
    return _green(judgement) if judgement.verdict is Verdict.REJECTED else Repairs()


def _green(judgement: Judgement) -> Repairs:
    search = Search(judgement, _NO_ERRORS)
    found = tuple(islice(search.run(), MAX_TRIED))
    if not found:
        return Repairs(note=_nothing(search))
    best, *rest = found
    repair = repair_made(search.judge, best)
    others = [repair_made(search.judge, each) for each in rest if _is_another_way(each, best)]
    note = "" if repair.green else "Whether clients accept then is open, because not all could be seen."
    spotless = _spotless(judgement, best) if repair.green else None
    return Repairs(repair, tuple(others[:MAX_OTHERS]), spotless, note)


def _nothing(search: Search) -> str:
    if search.stopped:
        return "The search was stopped before it found what turns it green: too much to judge again."
    return "None of the changes that could be judged turns it green."


def _is_another_way(found: Found, best: Found) -> bool:
    kinds, usual = ({each.kind for each in one.proposals} for one in (found, best))
    possible = frozenset[K]().union(*(_OTHER_WAYS.get(kind, ()) for kind in usual))
    if kinds == usual:
        return K.ALIGN_ADDRESSES in kinds
    return bool(kinds - usual) and kinds - usual <= possible


def _spotless(judgement: Judgement, green: Found | None) -> Repair | None:
    """Return what leaves no warning either, or None where nothing more is to do or it cannot be had."""
    start = green.judgement if green else judgement
    left = _NO_FAULTS.left(start)
    if not left or not all(proposals_for(start, (cause,)) for cause in left):
        return None
    further = next(Search(start, _NO_FAULTS).run(), None)
    if further is None:
        return None
    made = green.proposals if green else ()
    later = (replace(each, after=each.after + len(made)) for each in further.proposals)
    whole = Found((*made, *later), further.judgement)
    return repair_made(Search(judgement, _NO_FAULTS).judge, whole)
