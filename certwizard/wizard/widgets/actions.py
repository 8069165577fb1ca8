"""The row of buttons under a step: every way on, for the mouse and for tab."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from certwizard.wizard.commands.model import WizardCommand


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
        & > WayButton { margin-right: 1; min-width: 0; }
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
            button = WayButton(command, command is self.primary)
            button.set_class(last, "last")
            yield button

    @on(Button.Pressed)
    async def run_command(self, event: Button.Pressed) -> None:
        """Run the command of the button pressed.

        Args:
            event: The press.
        """
        event.stop()
        if isinstance(event.button, WayButton):
            await self.screen.run_action(event.button.command.action)
