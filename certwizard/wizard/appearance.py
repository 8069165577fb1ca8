"""How the wizard looks on this terminal: themes, ASCII where needed, and the palette's general commands."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import constants
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.color import Color
from textual.filter import LineFilter
from textual.screen import Screen

from certwizard.wizard.ascii import AsciiFilter, can_show_glyphs, locale_shows_glyphs
from certwizard.wizard.commands.catalogue import KEYED, SUSPEND
from certwizard.wizard.commands.keys import without_clashes
from certwizard.wizard.preferences import first_theme, read_keys, remember_theme
from certwizard.wizard.themes import DARK, TERMINAL, THEMES, TITLES, next_theme

MOST_COMPLAINTS = 3
VEIL = 0.2
"""How much of the accent lies under the marked line."""


class StyledApp(App[None]):
    """An app with certwizard's themes, widths and fallbacks."""

    TITLE = "certwizard"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance's
        (0, "-narrow"),
        (100, "-wide"),
    ]
    # Priority: a modal screen hides the app's other keys, and a field that is typed in takes them.
    BINDINGS: ClassVar[list[BindingType]] = [replace(SUSPEND.binding, priority=True)]

    def __init__(self) -> None:
        """Register the themes and look at what the terminal can show."""
        super().__init__()
        self._ascii = AsciiFilter(enabled=not can_show_glyphs(sys.stdout.encoding))
        for theme in THEMES:
            self.register_theme(theme)
        wanted = first_theme(self.available_themes)
        self.theme = wanted or DARK.name
        self._may_adapt = wanted is None
        own = read_keys({command.id: command.keys for group in KEYED for command in group})
        self.own_keys, clashes = without_clashes(own.keys, KEYED)
        self._complaints = (*own.complaints, *clashes)

    def on_load(self) -> None:
        """Take the user's keys."""
        self.set_keymap({f"wizard.{name}": ",".join(keys) for name, keys in self.own_keys.items()})

    def adapt_to_terminal(self) -> None:
        """Take what the terminal has: its own colours where it has no more than 16, ASCII where its locale has."""
        if not (constants.DRIVER or locale_shows_glyphs(os.environ)):
            self.plain_ascii(True)
        if self._may_adapt and self.console.color_system == "standard":
            self.theme = TERMINAL.name

    def on_ready(self) -> None:
        """Say what of the user's own settings could not be taken."""
        for complaint in self._complaints[:MOST_COMPLAINTS]:
            self.notify(complaint, severity="warning", markup=False, timeout=10)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return what the wizard's styles need beside Textual's own variables."""
        theme = self.current_theme
        veil = Color.parse(theme.accent or theme.primary).with_alpha(VEIL).hex
        return {"marked": "reverse" if theme.ansi else f"on {veil}"}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes through: plain ASCII where the terminal needs it."""
        filters = super().get_line_filters()
        return [*filters, self._ascii] if self._ascii.enabled else filters

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what Textual itself can do; the wizard's own commands come from the screen.

        Args:
            screen: The screen the palette was opened on.
        """
        for name, title in TITLES.items():
            yield SystemCommand(
                f"Colours: {title}", "Change the colours, and remember it.", partial(self.take_theme, name)
            )
        yield SystemCommand("Save a picture", "Save this screen as an SVG file.", self.deliver_screenshot)

    def plain_ascii(self, wanted: bool) -> None:
        """Write every line in ASCII, or not.

        Args:
            wanted: Whether to.
        """
        self._ascii.enabled = wanted

    def action_turn_theme(self) -> None:
        """Take the next theme, and say which."""
        self.take_theme(next_theme(self.theme))

    def take_theme(self, name: str) -> None:
        """Take a theme, and remember it.

        Args:
            name: Of the theme.
        """
        self.theme = name
        remember_theme(name)
        self.notify(f"Colours: {TITLES[name]}", markup=False, timeout=2)
