"""Looks again with other options: a small form, explained as it is typed, with the command that does the same."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.remedies.shells import say
from certwizard.wizard.colouring import colour
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.block import fold
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.retrying import Asked, Field, FieldError, fields_for, understand
from certwizard.wizard.same_command import SAME, command_line
from certwizard.wizard.styles import ATTENTION, GOOD, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.key_bar import KeyBar


class RetryScreen(ModalScreen[Asked | None]):
    """Gives what to look at and how, or None where it was given up."""

    commands = (keys.LOOK_AGAIN, keys.CLOSE_FORM, keys.COPY_COMMAND)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((keys.CLOSE_FORM, keys.COPY_COMMAND)),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(self, target: Target, options: ProbeOptions) -> None:
        """Start from the look before.

        Args:
            target: What was looked at.
            options: How.
        """
        super().__init__()
        self.target = target
        self.options = options

    def compose(self) -> ComposeResult:
        """Lay the fields, what is understood, the command and the keys."""
        title = f"Look again at {self.target.display_name} with other options"
        with Vertical(id="window"):
            yield Drawing(lambda width: wrap(title, width, "bold"), id="retry-title")
            with Vertical(id="fields"):
                for field in fields_for(self.target):
                    yield from self._field(field)
            yield Drawing(self._understood, id="retry-understood")
            yield KeyBar(self.commands)

    def _field(self, field: Field) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Static(field.label, markup=False)
            value = field.write(self.target, self.options)
            yield Input(value, placeholder=field.placeholder, id=f"field-{field.id}", compact=True)

    def words(self) -> dict[str, str]:
        """Return what stands in each field."""
        return {str(each.id).removeprefix("field-"): each.value for each in self.query(Input)}

    def asked(self) -> Asked:
        """Return the look that is asked for.

        Raises:
            FieldError: Where a field cannot be understood.
        """
        return understand(self.words(), self.target, self.options)

    def _understood(self, width: int) -> list[Content]:
        try:
            command, _ = say(command_line(*self.asked()), "any")
        except FieldError as error:
            rows = wrap(str(error), width - 2)
            return [
                line((("! " if i == 0 else "  "), f"bold {ATTENTION}"), row) for i, row in enumerate(rows)
            ]
        rows = fold(colour(command, "bash"), width - 2)
        return [line(("✔ ", GOOD), (SAME, QUIET)), *(line("  ", row) for row in rows)]

    @on(Input.Changed)
    def explain(self) -> None:
        """Say what is understood so far, or what is expected instead."""
        self.query_one("#retry-understood", Drawing).redraw()

    @on(Input.Submitted)
    def action_look_again(self) -> None:
        """Look again, where every field is understood; else go to the one that is not."""
        try:
            self.dismiss(self.asked())
        except FieldError as error:
            self.app.bell()
            self.query_one(f"#field-{error.field.id}", Input).focus()

    def action_copy_command(self) -> None:
        """Copy the command that does the same."""
        try:
            copy(self.app, say(command_line(*self.asked()), "any")[0], "the command")
        except FieldError:
            self.app.bell()

    def action_close(self) -> None:
        """Give it up."""
        self.dismiss(None)
