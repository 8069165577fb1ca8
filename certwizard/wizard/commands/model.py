"""What a command is: one definition feeds its keys, the footer, the palette and the help."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class WizardCommand:
    """Something the user can do."""

    id: str
    """Such as ``next``; with ``wizard.`` before it, the binding's id for Textual's keymaps."""
    keys: tuple[str, ...]
    shown_key: str
    """The key as people know it: ``n``, ``^p``, ``enter``."""
    label: str
    """One or two words, for the footer."""
    help: str
    """One sentence, for help and palette."""
    action: str
    in_palette: bool = True
    priority: bool = False

    @property
    def binding(self) -> Binding:
        """The binding of its keys."""
        return Binding(
            ",".join(self.keys),
            self.action,
            self.label,
            show=False,
            key_display=self.shown_key,
            tooltip=self.help,
            id=f"wizard.{self.id}",
            priority=self.priority,
        )


def bindings(commands: Iterable[WizardCommand]) -> list[Binding]:
    """Return the bindings of commands, for a screen's BINDINGS.

    Args:
        commands: The commands of the screen.
    """
    return [command.binding for command in commands]
