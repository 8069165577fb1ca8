"""The start: one field that takes every form of target, the role, and the practice lab."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.explaining import describe
from certwizard.wizard.messages import PracticeRequested, ProbeCancelled, TargetChosen
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import ATTENTION, GOOD, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.role_choice import RoleChoice

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

EXAMPLES = "a host or URL · mail.example.com:993 · smtp://host · a .pem .crt .p12 file"
HERE_KEYS = (keys.LEAVE, keys.PRACTICE, keys.ROLE_TYPING, keys.HELP_TYPING, keys.QUIT_TYPING)


class StartScreen(FrameScreen):
    """Asks what to look at, and explains wrong input as it is typed."""

    question = "Which server or file shall we look at?"
    explanation = "Write a host, a URL or the path of a file, then press enter. Nothing is changed anywhere."
    commands = (keys.DIAGNOSE, *HERE_KEYS, keys.PALETTE, keys.THEME)
    footer = (
        keys.DIAGNOSE,
        keys.PRACTICE,
        keys.ROLE_TYPING,
        keys.HELP_TYPING,
        keys.PALETTE,
        keys.QUIT_TYPING,
    )
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HERE_KEYS)]
    app: "CertwizardApp"

    def header(self) -> Header:
        """Return the name of the program."""
        return Header("what is wrong with this certificate, and how is it repaired?", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the field, its explanation, the role and the way to the lab."""
        yield Static(self.question, id="question", markup=False)
        yield Input(placeholder="mail.example.com:993", id="target")
        yield Drawing(lambda width: wrap(EXAMPLES, width, QUIET), id="understood")
        yield Static("I am", classes="label", markup=False)
        yield RoleChoice(self.app.role)
        yield Static("No server at hand?", classes="label", markup=False)
        yield Button("Open the practice lab", id="practice", compact=True)

    @on(Input.Changed)
    def explain(self, event: Input.Changed) -> None:
        """Say what is understood so far, or what is expected instead."""
        text = event.value.strip()
        if not text:
            self._say(lambda width: wrap(EXAMPLES, width, QUIET))
            return
        try:
            target = understand(text)
        except TargetError as error:
            words = f"{error.understood}; expected {error.expected}"
            self._say(
                lambda width: [line(("! ", ATTENTION), row) for row in wrap(words, width - 2, ATTENTION)]
            )
        else:
            told = describe(target)
            self._say(lambda width: [line(("✔ ", GOOD), row) for row in wrap(told, width - 2, QUIET)])

    def _say(self, draw: "object") -> None:
        self.query_one("#understood", Drawing).show(draw)  # type: ignore[arg-type]

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

    @on(Button.Pressed, "#practice")
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


def understand(text: str) -> Target:
    """Return the target that the words name.

    Args:
        text: The words of the user.

    Raises:
        TargetError: Where they name none.
    """
    from certwizard.domain.target_parsing import parse_target

    return parse_target(text, is_file=os.path.isfile)
