"""What browsers show to a visitor, and whether their pages offer a way on."""

from collections.abc import Sequence

from certwizard.knowledge.visitors import BrowserPage, Way
from certwizard.wizard.pictures.canvas import Line, fit, line, wrap
from certwizard.wizard.styles import ATTENTION, BROKEN, QUIET
from certwizard.wizard.visiting import NO_SAFER, WAY_WORDS

NAME_WIDTH = 10
LONGEST_LINE = 76
MARKS = {
    Way.OFFERED: ("! ", ATTENTION),
    Way.NONE: ("✘ ", BROKEN),
    Way.UNKNOWN: ("? ", QUIET),
    Way.NO_PAGE: ("- ", QUIET),
}


def draw_visits(pages: Sequence[BrowserPage], hsts: str, width: int) -> list[Line]:
    """Draw a browser in two or three lines: the page's title, its code, the way on.

    Args:
        pages: What each browser shows.
        hsts: What HSTS changes.
        width: Cells there are.
    """
    rows = [row for page in pages for row in _browser(page, min(width, LONGEST_LINE))]
    if any(page.way is Way.OFFERED for page in pages):
        rows += [line("  ", row) for row in wrap(f"{NO_SAFER} {hsts}", min(width, LONGEST_LINE) - 2, QUIET)]
    return [line(("What your browser shows", "bold")), *rows] if rows else []


def _browser(page: BrowserPage, width: int) -> list[Line]:
    glyph, style = MARKS[page.way]
    room = width - NAME_WIDTH - 2
    said = wrap(page.title or page.says, room, "")
    below = " · ".join(part for part in (page.code, WAY_WORDS[page.way]) if part)
    for more in (below, page.says if page.title else ""):
        said += wrap(more, room, QUIET) if more else []
    head = line((glyph, f"bold {style}"), fit(page.name, NAME_WIDTH))
    return [line(head if number == 0 else " " * (NAME_WIDTH + 2), row) for number, row in enumerate(said)]
