"""The step Fix: how is it repaired?"""

from collections.abc import Iterable

from textual.widget import Widget

from certwizard.remedies.model import Remedy
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.pictures.repairs import draw_in_short
from certwizard.wizard.remedy_words import NOTHING_TO_REPAIR
from certwizard.wizard.screens.remedy import RemedyScreen
from certwizard.wizard.steps import find_step
from certwizard.wizard.widgets.changed import Changed
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.note import Note


class FixScreen(RemedyScreen):
    """The remedies of the root cause first, as numbered steps with commands to copy."""

    explanation = (
        "{copy} copies the marked command, {tick-off} ticks it off, {shell} writes it for another shell."
    )
    footer = (keys.COPY, keys.TICK, keys.RECHECK, keys.PLATFORM, keys.BACK, keys.HELP, keys.PALETTE)

    def __init__(self, case: Case) -> None:
        """Show the remedies of a case.

        Args:
            case: The diagnosed target.
        """
        super().__init__(case, find_step("fix"))

    def remedies(self) -> tuple[Remedy, ...]:
        """Return the remedies for who asks; those for others where there are none."""
        return self.case.remedies_of(self.app.role)

    def lead(self) -> Iterable[Widget]:
        """Return what all of it comes to: the changes that turn the verdict green."""
        if self.case.changes is not None:
            yield Changed(self.case.changes)
        repairs = self.case.diagnosis.repairs
        if repairs.best is not None:
            yield Drawing(lambda width: draw_in_short(repairs, width), id="repairs")

    def without_remedies(self) -> Iterable[Widget]:
        """Return what to say where there is nothing to repair."""
        yield Note(*NOTHING_TO_REPAIR)
