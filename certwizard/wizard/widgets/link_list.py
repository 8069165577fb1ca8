"""Lessons to go on to: one row each, opened by enter, by its digit or by a click."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from certwizard.wizard.pictures.canvas import clickable, cut, line
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

WITH_DIGIT = 9


class LinkList(Drawing, can_focus=True):
    """The links under a lesson."""

    DEFAULT_CSS = "LinkList { margin: 0 1 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next link", show=False),
        Binding("up,k", "move(-1)", "Link before", show=False),
        Binding("home", "move(-99)", "First link", show=False),
        Binding("end", "move(99)", "Last link", show=False),
        Binding("enter,space", "follow", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Followed(Message):
        """The user wants to read this lesson."""

        key: str

    class Left(Message):
        """The user moves up, out of the list."""

    def __init__(self, lessons: Sequence["Lesson"]) -> None:
        """Show lessons as links.

        Args:
            lessons: In their order.
        """
        super().__init__(self._lines, id="links")
        self.lessons = tuple(lessons)

    def watch_cursor(self) -> None:
        """Draw the mark in its new place."""
        self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the mark where the keys are, and nowhere else."""
        super().watch_has_focus(has_focus)
        self.redraw()

    def action_move(self, distance: int) -> None:
        """Move the mark; up from the first link leaves the list.

        Args:
            distance: Rows down.
        """
        if distance == -1 and self.cursor == 0:
            self.post_message(self.Left())
        self.cursor = max(0, min(len(self.lessons) - 1, self.cursor + distance))

    def action_follow(self, index: int | None = None) -> None:
        """Open a link, the marked one where none is named.

        Args:
            index: Which one.
        """
        chosen = self.cursor if index is None else index
        if 0 <= chosen < len(self.lessons):
            self.cursor = chosen
            self.post_message(self.Followed(self.lessons[chosen].key))

    def _lines(self, width: int) -> list[Content]:
        head = line(("Where to go next", "bold"))
        return [head, *(self._row(index, width) for index in range(len(self.lessons)))]

    def _row(self, index: int, width: int) -> Content:
        lesson = self.lessons[index]
        marked = self.has_focus and index == self.cursor
        digit = str(index + 1) if index < WITH_DIGIT else " "
        style = f"bold {HERE} reverse" if marked else f"underline {HERE}"
        kind = f"  {lesson.kind.value}"
        title = cut(lesson.title, width - 4 - len(kind))
        row = line(("▸ " if marked else "  ", HERE), (f"{digit} ", QUIET), (title, style), (kind, QUIET))
        return clickable(row, f"follow({index})")
