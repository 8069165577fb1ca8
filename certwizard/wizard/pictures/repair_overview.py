"""All steps of the repair in short, and the lesson on what is repaired: beside the steps on wide terminals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certwizard.reports.paper import Paper
from certwizard.wizard.lesson_text import markdown_lines
from certwizard.wizard.pictures.canvas import Line, clickable, columns, line, pad, wrap
from certwizard.wizard.styles import GOOD, HERE, MARKED, QUIET

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

WHOLE = 70
"""From this many cells on, the lesson is shown whole."""
BESIDE = 116
"""From this many cells on, the lesson stands beside the steps."""
OVERVIEW = 40
LESSON = 72
GAP = 4
MOST_LINES = 2
"""Lines a step may take here; its whole words stand in the list."""


@dataclass(frozen=True, slots=True)
class Item:
    """A step in short."""

    number: int
    words: str
    done: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A remedy in short."""

    title: str
    items: tuple[Item, ...]

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return sum(item.done for item in self.items)


def draw_beside(parts: Sequence[Part], lesson: "Lesson | None", key: str, width: int) -> list[Line]:
    """Draw the steps in short and the lesson, one below the other or side by side.

    Args:
        parts: The remedies.
        lesson: On what is repaired.
        key: The key that opens the lesson.
        width: Cells there are.
    """
    if lesson is None:
        return draw_overview(parts, min(width, WHOLE))
    if width >= BESIDE:
        room = min(width - OVERVIEW - GAP, LESSON)
        return columns([(draw_overview(parts, OVERVIEW), OVERVIEW), (_lesson(lesson, key, room), room)], GAP)
    room = min(width, LESSON)
    return [*draw_overview(parts, room), line(), *_lesson(lesson, key, room)]


def draw_overview(parts: Sequence[Part], width: int) -> list[Line]:
    """Draw each remedy with the words of its steps; a click goes to the step.

    Args:
        parts: The remedies.
        width: Cells there are.
    """
    rows: list[Line] = []
    place = 0
    for part in parts:
        rows += [*([line()] if rows else []), *wrap(part.title, width, f"bold {HERE}")]
        for item in part.items:
            rows += _item(item, place, width)
            place += 1
    return rows


def _item(item: Item, place: int, width: int) -> list[Line]:
    head = line(f"{item.number:>2} ", ("[✔] ", GOOD) if item.done else ("[ ] ", QUIET))
    indent = head.cell_length
    words = _short(wrap(item.words, width - indent, QUIET if item.done else ""), width - indent)
    rows = [pad(line(" " * indent if index else head, row), width) for index, row in enumerate(words)]
    return [
        clickable(row.stylize(MARKED) if item.marked else row, f"screen.to_step({place})") for row in rows
    ]


def _short(words: list[Line], width: int) -> list[Line]:
    """Return the first lines, the last of them marked as one that goes on."""
    if len(words) <= MOST_LINES:
        return words
    last = words[MOST_LINES - 1].truncate(width - 2)
    return [*words[: MOST_LINES - 1], line(last, (" …", QUIET))]


def _lesson(lesson: "Lesson", key: str, width: int) -> list[Line]:
    rows = [*wrap(lesson.title, width, f"bold {HERE}"), *wrap(lesson.summary, width)]
    if width >= WHOLE:
        return [*rows, *(line(row) for row in markdown_lines(lesson.body_markdown, Paper(width=width)))]
    return [*rows, clickable(line((key, f"bold {HERE}"), (" the whole lesson", QUIET)), "screen.means")]
