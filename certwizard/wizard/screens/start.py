"""The start: one field that takes every form of target, the role, and the practice lab."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from certwizard.domain.errors import TargetError
from certwizard.wizard.asking import EXAMPLES, EXPLANATION, QUESTION, TAGLINE, understand
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.explaining import describe
from certwizard.wizard.messages import PracticeRequested, ProbeCancelled, TargetChosen
from certwizard.wizard.pictures.canvas import clickable, line, wrap
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import ATTENTION, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Draw, Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.role_choice import RoleChoice
from certwizard.wizard.widgets.scenario_list import ScenarioList

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

_OWN = (keys.LEAVE, keys.PRACTICE, keys.ROLE_TYPING, keys.HELP_TYPING, keys.QUIT_TYPING)


class StartScreen(FrameScreen):
    """Asks what to look at, and explains wrong input as it is typed."""

    question = QUESTION
    explanation = f"{EXPLANATION} Nothing is changed anywhere."
    commands = (keys.DIAGNOSE, *_OWN, keys.PALETTE, keys.THEME)
    footer = (
        keys.DIAGNOSE,
        keys.PRACTICE,
        keys.ROLE_TYPING,
        keys.HELP_TYPING,
        keys.PALETTE,
        keys.QUIT_TYPING,
    )
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(_OWN),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]
    app: "CertwizardApp"

    def header(self) -> Header:
        """Return the name of the program and what it is for."""
        return Header(TAGLINE, Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the field, its explanation, the role and the practice list."""
        yield Static(self.question, id="question", markup=False)
        yield Input(placeholder="mail.example.com:993", id="target")
        yield Drawing(_examples, id="understood")
        yield Static("I am", classes="label", markup=False)
        yield RoleChoice(self.app.role)
        yield Drawing(_practice_line, classes="label")
        yield ScenarioList()

    def on_mount(self) -> None:
        """Look the scenarios up after the first paint."""
        self.call_after_refresh(self.find_scenarios)

    @work(thread=True, exit_on_error=False, group="scenarios")
    def find_scenarios(self) -> None:
        """Import the catalogue of scenarios in a thread, so that typing never waits for it."""
        self.app.call_from_thread(self.query_one(ScenarioList).fill, self.app.practice.scenarios())

    @on(Input.Changed)
    def explain(self, event: Input.Changed) -> None:
        """Say what is understood so far, or what is expected instead."""
        text = event.value.strip()
        self.query_one("#understood", Drawing).show(explanation_of(text) if text else _examples)

    @on(Input.Submitted)
    def action_diagnose(self) -> None:
        """Diagnose what is written, where it can be understood."""
        try:
            self.post_message(TargetChosen(understand(self.query_one("#target", Input).value.strip())))
        except TargetError:
            self.app.bell()

    @on(RoleChoice.Chosen)
    def take_role(self, event: RoleChoice.Chosen) -> None:
        """Remember who asks."""
        self.app.role = event.role

    def action_practice(self) -> None:
        """Open the practice lab."""
        self.post_message(PracticeRequested())

    def action_role(self) -> None:
        """Take the next role."""
        self.query_one(RoleChoice).turn()

    def action_leave(self) -> None:
        """Go back to the case, if there is one."""
        if self.app.walk.case is not None:
            self.post_message(ProbeCancelled())


def explanation_of(text: str) -> Draw:
    """Return what to say of the words typed so far.

    Args:
        text: The words of the user.
    """
    try:
        glyph, style, words = "✔", GOOD, describe(understand(text))
    except TargetError as error:
        glyph, style, words = "!", ATTENTION, f"{error.understood}; expected {error.expected}"

    def draw(width: int) -> list[Content]:
        rows = wrap(words, width - 2, QUIET)
        return [line((f"{glyph} " if index == 0 else "  ", style), row) for index, row in enumerate(rows)]

    return draw


def _examples(width: int) -> list[Content]:
    return wrap(EXAMPLES, width, QUIET)


def _practice_line(width: int) -> list[Content]:
    link = clickable(line(("F2", f"bold {HERE}"), (" find one by typing", QUIET)), "screen.practice")
    words = line("Or practise on this machine, with no network    ", link)
    return [words if words.cell_length <= width else line("Or practise   ", link)]
