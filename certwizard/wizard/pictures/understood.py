"""The line under the start's field: examples, or what was understood of the words so far."""

from typing import TYPE_CHECKING

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target
from certwizard.wizard.asking import EXAMPLES
from certwizard.wizard.hearing import words_of
from certwizard.wizard.pictures.canvas import Line, cut, line, wrap
from certwizard.wizard.styles import ATTENTION, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Draw

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation

MOST_LINES = 2


def draw_examples(width: int) -> list[Line]:
    """Draw examples of what the field takes.

    Args:
        width: Cells there are.
    """
    return wrap(EXAMPLES, width, QUIET)[:MOST_LINES]


def draw_reading(width: int) -> list[Line]:
    """Draw that a message is being read.

    Args:
        width: Cells there are.
    """
    return [line(("◐ ", HERE), ("reading it …", QUIET))]


def draw_understood(heard: "Target | Explanation | TargetError") -> Draw:
    """Return what draws what was understood.

    Args:
        heard: What the words are.
    """
    glyph, style = _mark(heard)
    words = words_of(heard)

    def draw(width: int) -> list[Line]:
        rows = wrap(words, width - 2, QUIET)
        if len(rows) > MOST_LINES:
            rest = " ".join(row.plain for row in rows[MOST_LINES - 1 :])
            rows = [*rows[: MOST_LINES - 1], line((cut(rest, width - 2), QUIET))]
        return [line((f"{glyph} " if index == 0 else "  ", style), row) for index, row in enumerate(rows)]

    return draw


def _mark(heard: "Target | Explanation | TargetError") -> tuple[str, str]:
    if isinstance(heard, Target):
        return "✔", GOOD
    if isinstance(heard, TargetError):
        return "!", ATTENTION
    if heard.guesses:
        return "✔", GOOD
    return ("-", QUIET) if heard.told_apart else ("?", ATTENTION)
