"""What a recheck found different."""

from textual.content import Content

from certwizard.diagnosis.result import Cause
from certwizard.wizard.changes import SINCE, UNCHANGED, Changes
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

_MARKS = {"gone": ("✔", GOOD), "new": ("✘", BROKEN), "still": ("!", ATTENTION)}


class Changed(Drawing):
    """Causes that went, came and stayed since the look before."""

    def __init__(self, changes: Changes) -> None:
        """Show what changed.

        Args:
            changes: Against the look before.
        """
        super().__init__(lambda width: draw_changes(changes, width))


def draw_changes(changes: Changes, width: int) -> list[Content]:
    """Draw one row a cause, gone ones first.

    Args:
        changes: Against the look before.
        width: Cells there are.
    """
    rows = [line((SINCE, f"bold {HERE}"))]
    if changes.nothing:
        return [line(("▎ ", HERE), row) for row in [*rows, line((UNCHANGED, QUIET))]]
    for word, causes in changes.groups():
        glyph, style = _MARKS[word]
        rows += [row for cause in causes for row in _row(glyph, f"{word:<5}", style, cause, width)]
    return [line(("▎ ", HERE), row) for row in rows]


def _row(glyph: str, word: str, style: str, cause: Cause, width: int) -> list[Content]:
    head = line((f"{glyph} {word} ", f"bold {style}"))
    lines = wrap(cause.headline, max(width - 2 - head.cell_length, 10))
    return [line(head if index == 0 else " " * head.cell_length, row) for index, row in enumerate(lines)]
