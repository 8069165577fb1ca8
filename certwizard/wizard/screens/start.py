"""The start: one field that takes every form of target and any message, the role, and the practice lab."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target
from certwizard.wizard.asking import EXPLANATION, QUESTION, TAGLINE
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.hearing import hear, may_be_message, target_of
from certwizard.wizard.messages import (
    FilesRequested,
    MessageHeard,
    PracticeRequested,
    ProbeCancelled,
    TargetChosen,
)
from certwizard.wizard.pictures.understood import draw_examples, draw_reading, draw_understood
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.widgets.ask_field import AskField
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.recent_list import RecentList
from certwizard.wizard.widgets.role_choice import RoleChoice
from certwizard.wizard.widgets.start_lists import StartLists

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation
    from certwizard.wizard.app import CertwizardApp

_PAUSE = 0.15
"""Seconds without a key after which what may be a message is read."""
_OWN = (
    keys.LEAVE,
    keys.FILES,
    keys.PRACTICE,
    keys.FORGET,
    keys.KEEP,
    keys.ROLE_TYPING,
    keys.LESSONS_TYPING,
    keys.COURSE_TYPING,
    keys.HELP_TYPING,
    keys.QUIT_TYPING,
)


class StartScreen(FrameScreen):
    """Asks what to look at, and explains wrong input as it is typed."""

    question = QUESTION
    explanation = f"{EXPLANATION} Nothing is changed anywhere."
    commands = (keys.DIAGNOSE, *_OWN, keys.PALETTE, keys.THEME)
    footer = (
        keys.DIAGNOSE,
        keys.FILES,
        keys.PRACTICE,
        keys.ROLE_TYPING,
        keys.HELP_TYPING,
        keys.PALETTE,
        keys.QUIT_TYPING,
    )
    AUTO_FOCUS = "Input"
    # The lists stand side by side only where no title is cut for it.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (170, "-vast")]  # noqa: RUF012 - as below
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012 - declared by Textual as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(_OWN),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]
    app: "CertwizardApp"

    def __init__(self) -> None:
        """Start with nothing heard."""
        super().__init__()
        self._heard: tuple[str, Target | Explanation | TargetError] | None = None
        self._wanted = ""
        """The words that enter was pressed on while they were being read."""
        self._pause: Timer | None = None

    def header(self) -> Header:
        """Return the name of the program and what it is for."""
        return Header(TAGLINE, Content(""), whole=True)

    def body(self) -> Iterable[Widget]:
        """Return the field, its explanation, the role and the practice list."""
        yield Static(self.question, id="question", markup=False)
        yield AskField()
        yield Drawing(draw_examples, id="understood")
        yield Static("I am", classes="label", markup=False)
        yield RoleChoice(self.app.role)
        yield StartLists(self.app.recent, self.app.practice)

    @on(RecentList.Chosen)
    def look_again(self, event: RecentList.Chosen) -> None:
        """Look at a recent target again, or say what is wrong with it now."""
        field = self.query_one(AskField)
        field.value = event.target
        field.focus()
        self._go_on(target_of(event.target))

    def action_files(self) -> None:
        """Open the file picker."""
        self.post_message(FilesRequested())

    def action_forget(self) -> None:
        """Forget all recent targets."""
        self.query_one(StartLists).forget()

    def action_keep(self) -> None:
        """Keep recent targets from now on, or keep none."""
        self.query_one(StartLists).keep()

    @on(Input.Changed, "#target")
    def understand_typed(self) -> None:
        """Say what is understood so far, or what is expected instead; what may be a message is read in a thread."""
        text, shown = self.query_one(AskField).whole, self.query_one("#understood", Drawing)
        self._heard, self._wanted = None, ""
        if self._pause is not None:
            self._pause.stop()
        if not text:
            shown.show(draw_examples)
        elif may_be_message(text):
            self._pause = self.set_timer(_PAUSE, partial(self.read_message, text))
            shown.show(draw_reading)
        else:
            shown.show(draw_understood(target_of(text)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="reading")
    def read_message(self, text: str) -> None:
        """Read what may be a message, in a thread.

        Args:
            text: What was typed or pasted.
        """
        heard = hear(text)
        self.app.call_from_thread(self.take_answer, text, heard)

    def take_answer(self, text: str, heard: "Target | Explanation | TargetError") -> None:
        """Show what was understood, if the same words still stand in the field; go on where that was asked for.

        Args:
            text: What was read.
            heard: What it is.
        """
        if text != self.query_one(AskField).whole:
            return
        self._heard = (text, heard)
        self.query_one("#understood", Drawing).show(draw_understood(heard))
        if self._wanted == text:
            self._wanted = ""
            self._go_on(heard)

    @on(Input.Submitted, "#target")
    def action_diagnose(self) -> None:
        """Diagnose or explain what is written, where it can be understood."""
        text = self.query_one(AskField).whole
        if not may_be_message(text):
            self._go_on(target_of(text))
        elif self._heard is not None and self._heard[0] == text:
            self._go_on(self._heard[1])
        else:
            self._wanted = text
            self.read_message(text)

    def _go_on(self, heard: "Target | Explanation | TargetError") -> None:
        if isinstance(heard, Target):
            self.post_message(TargetChosen(heard))
        elif isinstance(heard, TargetError):
            self.app.bell()
        else:
            self.post_message(MessageHeard(heard))

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
