"""What turns the verdict green: the changes, and what was judged with them made."""

from collections.abc import Sequence

from certwizard.diagnosis.repair import Change, Repairs
from certwizard.reports.repairs import TITLE, blocks_of
from certwizard.wizard.pictures.canvas import Line, columns, line, wrap
from certwizard.wizard.styles import GOOD, QUIET

TITLE_WIDTH = 13
LONGEST_LINE = 76
BESIDE = 64
"""From this width the title stands beside the changes."""
INDENT = 2


def draw_repairs(repairs: Repairs, width: int) -> list[Line]:
    """Draw each set of changes under its title; nothing where there is nothing to change.

    Args:
        repairs: What was found.
        width: Cells there are.
    """
    room = _room(width)
    rows: list[Line] = []
    for title, changes, outcome in blocks_of(repairs):
        rows += _row(title, [*_changes(changes, room), *wrap(outcome, room, QUIET)], width)
    if repairs.note:
        rows += _row("" if rows else TITLE, wrap(repairs.note, room, QUIET), width)
    return [*rows, line()] if rows else []


def draw_in_short(repairs: Repairs, width: int) -> list[Line]:
    """Draw the best set of changes alone, for the screen that says how they are made.

    Args:
        repairs: What was found.
        width: Cells there are.
    """
    if repairs.best is None:
        return []
    title, changes, _ = next(blocks_of(repairs))
    return _row(title, _changes(changes, _room(width)), width)


def _room(width: int) -> int:
    return min(width - (TITLE_WIDTH + 2 if width >= BESIDE else INDENT), LONGEST_LINE)


def _row(title: str, body: Sequence[Line], width: int) -> list[Line]:
    head = wrap(title, TITLE_WIDTH if width >= BESIDE else width, "bold")
    if width >= BESIDE:
        return columns([(head, TITLE_WIDTH), (list(body), _room(width))])
    return [*head, *(line(" " * INDENT, row) for row in body)]


def _changes(changes: Sequence[Change], room: int) -> list[Line]:
    rows: list[Line] = []
    for change in changes:
        for number, text in enumerate(wrap(change.text, room - 2)):
            rows.append(line(("  " if number else "+ ", f"bold {GOOD}"), text))
    return rows
