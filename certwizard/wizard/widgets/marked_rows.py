"""Rows of one or more lines, one of them marked: arrows, j and k, and the mouse move the mark."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from certwizard.wizard.pictures.canvas import pad
from certwizard.wizard.styles import MARKED
from certwizard.wizard.widgets.drawing import Drawing

PAGE = 8
FAR = 10_000
MOST_SCROLLED = 20
"""Lines that one key scrolls at most."""


class MarkedRows(Drawing, can_focus=True):
    """The base of lists whose rows can be marked and opened; past either end the page scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Line before", show=False),
        Binding("down,j", "move(1)", "Next line", show=False),
        Binding("pageup", f"move({-PAGE})", "Page up", show=False),
        Binding("pagedown", f"move({PAGE})", "Page down", show=False),
        Binding("home", f"move({-FAR})", "First line", show=False),
        Binding("end", f"move({FAR})", "Last line", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    class Moved(Message):
        """The mark is on another row."""

    def __init__(self, number: int, **known_as: str) -> None:
        """Show rows.

        Args:
            number: How many there are.
            **known_as: As for `Drawing`.
        """
        super().__init__(self._lines, **known_as)
        self._number = number
        self._starts: list[int] = []
        self._ends: list[int] = []

    def draw_row(self, index: int, width: int) -> list[Content]:
        """Draw one row, without its mark.

        Args:
            index: Which one.
            width: Cells there are.
        """
        raise NotImplementedError

    def draw_below(self, index: int, width: int) -> list[Content]:
        """Draw what stands between a row and the next one; it never carries the mark.

        Args:
            index: Which row.
            width: Cells there are.
        """
        return []

    def opened(self) -> None:
        """Do what a double click on the marked row asks for."""

    def validate_cursor(self, cursor: int) -> int:
        """Keep the mark on a row.

        Args:
            cursor: Row asked for.
        """
        return max(0, min(cursor, self._number - 1))

    def watch_cursor(self) -> None:
        """Draw the mark in its new place, and bring it into view."""
        self.redraw()
        self.call_after_refresh(self.reveal)
        self.post_message(self.Moved())

    def reveal(self) -> None:
        """Scroll so that the marked row can be seen; with the first one, all that stands above it."""
        parent = self.parent
        if self.cursor >= len(self._starts) or parent is None or not hasattr(parent, "scroll_to_region"):
            return
        start = self._starts[self.cursor]
        row = Region(0, start, self.size.width, max(self._ends[self.cursor] - start, 1))
        parent.scroll_to_region(row.translate(self.virtual_region.offset), animate=False, force=True)

    def watch_has_focus(self, focused: bool) -> None:
        """Draw with the mark or without.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Move the mark to the row clicked; a double click opens it.

        Args:
            event: Where it was clicked.
        """
        offset = event.get_content_offset(self)
        rows = [index for index, start in enumerate(self._starts) if offset is not None and start <= offset.y]
        if rows:
            self.cursor = rows[-1]
            if event.chain == 2:
                self.opened()

    def action_move(self, distance: int) -> None:
        """Move the mark; past either end the page scrolls instead.

        Args:
            distance: Rows down.
        """
        before = self.cursor
        self.cursor += distance
        parent = self.parent
        if self.cursor == before and parent is not None and hasattr(parent, "scroll_relative"):
            lines = max(-MOST_SCROLLED, min(MOST_SCROLLED, 2 * distance))
            parent.scroll_relative(y=lines, animate=False)

    def _lines(self, width: int) -> list[Content]:
        self._starts, self._ends = [], []
        rows: list[Content] = []
        for index in range(self._number):
            self._starts.append(len(rows))
            drawn = self.draw_row(index, width)
            if index == self.cursor and self.has_focus:
                drawn = [pad(row, width).stylize(MARKED) for row in drawn]
            rows += drawn
            self._ends.append(len(rows))
            rows += self.draw_below(index, width)
        return rows
