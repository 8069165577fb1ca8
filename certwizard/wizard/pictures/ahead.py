"""What the coming years bring: a day and a few sentences each, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from certwizard.remedies.ahead import Ahead
from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.styles import ATTENTION, HERE, QUIET

TITLE = "What comes for this certificate"
LONGEST_LINE = 76
_DAY = 10


def draw_ahead(rows: Sequence[Ahead], today: date, width: int) -> list[Content]:
    """Draw the look ahead; nothing where nothing is to come.

    Args:
        rows: The nearest first.
        today: The day judged at; what began before it is marked.
        width: Cells there are.
    """
    if not rows:
        return []
    room = min(width - _DAY - 2, LONGEST_LINE)
    drawn = [*wrap(TITLE, width, f"bold {HERE}")]
    for row in rows:
        style = ATTENTION if row.since <= today else "bold"
        since = line((f"{row.since:%Y-%m-%d}", style))
        told = [*wrap(row.text, room), *wrap(row.source, room, QUIET)]
        drawn += [line(), *columns([([since], _DAY), (told, room)])]
    return [*drawn, line()]
