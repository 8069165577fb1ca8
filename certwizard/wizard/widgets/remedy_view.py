"""A remedy as widgets: its title with how far it is done, then each of its steps."""

from textual.content import Content
from textual.widget import Widget

from certwizard.remedies.model import Remedy
from certwizard.remedies.platforms import steps_for
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.remedy_words import ALL_DONE, DONE, which_it_repairs
from certwizard.wizard.repairing import Repairing, StepKey, key_of
from certwizard.wizard.styles import GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_step import LONGEST_LINE, step_widgets


class RemedyTitle(Drawing):
    """The title of a remedy, with the cause it repairs and how many of its steps are done."""

    def __init__(self, title: str, which: str, keys: tuple[StepKey, ...], repairing: Repairing) -> None:
        """Show a title.

        Args:
            title: The title of the remedy.
            which: Which of several causes it repairs; empty where there is but one.
            keys: Its steps.
            repairing: How far the user is.
        """
        super().__init__(self._lines)
        self.title = title
        self.which = which
        self.keys = keys
        self.repairing = repairing

    def _lines(self, width: int) -> list[Content]:
        rows = wrap(self.title, min(width, LONGEST_LINE), f"bold {HERE}")
        done = sum(key in self.repairing.done for key in self.keys)
        parts = [line((self.which, QUIET))] if self.which else []
        if done and done == len(self.keys):
            parts.append(line((f"✔ {ALL_DONE}", f"bold {GOOD}")))
        elif done:
            parts.append(line((f"{done} of {len(self.keys)} {DONE}", QUIET)))
        return [*rows, *wrap_parts(parts, width)]


def wrap_parts(parts: list[Content], width: int) -> list[Content]:
    """Return parts in one line with dots between them; each in its own where that is too wide.

    Args:
        parts: Short remarks.
        width: Cells there are.
    """
    joined = line((" · ", QUIET)).join(parts)
    return [joined] if parts and joined.cell_length <= width else parts


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
    widgets: list[Widget] = [RemedyTitle(remedy.title, which, tuple(key for _, key in steps), repairing)]
    for number, (step, key) in enumerate(steps, 1):
        widgets += step_widgets(number, step, key, done=key in repairing.done, shell=repairing.shell)
    return widgets
