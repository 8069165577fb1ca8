"""The way out of a diagnosis: remedies for each cause and each role, filled with what was seen."""

from dataclasses import replace

from certwizard.diagnosis.checks.unfinished import CHOSEN, PARTIAL
from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.filling import fill_remedy, written_by
from certwizard.remedies.loading import remedies_of
from certwizard.remedies.model import Remedy
from certwizard.remedies.situation import Situation
from certwizard.remedies.tags import tags_of
from certwizard.remedies.templates import RemedyTemplate

_ROOT_TO_GET, _NEW_ROOT = "root.crt", "private-ca.crt"


def remedies_for(
    diagnosis: Diagnosis, role: Role | None = None, ca_files: tuple[str, ...] = ()
) -> tuple[Remedy, ...]:
    """Return the remedies of all causes, the root cause's first; within a cause the asked role's first."""
    found: dict[str, Remedy] = {}
    for cause in diagnosis.causes:
        roots = _roots_of_the_repaired(cause, ca_files)
        for remedy in _for_cause(Situation(diagnosis, cause, roots), cause, role):
            found.setdefault(remedy.id, remedy)
    return tuple(found.values())


def _roots_of_the_repaired(cause: Cause, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files of roots that the repaired chain leads to: one that holds no root is not among them."""
    no_root = cause.id is CauseId.UNTRUSTED_ROOT and cause.detail in (PARTIAL, CHOSEN)
    return (_ROOT_TO_GET,) if no_root and given else given


def _for_cause(situation: Situation, cause: Cause, role: Role | None) -> list[Remedy]:
    remedies = (_filled(template, situation, cause) for template in remedies_of(cause.id))
    useful = [remedy for remedy in remedies if remedy is not None]
    return sorted(useful, key=lambda remedy: (remedy.role is not role, list(Role).index(remedy.role)))


def _filled(template: RemedyTemplate, situation: Situation, cause: Cause) -> Remedy | None:
    remedy = fill_remedy(template, situation, tags_of(situation), cause.id)
    if remedy is None or not _vouches_for_itself(situation) or _NEW_ROOT not in written_by(remedy.steps):
        return remedy
    # The file given holds the old certificate alone, which says nothing of one that a new CA signs.
    anew = replace(situation, ca_files=())
    return fill_remedy(template, anew, tags_of(anew), cause.id)


def _vouches_for_itself(situation: Situation) -> bool:
    diagnosis = situation.diagnosis
    return diagnosis.trusted and len(diagnosis.path) == 1 and len(situation.ca_files) == 1
