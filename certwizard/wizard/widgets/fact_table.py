"""The facts of a step: label, seen, expected, with the failing ones marked and a cursor to ask about each."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from certwizard.diagnosis.result import Fact
from certwizard.domain.vocabulary import Status
from certwizard.wizard.findings import UNWELL, failing_first
from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.symbols import STATUS
from certwizard.wizard.widgets.marked_rows import MarkedRows

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


class FactTable(MarkedRows):
    """Facts in rows; the cursor chooses the one that `What it means` explains and `Copy` copies."""

    class Moved(MarkedRows.Moved):
        """The cursor is on another row."""

    @dataclass
    class Chosen(Message):
        """A row was double-clicked."""

        fact: Fact

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        """Show facts, failing ones first.

        Args:
            facts: The facts of a check.
        """
        self.facts = failing_first(facts)
        self._label_sizes = frozenset(cell_len(fact.label) for fact in facts)
        super().__init__(len(self.facts), id="facts")

    @property
    def fact(self) -> Fact | None:
        """The fact under the cursor."""
        return self.facts[self.cursor] if self.facts else None

    def opened(self) -> None:
        """Ask what the marked row means."""
        if self.fact is not None:
            self.post_message(self.Chosen(self.fact))

    def draw_row(self, index: int, width: int) -> list[Content]:
        """Draw one fact; labels of all rows share a column.

        Args:
            index: Which one.
            width: Cells there are.
        """
        limit = min(LONGEST_LABEL, max(width * 9 // 25, 14))
        label_width = max((size for size in self._label_sizes if size <= limit), default=limit)
        return draw_fact(self.facts[index], label_width, width)
