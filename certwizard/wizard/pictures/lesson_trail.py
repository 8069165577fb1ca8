"""The line over a lesson: the lessons of a line side by side, or the way that links have led."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from certwizard.wizard.pictures.canvas import clickable, cut, line
from certwizard.wizard.styles import HERE, QUIET

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

_LEAST = 6
"""Cells below which a title says nothing any more."""
_MORE = 5
"""Cells for how many more titles there are."""
GAP = 3
"""Cells between two titles."""


def draw_tabs(titles: Sequence[str], shown: int, width: int) -> list[Content]:
    """Draw titles side by side, the shown one among them; how many find no room is said at the end.

    None is cut: the shown one has the line alone, or two of them, where it is that long.

    Args:
        titles: In their order.
        shown: Which one is shown.
        width: Cells there are.
    """
    first, last = shown, shown
    while last + 1 < len(titles) and _fits(titles, first, last + 1, width):
        last += 1
    while first and _fits(titles, first - 1, last, width):
        first -= 1
    parts = [_tab(titles[index], index, shown=index == shown) for index in range(first, last + 1)]
    hidden = len(titles) - len(parts)
    more = [line((f"+{hidden}", QUIET))] if hidden else []
    return line((" │ ", QUIET)).join([*parts, *more]).wrap(max(width, 4))


def _fits(titles: Sequence[str], first: int, last: int, width: int) -> bool:
    every = last - first + 1 == len(titles)
    return sum(cell_len(title) + GAP for title in titles[first : last + 1]) - GAP <= width - (
        0 if every else _MORE
    )


def _tab(title: str, index: int, *, shown: bool) -> Content:
    return clickable(line((title, f"bold {HERE}" if shown else QUIET)), f"screen.show_page({index})")


def draw_trail(lessons: Sequence["Lesson"], width: int) -> list[Content]:
    """Draw the way to a lesson, the last one in full; what is far back gives way first.

    Args:
        lessons: From where the trail began to what is shown.
        width: Cells there are.
    """
    last = lessons[-1].title
    room = width - cell_len(last) - GAP
    before: list[Content] = []
    for index in range(len(lessons) - 2, -1, -1):
        title = cut(lessons[index].title, min(24, room - 4)) if room > _LEAST + 4 else ""
        if not title:
            before.append(line(("…", QUIET)))
            break
        before.append(clickable(line((title, f"underline {QUIET}")), f"screen.back_to({index})"))
        room -= len(title) + 3
    trail = line((" › ", QUIET)).join([*reversed(before), line((last, f"bold {HERE}"))])
    return trail.wrap(max(width, 4))
