"""One diagnosed target with everything the screens show of it, computed before they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from certwizard.domain.vocabulary import Role

if TYPE_CHECKING:
    from certwizard.diagnosis.result import Diagnosis
    from certwizard.domain.observation import Observation
    from certwizard.domain.target import Target
    from certwizard.remedies.ahead import Ahead
    from certwizard.remedies.model import Remedy
    from certwizard.wizard.changes import Changes
    from certwizard.wizard.confirming import Confirmation


@dataclass(frozen=True, slots=True)
class Case:
    """A diagnosis, the observation it rests on, and the remedies of each role."""

    observation: Observation
    diagnosis: Diagnosis
    remedies: Mapping[Role, tuple[Remedy, ...]] = field(default_factory=dict)
    prevention: tuple[Remedy, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    """What the coming years bring for this certificate."""
    changes: Changes | None = None
    """Against the look before, after a recheck."""
    before: Diagnosis | None = None
    """Of the look before, after a recheck."""
    safety: str = ""
    """Whether it is safe to go on with the root cause there is; empty where there is none."""
    confirmation: Confirmation | None = None
    """Whether the message that led here is borne out; None where there was none."""
    title: str = ""
    """How the header calls it."""

    @property
    def target(self) -> Target:
        """What was diagnosed."""
        return self.observation.target

    def remedies_of(self, role: Role) -> tuple[Remedy, ...]:
        """Return the remedies for who asks; those for others where there are none.

        Args:
            role: Who asks.
        """
        found = self.remedies.get(role, ())
        return tuple(remedy for remedy in found if remedy.role is role) or found


def verdict_text(case: Case) -> str:
    """Return the verdict, its causes and what turns it green, as a few lines to take along.

    Args:
        case: What was judged.
    """
    diagnosis, best = case.diagnosis, case.diagnosis.repairs.best
    causes = [f"- {cause.id.value}: {cause.headline}" for cause in diagnosis.causes]
    changes = [f"+ {change.text}" for change in best.changes] if best else []
    return "\n".join([f"{case.target.display_name}: {diagnosis.headline}", *causes, *changes])


Judge = Callable[["Observation", "Case | None"], "Case"]
"""Makes a case of an observation, comparing it with the case before."""


def judge(observation: Observation, before: Case | None = None) -> Case:
    """Judge an observation and look its remedies up; runs in the worker, so that no screen waits.

    Args:
        observation: What was seen.
        before: The case of the look before, for what changed.
    """
    from certwizard.diagnosis.diagnose import diagnose
    from certwizard.knowledge.safety import is_it_safe
    from certwizard.remedies.ahead import ahead_of
    from certwizard.remedies.catalogue import remedies_for
    from certwizard.remedies.prevention import prevention_for
    from certwizard.wizard.changes import compare

    diagnosis = diagnose(observation)
    return Case(
        observation=observation,
        diagnosis=diagnosis,
        remedies={role: remedies_for(diagnosis, role) for role in Role},
        prevention=prevention_for(diagnosis),
        ahead=ahead_of(diagnosis),
        changes=compare(before.diagnosis, diagnosis) if before else None,
        before=before.diagnosis if before else None,
        safety=is_it_safe(diagnosis.root_cause.id) if diagnosis.root_cause else "",
    )
