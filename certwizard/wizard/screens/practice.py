"""The practice lab as a list: every scenario with a line, narrowed by typing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from certwizard.wizard.asking import PRACTICE_QUESTION, PRACTICE_WORDS
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.messages import ProbeCancelled, ScenarioChosen, StartRequested
from certwizard.wizard.scenario_search import fitting
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.widgets.scenario_list import ScenarioList

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

_OWN = (keys.LEAVE, keys.LESSONS_TYPING, keys.COURSE_TYPING, keys.HELP_TYPING, keys.QUIT_TYPING)


class PracticeScreen(FrameScreen):
    """Lists servers broken on purpose; typing narrows the list, enter opens the marked one."""

    question = PRACTICE_QUESTION
    explanation = f"{PRACTICE_WORDS} Type to narrow the list."
    commands = (keys.OPEN, *_OWN, keys.PALETTE, keys.THEME)
    footer = (keys.OPEN, keys.LEAVE, keys.HELP_TYPING, keys.PALETTE, keys.QUIT_TYPING)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(_OWN),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(8)", "Page down", show=False),
        Binding("pageup", "move(-8)", "Page up", show=False),
    ]
    app: "CertwizardApp"

    def body(self) -> Iterable[Widget]:
        """Return the filter and the list."""
        yield Static(self.question, id="question", markup=False)
        yield Input(placeholder="type to narrow the list", id="filter")
        yield ScenarioList()

    def on_mount(self) -> None:
        """Fill the list; the keys stay with the filter."""
        listed = self.query_one(ScenarioList)
        listed.can_focus = False
        listed.fill(self.app.practice.scenarios())

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show what fits the words typed."""
        self.query_one(ScenarioList).fill(fitting(self.app.practice.scenarios(), event.value))

    def action_move(self, distance: int) -> None:
        """Move the mark.

        Args:
            distance: Rows down.
        """
        self.query_one(ScenarioList).move(distance)

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Open the marked scenario."""
        marked = self.query_one(ScenarioList).marked
        if marked is not None:
            self.post_message(ScenarioChosen(marked))

    def action_leave(self) -> None:
        """Go back to the case, if there is one, else to the start."""
        self.post_message(ProbeCancelled() if self.app.walk.case is not None else StartRequested())
