"""The row of buttons under a step: every way on, for the mouse and for tab."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from certwizard.wizard.commands.keys import keys_of, live
from certwizard.wizard.commands.model import WizardCommand

AROUND = 3
"""Cells a button takes beside its label: a blank at each side, and one to the next."""
_SPARE = {"verdict": 0, "prevent": 1, "raw-values": 2, "back": 3}
"""Buttons that may be left out, the first one first."""


class WayButton(Button):
    """A button that runs a command."""

    def __init__(self, command: WizardCommand, primary: bool) -> None:
        """Make the button of a command.

        Args:
            command: What it runs.
            primary: Whether it is the next sensible one.
        """
        super().__init__(
            command.label, id=f"way-{command.id}", compact=True, variant="primary" if primary else "default",
            tooltip=f"{command.help} ({command.shown_key})",
        )  # fmt: skip
        self.command = command


class Actions(Horizontal):
    """Buttons in a row; the last stands at the right end."""

    DEFAULT_CSS = """
    Actions {
        height: 1; margin-top: 1;
        & > .gap { width: 1fr; }
        & > WayButton { margin-right: 1; min-width: 0; width: auto; }
        & > WayButton.last { margin-right: 0; }
    }
    """

    def __init__(self, commands: Sequence[WizardCommand], primary: WizardCommand | None = None) -> None:
        """Show commands as buttons.

        Args:
            commands: In their order.
            primary: The next sensible one.
        """
        super().__init__()
        self.commands = tuple(commands)
        self.primary = primary

    def compose(self) -> ComposeResult:
        """Lay the buttons."""
        for index, command in enumerate(self.commands):
            last = index == len(self.commands) - 1
            if last:
                yield Static("", classes="gap")
            button = WayButton(live(command, keys_of(self.app)), command is self.primary)
            button.set_class(last, "last")
            yield button

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what the footer and the rail offer too, where there is no room for all.

        Args:
            event: The new size.
        """
        buttons = list(self.query(WayButton))
        needed = sum(len(button.command.label) + AROUND for button in buttons)
        for button in sorted(buttons, key=lambda each: _SPARE.get(each.command.id, 99)):
            spare = button.command.id in _SPARE and needed > event.size.width
            button.display = not spare
            needed -= len(button.command.label) + AROUND if spare else 0

    @on(Button.Pressed)
    async def run_command(self, event: Button.Pressed) -> None:
        """Run the command of the button pressed.

        Args:
            event: The press.
        """
        event.stop()
        if isinstance(event.button, WayButton):
            await self.screen.run_action(event.button.command.action)
