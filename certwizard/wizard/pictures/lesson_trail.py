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
_MORE = 5
"""Cells for how many more titles there are."""


def draw_tabs(titles: Sequence[str], shown: int, width: int) -> list[Content]:
    """Draw titles side by side, the shown one among them; how many find no room is said at the end.

    Args:
        titles: In their order.
        shown: Which one is shown.
        width: Cells there are.
    """
    first = 0
    while first < shown and sum(len(title) + 3 for title in titles[first : shown + 1]) > width + 3 - _MORE:
        first += 1
    parts: list[Content] = []
    room = width
    for index in range(first, len(titles)):
        after = 0 if index == len(titles) - 1 and not first else _MORE
        title = cut(titles[index], max(room - after, 0))
        if parts and len(title) < min(_LEAST, len(titles[index])):
            break
        style = f"bold {HERE}" if index == shown else QUIET
        parts.append(clickable(line((title, style)), f"screen.show_page({index})"))
        room -= len(title) + 3
    hidden = len(titles) - len(parts)
    if hidden:
        parts.append(line((f"+{hidden}", QUIET)))
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
