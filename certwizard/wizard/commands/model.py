"""What a command is: one definition feeds its keys, the footer, the palette and the help."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

_KEY_NAMES = {
    "question_mark": "?", "escape": "esc", "right": "→", "left": "←",
    "shift+tab": "⇧tab", **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "slash": "/", "equals_sign": "=", "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WizardCommand:
    """Something the user can do."""

    id: str
    """Such as ``next``; with ``wizard.`` before it, the binding's id for Textual's keymaps."""
    keys: tuple[str, ...]
    label: str
    """One or two words, for the footer."""
    action: str
    help: str
    """One sentence, for help and palette."""
    in_palette: bool = True

    @property
    def shown_key(self) -> str:
        """The key as people know it: ``n``, ``^p``, ``enter``."""
        return key_name(self.keys[0])

    @property
    def shown_keys(self) -> str:
        """All its keys as people know them."""
        return " ".join(key_name(key) for key in self.keys)

    @property
    def binding(self) -> "Binding":
        """The binding of its keys; Textual is imported here, so that the plain form does without."""
        from textual.binding import Binding

        return Binding(
            ",".join(self.keys),
            self.action,
            self.label,
            show=False,
            key_display=self.shown_key,
            tooltip=self.help,
            id=f"wizard.{self.id}",
        )


def key_name(key: str) -> str:
    """Return a key as people know it.

    Args:
        key: Textual's name of it.
    """
    return _KEY_NAMES.get(key, key.replace("ctrl+", "^"))


def bindings(commands: Iterable[WizardCommand]) -> "list[BindingType]":
    """Return the bindings of commands, for a screen's BINDINGS.

    Args:
        commands: The commands of the screen.
    """
    return [command.binding for command in commands]
