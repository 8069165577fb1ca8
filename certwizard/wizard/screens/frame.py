"""The frame every screen of the walk shares: header, rail, body, keys; nothing moves between steps."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from certwizard.wizard.commands.catalogue import GENERAL, HELP
from certwizard.wizard.commands.keys import keys_of, told_apart, with_keys
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.commands.palette import ScreenCommands
from certwizard.wizard.fitting import fit
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from certwizard.wizard.widgets.rail import Rail


class FrameScreen(Screen[None]):
    """A screen with the common frame; subclasses say what stands in the body."""

    commands: ClassVar[tuple[WizardCommand, ...]] = GENERAL
    """Everything that can be done here: feeds keys, palette and help."""
    footer: ClassVar[tuple[WizardCommand, ...]] = (HELP,)
    """What the footer shows, at most seven."""
    question: ClassVar[str] = ""
    explanation: ClassVar[str] = ""
    """What this screen is for, in the help; ``{copy}`` and the like stand for keys."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ScreenCommands}
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(GENERAL)

    def header(self) -> Header:
        """Return the line at the top."""
        return Header("", Content(""))

    def rail(self) -> "Rail | None":
        """Return the step rail, or None for a screen outside the walk."""
        return None

    def body(self) -> Iterable[Widget]:
        """Return what stands in the body."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay the frame."""
        fit(self)
        yield self.header()
        rail = self.rail()
        main = Vertical(*self.body(), id="main")
        if rail is None:
            yield main
        else:
            yield Horizontal(rail, main, id="frame")
        yield KeyBar(self.footer_keys())

    def footer_keys(self) -> tuple[WizardCommand, ...]:
        """Return what the footer shows, at most seven, the next sensible one first."""
        return self.footer

    def help_title(self) -> str:
        """Return the question this screen answers."""
        return self.question

    def help_words(self) -> str:
        """Return what this screen is for, in a few sentences."""
        return self.explanation

    def action_help(self) -> None:
        """Say what this screen answers and which keys it has."""
        from certwizard.wizard.screens.help import help_screen

        commands = told_apart(self.commands, keys_of(self.app))
        words = with_keys(self.help_words(), self.commands, self.app)
        self.app.push_screen(help_screen(self.help_title(), words, commands))

    def action_lessons(self) -> None:
        """Search and read the lessons."""
        from certwizard.wizard.screens.lessons import LessonsScreen

        self.app.push_screen(LessonsScreen())

    def action_course(self) -> None:
        """Take the course, or go on with it."""
        from certwizard.wizard.screens.course import CourseScreen

        self.app.push_screen(CourseScreen())
