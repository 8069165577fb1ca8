"""The footer: at most seven keys, the next sensible one first."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.wizard.commands.keys import keys_of, live
from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.styles import HERE
from certwizard.wizard.widgets.drawing import Drawing

MOST_KEYS = 7


class KeyBar(Drawing):
    """Shows keys with what they do; each can be clicked."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; padding: 0 2; background: $panel; color: $foreground; }
    """

    def __init__(self, commands: Sequence[WizardCommand]) -> None:
        """Show the keys of these commands.

        Args:
            commands: At most seven, the next sensible one first.
        """
        super().__init__(self._line)
        self.commands = tuple(commands[:MOST_KEYS])

    def _line(self, width: int) -> list[Content]:
        row, used = line(), 0
        for command in (live(each, keys_of(self.app)) for each in self.commands):
            item = line((command.shown_key, f"bold {HERE}"), f" {command.label}")
            gap = 2 if used else 0
            if used + gap + item.cell_length > width:
                break
            row = line(row, " " * gap, clickable(item, command.action))
            used += gap + item.cell_length
        return [row]
