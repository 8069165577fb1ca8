"""A remedy as widgets: its title, then each of its steps."""

from textual.content import Content
from textual.widget import Widget

from certwizard.remedies.model import Remedy
from certwizard.remedies.platforms import steps_for
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.pictures.remedy_step import LONGEST_LINE
from certwizard.wizard.remedy_words import which_it_repairs
from certwizard.wizard.repairing import Repairing, StepKey, key_of
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_step import StepView


class RemedyTitle(Drawing):
    """The title of a remedy, with the cause it repairs where there are several."""

    def __init__(self, remedy: Remedy, which: str, keys: tuple[StepKey, ...]) -> None:
        """Show a title.

        Args:
            remedy: The remedy.
            which: Which of several causes it repairs; empty where there is but one.
            keys: Its steps that are shown.
        """
        super().__init__(self._lines)
        self.title, self.cause, self.which, self.keys = remedy.title, remedy.cause, which, keys

    def _lines(self, width: int) -> list[Content]:
        rows = wrap(self.title, min(width, LONGEST_LINE), f"bold {HERE}")
        return [*rows, *([line((self.which, QUIET))] if self.which else [])]


def remedy_widgets(remedy: Remedy, platform: str, way: str, case: Case, repairing: Repairing) -> list[Widget]:
    """Return the widgets of a remedy on a platform.

    Args:
        remedy: The remedy.
        platform: The platform chosen.
        way: The way to certificates chosen.
        case: What it repairs.
        repairing: What is ticked off, and the shell chosen.
    """
    steps = [(step, key_of(case, remedy, step)) for step in steps_for(remedy, platform, way)]
    which = which_it_repairs(remedy, case.diagnosis)
    title = RemedyTitle(remedy, which, tuple(key for _, key in steps))
    views = (
        StepView(number, step, key, key in repairing.done, repairing.shell)
        for number, (step, key) in enumerate(steps, 1)
    )
    return [title, *views]
