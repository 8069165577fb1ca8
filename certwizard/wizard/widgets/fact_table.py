"""The facts of a step: label, seen, expected, with the failing ones marked and a cursor to ask about each."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from certwizard.diagnosis.result import Fact
from certwizard.domain.vocabulary import Status
from certwizard.wizard.findings import UNWELL, failing_first
from certwizard.wizard.pictures.canvas import columns, line, pad, wrap
from certwizard.wizard.styles import MARKED, QUIET
from certwizard.wizard.symbols import STATUS
from certwizard.wizard.widgets.drawing import Drawing

MARGIN = 4
"""Cells of the pointer and the glyph."""
ROOM_FOR_TWO = 52
LONGEST_LABEL = 28


def draw_fact(fact: Fact, label_width: int, width: int) -> list[Content]:
    """Draw one fact; a long label stands above its value, what was expected beside it or below.

    Args:
        fact: The fact.
        label_width: Cells of the label column.
        width: Cells there are.
    """
    mark = STATUS[fact.status]
    unwell = fact.status in UNWELL
    marker = line(("▸ " if unwell else "  ", f"bold {mark.style}"), (mark.glyph, mark.style), " ")
    label_style = "bold" if unwell else QUIET
    if cell_len(fact.label) > label_width:
        value = _draw_value(fact, width - MARGIN - 2)
        above = wrap(fact.label, width - MARGIN, label_style)
        rows = [*above, *(line("  ", row) for row in value)]
    else:
        value = _draw_value(fact, width - MARGIN - label_width - 2)
        label = line((fact.label, label_style))
        rows = columns([([label], label_width), (value, width - MARGIN - label_width - 2)])
    return [line(marker if index == 0 else " " * MARGIN, row) for index, row in enumerate(rows)]


def _draw_value(fact: Fact, room: int) -> list[Content]:
    """Draw what was seen and, where it does not hold, what was expected."""
    unwell = fact.status in UNWELL
    style = f"bold {STATUS[fact.status].style}" if unwell else ""
    told = fact.note or fact.expected
    tells = told and fact.status in (*UNWELL, Status.UNKNOWN)
    half = room * 11 // 20
    if tells and room >= ROOM_FOR_TWO and cell_len(told) <= 2 * (room - half - 2):
        beside = wrap(told, room - half - 2, QUIET)
        return columns([(wrap(fact.seen, half, style), half), (beside, room - half - 2)])
    below = wrap(fact.note or f"expected: {fact.expected}", room, QUIET) if tells else []
    return [*wrap(fact.seen, room, style), *below]


class FactTable(Drawing, can_focus=True):
    """Facts in rows; the cursor chooses the one that `What it means` explains and `Copy` copies."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Line before", show=False),
        Binding("down,j", "move(1)", "Next line", show=False),
        Binding("pageup", "move(-8)", "Page up", show=False),
        Binding("pagedown", "move(8)", "Page down", show=False),
        Binding("home", "move(-10000)", "First line", show=False),
        Binding("end", "move(10000)", "Last line", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    class Moved(Message):
        """The cursor is on another row."""

    @dataclass
    class Chosen(Message):
        """A row was clicked while the cursor was on it."""

        fact: Fact

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        """Show facts, failing ones first.

        Args:
            facts: The facts of a check.
        """
        super().__init__(self._lines, id="facts")
        self.facts = failing_first(facts)
        self._starts: list[int] = []

    @property
    def fact(self) -> Fact | None:
        """The fact under the cursor."""
        return self.facts[self.cursor] if self.facts else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row.

        Args:
            cursor: Row asked for.
        """
        return max(0, min(cursor, len(self.facts) - 1))

    def watch_cursor(self) -> None:
        """Draw the cursor in its new place, and bring it into view."""
        self.redraw()
        self.call_after_refresh(self.reveal)
        self.post_message(self.Moved())

    def reveal(self) -> None:
        """Scroll so that the row under the cursor can be seen."""
        if self.cursor < len(self._starts):
            start = self._starts[self.cursor]
            ends = [*self._starts[1:], len(self.lines(self.content_size.width))]
            region = Region(0, start, self.size.width, max(ends[self.cursor] - start, 1))
            self.scroll_to_region_in_parent(region)

    def scroll_to_region_in_parent(self, region: Region) -> None:
        """Bring a region of this table into view.

        Args:
            region: In the table's own coordinates.
        """
        parent = self.parent
        if parent is not None and hasattr(parent, "scroll_to_region"):
            inside = region.translate(self.virtual_region.offset)
            parent.scroll_to_region(inside, animate=False, force=True)

    def watch_has_focus(self, focused: bool) -> None:
        """Draw with the cursor or without.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; a second click asks what it means.

        Args:
            event: Where it was clicked.
        """
        offset = event.get_content_offset(self)
        rows = [index for index, start in enumerate(self._starts) if offset is not None and start <= offset.y]
        if not rows:
            return
        if rows[-1] == self.cursor and event.chain == 2 and self.fact is not None:
            self.post_message(self.Chosen(self.fact))
        self.cursor = rows[-1]

    def action_move(self, distance: int) -> None:
        """Move the cursor; past either end the page scrolls instead.

        Args:
            distance: Rows down.
        """
        before = self.cursor
        self.cursor += distance
        parent = self.parent
        if self.cursor == before and parent is not None and hasattr(parent, "scroll_relative"):
            parent.scroll_relative(y=max(-10, min(10, distance)) * 2, animate=False)

    def _lines(self, width: int) -> list[Content]:
        limit = min(LONGEST_LABEL, max(width * 9 // 25, 14))
        label_width = max(
            (size for fact in self.facts if (size := cell_len(fact.label)) <= limit), default=limit
        )
        self._starts = []
        rows: list[Content] = []
        for index, fact in enumerate(self.facts):
            self._starts.append(len(rows))
            drawn = draw_fact(fact, label_width, width)
            if index == self.cursor and self.has_focus:
                drawn = [pad(row, width).stylize(MARKED) for row in drawn]
            rows.extend(drawn)
        return rows
