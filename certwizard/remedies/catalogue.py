"""The way out of a diagnosis: remedies for each cause and each role, filled with what was seen."""

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import Role
from certwizard.remedies.filling import fill_remedy
from certwizard.remedies.loading import remedies_of
from certwizard.remedies.model import Remedy
from certwizard.remedies.situation import Situation
from certwizard.remedies.tags import tags_of


def remedies_for(
    diagnosis: Diagnosis, role: Role | None = None, ca_files: tuple[str, ...] = ()
) -> tuple[Remedy, ...]:
    """Return the remedies of all causes, the root cause's first; within a cause the asked role's first."""
    found: dict[str, Remedy] = {}
    for cause in diagnosis.causes:
        for remedy in _for_cause(Situation(diagnosis, cause, ca_files), cause, role):
            found.setdefault(remedy.id, remedy)
    return tuple(found.values())


def _for_cause(situation: Situation, cause: Cause, role: Role | None) -> list[Remedy]:
    tags = tags_of(situation)
    remedies = (fill_remedy(template, situation, tags, cause.id) for template in remedies_of(cause.id))
    useful = [remedy for remedy in remedies if remedy is not None]
    return sorted(useful, key=lambda remedy: (remedy.role is not role, list(Role).index(remedy.role)))
