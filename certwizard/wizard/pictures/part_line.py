"""A certificate's part in one line: what is inside, its name, its value, and whether it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from certwizard.wizard.pictures.canvas import cut, fit, line, pad
from certwizard.wizard.styles import HERE, QUIET

if TYPE_CHECKING:
    from certwizard.wizard.symbols import Mark
    from certwizard.wizard.widgets.part_rows import Row

INDENT = 2
WIDEST_LABEL = 50


def label_width(width: int) -> int:
    """Return the cells of the label column.

    Args:
        width: Cells there are.
    """
    return min(WIDEST_LABEL, max(18, width * 45 // 100))


def draw_row(row: Row, mark: Mark | None, width: int) -> Content:
    """Draw one row.

    Args:
        row: The part with its place.
        mark: How it is broken; None where it is not.
        width: Cells there are.
    """
    column = label_width(width)
    fault = (f"{mark.glyph} ", f"bold {mark.style}") if mark else ("  ", "")
    sign = "▾ " if row.is_open else "▸ " if row.part.children else "  "
    indent = " " * (INDENT * row.depth)
    room = max(column - 4 - len(indent), 8)
    quiet = not row.is_found
    style = f"bold {mark.style}" if mark else QUIET if quiet else ("bold" if row.depth == 0 else "")
    critical = " critical" if row.part.critical else ""
    label = fit(short_label(row.part.label, room), room)
    value = cut(row.part.value, max(width - column - len(critical) - 1, 4))
    value_style = QUIET if quiet else mark.style if mark else ""
    drawn = line(
        fault, indent, (sign, HERE), (label, style), " ", (value, value_style), (critical, QUIET)
    )  # fmt: skip
    return pad(drawn, width)


def short_label(label: str, width: int) -> str:
    """Return the label, without the field's term in brackets where both do not fit.

    Args:
        label: People's word and the term.
        width: Cells there are.
    """
    return label if cell_len(label) <= width else label.partition(" (")[0]
