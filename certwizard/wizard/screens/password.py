"""Asks for the password of a file that the probe cannot open without one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from certwizard.domain.cleantext import clean
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.pictures.canvas import wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.key_bar import KeyBar


class PasswordScreen(ModalScreen[str | None]):
    """Gives the password that was typed, or None where nobody knows it."""

    commands = (keys.UNLOCK, keys.GIVE_UP)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = bindings((keys.GIVE_UP,))

    def __init__(self, path: str) -> None:
        """Ask for the password of one file.

        Args:
            path: The file, as the user wrote it.
        """
        super().__init__()
        self.path = clean(path, 200)

    def compose(self) -> ComposeResult:
        """Lay the question, the field and the keys."""
        with Vertical(id="window"):
            yield Drawing(lambda width: wrap(f"Which password opens {self.path}?", width, "bold"))
            yield Input(password=True)
            yield Drawing(
                lambda width: wrap("It is used for this file alone and never shown or stored.", width, QUIET)
            )
            yield KeyBar(self.commands)

    @on(Input.Submitted)
    def give(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value)

    def action_unlock(self) -> None:
        """Give what was typed, asked for with the mouse."""
        self.dismiss(self.query_one(Input).value)

    def action_give_up(self) -> None:
        """Go on without the password."""
        self.dismiss(None)
