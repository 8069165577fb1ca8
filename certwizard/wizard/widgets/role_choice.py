"""The choice of who asks, in one line or three; arrows, digits of the row and the mouse all choose."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from certwizard.domain.vocabulary import Role
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.roles import ROLES, RoleWords, next_role
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing


class RoleChoice(Drawing, can_focus=True):
    """One of three roles."""

    DEFAULT_CSS = (
        "RoleChoice { &:focus { background: $accent 15%; } &:focus:ansi { background: ansi_default; } }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down,space", "turn", "Next role", show=False),
        Binding("left,up", "turn(-1)", "Role before", show=False),
    ]

    role: reactive[Role] = reactive(Role.SERVER_OWNER)

    @dataclass
    class Chosen(Message):
        """Another role was chosen."""

        role: Role

    def __init__(self, role: Role) -> None:
        """Start with a role.

        Args:
            role: The role chosen.
        """
        super().__init__(self._lines)
        self.set_reactive(RoleChoice.role, role)

    def watch_role(self) -> None:
        """Draw the choice in its new place and tell it."""
        self.redraw()
        self.post_message(self.Chosen(self.role))

    def turn(self) -> None:
        """Take the next role."""
        self.role = next_role(self.role)

    def action_turn(self, distance: int = 1) -> None:
        """Take the next role, or the one before.

        Args:
            distance: 1 or -1.
        """
        for _ in range(distance % len(ROLES)):
            self.turn()

    def action_choose(self, value: str) -> None:
        """Take a certain role.

        Args:
            value: Its id.
        """
        self.role = Role(value)

    def _lines(self, width: int) -> list[Content]:
        choices = [self._choice(words, words.title) for words in ROLES]
        for fewer in (choices, [self._choice(words, words.short) for words in ROLES]):
            joined = line("   ").join(fewer)
            if joined.cell_length <= width:
                return [joined]
        return choices

    def _choice(self, words: RoleWords, title: str) -> Content:
        here = words.role is self.role
        mark = line(("(●) " if here else "( ) ", HERE if here else QUIET), (title, "bold" if here else ""))
        return clickable(mark, f"choose('{words.role.value}')")
