"""The step Prevent: how does it stay repaired?"""

from collections.abc import Iterable

from textual.widget import Widget

from certwizard.remedies.model import Remedy
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.pictures.ahead import draw_ahead
from certwizard.wizard.remedy_words import NOTHING_TO_WATCH
from certwizard.wizard.screens.remedy import RemedyScreen
from certwizard.wizard.steps import find_step
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.note import Note


class PreventScreen(RemedyScreen):
    """Renewal, watching and order, so that the fault does not come back."""

    explanation = "{copy} copies the marked block, {save} writes it to a file."
    footer = (keys.COPY, keys.SAVE, keys.PLATFORM, keys.BACK, keys.HELP, keys.PALETTE, keys.QUIT)

    ways = (keys.BACK, keys.VERDICT, keys.FIX, keys.RECHECK)
    has_roles = False
    counts_all = True

    def __init__(self, case: Case) -> None:
        """Show how a case stays repaired.

        Args:
            case: The diagnosed target.
        """
        super().__init__(case, find_step("prevent"))

    def remedies(self) -> tuple[Remedy, ...]:
        """Return what prevents the fault."""
        return self.case.prevention

    def _shown(self, remedies: tuple[Remedy, ...]) -> Iterable[Widget]:
        ahead, today = self.case.ahead, self.case.diagnosis.judged_at.date()
        coming = [Drawing(lambda width: draw_ahead(ahead, today, width), id="ahead")] if ahead else []
        return [*coming, *super()._shown(remedies)]

    def without_remedies(self) -> Iterable[Widget]:
        """Return what to say where there is nothing to prevent."""
        yield Note(*NOTHING_TO_WATCH)
