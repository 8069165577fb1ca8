"""What stands beside the steps where the terminal is wide: all of them in short, and the lesson on the cause."""

from collections.abc import Collection

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.pictures.repair_overview import Item, Part, draw_beside
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.teaching import lessons_on
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_list import RemedyList

WIDE, WIDER, WIDEST = 170, 200, 240
"""Columns of the terminal from which on it is shown, has the whole lesson, and has it beside the steps."""


class RepairAside(Drawing):
    """Follows the mark."""

    DEFAULT_CSS = """
    RepairAside {
        width: 46; height: 1fr; margin-top: 1; padding: 0 0 0 3; display: none;
        &.-whole { width: 78; }
        &.-beside { width: 122; }
    }
    """

    def fit(self, columns: int) -> None:
        """Take the width that the terminal leaves.

        Args:
            columns: Of the terminal.
        """
        self.display = columns >= WIDE
        self.set_class(columns >= WIDER, "-whole")
        self.set_class(columns >= WIDEST, "-beside")

    def tell(self, case: Case, steps: RemedyList, done: Collection[StepKey]) -> None:
        """Show how far the repair is, and the lesson on the cause that the marked remedy repairs.

        Args:
            case: The diagnosed target.
            steps: The list beside it.
            done: What is ticked off.
        """
        if not self.display:
            return
        marked = steps.marked
        views = {each.step_key: each for each in steps.steps}
        parts = tuple(
            Part(
                title.title,
                tuple(
                    Item(views[key].number, views[key].step.text, key in done, views[key] is marked)
                    for key in title.keys
                    if key in views
                ),
            )
            for title in steps.titles
        )
        causes = case.diagnosis.causes
        here = next((title.cause for title in steps.titles if marked and marked.step_key in title.keys), None)
        found = [cause for cause in causes if cause.id is here] or list(causes[:1])
        lesson = next(iter(lessons_on(found, None, CheckId.CONNECTION)), None) if found else None
        self.show(lambda width: draw_beside(parts, lesson, live_key(self.app, keys.MEANS_BESIDE_TICK), width))
