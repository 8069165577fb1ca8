"""The line over a lesson: the lessons of a line side by side, or the way that links have led."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from certwizard.wizard.pictures.canvas import clickable, cut, line
from certwizard.wizard.styles import HERE, QUIET

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

_LEAST = 6
"""Cells below which a title says nothing any more."""


def draw_tabs(titles: Sequence[str], shown: int, width: int) -> list[Content]:
    """Draw titles side by side.

    Args:
        titles: In their order.
        shown: Which one is shown.
        width: Cells there are.
    """
    parts: list[Content] = []
    room = width
    for index, words in enumerate(titles):
        title = cut(words, max(room - 2, 0))
        style = f"bold {HERE}" if index == shown else QUIET
        parts.append(clickable(line((title, style)), f"screen.show_page({index})"))
        room -= len(title) + 3
        if room < _LEAST:
            break
    return [line((" │ ", QUIET)).join(parts)]


def draw_trail(lessons: Sequence["Lesson"], width: int) -> list[Content]:
    """Draw the way to a lesson, the last one in full; what is far back gives way first.

    Args:
        lessons: From where the trail began to what is shown.
        width: Cells there are.
    """
    last = cut(lessons[-1].title, width - 4)
    room = width - len(last) - 3
    before: list[Content] = []
    for index in range(len(lessons) - 2, -1, -1):
        title = cut(lessons[index].title, min(24, room - 4)) if room > _LEAST + 4 else ""
        if not title:
            before.append(line(("…", QUIET)))
            break
        before.append(clickable(line((title, f"underline {QUIET}")), f"screen.back_to({index})"))
        room -= len(title) + 3
    return [line((" › ", QUIET)).join([*reversed(before), line((last, f"bold {HERE}"))])]
