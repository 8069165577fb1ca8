"""How far the user is with the repair: what is ticked off, and which platform, way and shell are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from certwizard.wizard.case import Case

if TYPE_CHECKING:
    from certwizard.remedies.model import Remedy, Shell, Step


@dataclass(frozen=True, slots=True)
class StepKey:
    """Names one step of one remedy for one target; a recheck that finds it again finds its tick."""

    target: str
    remedy: str
    words: str


def key_of(case: Case, remedy: Remedy, step: Step) -> StepKey:
    """Return the key of a step.

    Args:
        case: The diagnosed target.
        remedy: The remedy.
        step: One of its steps.
    """
    return StepKey(case.title or case.target.display_name, remedy.id, step.text)


@dataclass(slots=True)
class Repairing:
    """Kept while the wizard is open, whatever screen is shown."""

    platform: str = ""
    """The platform chosen; empty until one is."""
    way: str = ""
    """The way to certificates chosen (`certwizard.remedies.ways`); empty until one is."""
    shell: Shell | None = None
    """The shell chosen; None: each command in the shell of its platform."""
    done: set[StepKey] = field(default_factory=set)

    def turn(self, key: StepKey) -> bool:
        """Tick a step off, or take the tick back; returns whether it is done now.

        Args:
            key: The step.
        """
        self.done ^= {key}
        return key in self.done
