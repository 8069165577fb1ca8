"""How the wizard looks on this terminal: themes, ASCII where needed, and the palette's general commands."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from certwizard.wizard.ascii import AsciiFilter, can_show_glyphs
from certwizard.wizard.themes import DARK, LIGHT


class StyledApp(App[None]):
    """An app with certwizard's themes, widths and fallbacks."""

    TITLE = "certwizard"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual as an instance's
        (0, "-narrow"),
        (100, "-wide"),
    ]

    def __init__(self) -> None:
        """Register the themes and look at what the terminal can show."""
        super().__init__()
        self._ascii = AsciiFilter(enabled=not can_show_glyphs(sys.stdout.encoding))
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes through: plain ASCII where the terminal needs it."""
        filters = super().get_line_filters()
        return [*filters, self._ascii] if self._ascii.enabled else filters

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what Textual itself can do; the wizard's own commands come from the screen.

        Args:
            screen: The screen the palette was opened on.
        """
        yield SystemCommand("Choose a theme", "Preview and choose the colours.", self.action_change_theme)
        yield SystemCommand("Save a picture", "Save this screen as an SVG file.", self.deliver_screenshot)

    def plain_ascii(self, wanted: bool) -> None:
        """Write every line in ASCII, or not.

        Args:
            wanted: Whether to.
        """
        self._ascii.enabled = wanted

    def action_turn_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
