"""Two certificates side by side; where it is narrow, one below the other for each field."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from certwizard.wizard.comparing import ComparedField, Likeness
from certwizard.wizard.pictures.canvas import clickable, columns, cut, cut_middle, fit, line, wrap
from certwizard.wizard.styles import HERE, QUIET

WIDE = 96
"""From so many columns on the values stand beside each other."""
LABEL = 24
MARKS = {
    Likeness.SAME: " ",
    Likeness.CHANGED: "~",
    Likeness.FIRST_ONLY: "-",
    Likeness.SECOND_ONLY: "+",
}
LEGEND = "~ differs   - only in A   + only in B"
NOTHING = "–"
Draw = Callable[[ComparedField, int, int], list[Content]]
_LEAD = 2


def draw_comparison(fields: Sequence[ComparedField], width: int, *, only: bool = False) -> list[Content]:
    """Draw both certificates.

    Args:
        fields: As `compared` gives them.
        width: Cells there are.
        only: Whether to leave out what is the same.
    """
    draw = _beside if width >= WIDE else _below
    return [row for field in _shown(fields, only) for row in draw(field, width, 0)]


def _shown(fields: Iterable[ComparedField], only: bool) -> Iterator[ComparedField]:
    return (field for field in fields if field.differs or not only)


def _label(field: ComparedField, depth: int, width: int) -> list[Content]:
    style = ("bold" if depth == 0 else "") if field.differs else QUIET
    mark = line((f"{MARKS[field.likeness]} ", f"bold {HERE}"))
    rows = wrap(field.name, width - _LEAD * (depth + 1), style)
    return [line(" " * (_LEAD * depth), mark if n == 0 else "  ", row) for n, row in enumerate(rows)]


def _same(field: ComparedField, width: int) -> list[Content]:
    """Draw what is the same in one line: it is there to be skipped."""
    room = max(width - LABEL - 2, 10)
    return [
        line("  ", (fit(field.name, LABEL - _LEAD), QUIET), "  ", (cut(field.first or NOTHING, room), QUIET))
    ]


def side_width(width: int) -> int:
    """Return the cells of each certificate's column where they stand beside each other.

    Args:
        width: Cells there are.
    """
    return (width - LABEL - 4) // 2


def draw_pair(titles: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """Draw which two are compared, each over its column where there is room.

    Args:
        titles: For each where it is from, and its name.
        width: Cells there are.
    """
    beside = width >= WIDE
    room = side_width(width) if beside else width
    drawn = []
    for index, (title, name) in enumerate(titles):
        title = cut(title, room // 2)
        shown = cut_middle(name, max(room - cell_len(title) - 6, 8))
        row = line((f"{'AB'[index]} ", f"bold {HERE}"), (title, "bold"), (f"  {shown}", QUIET))
        drawn.append(clickable(row, f"screen.other({index})"))
    if not beside:
        return drawn
    return columns([([line("")], LABEL), ([drawn[0]], room), ([drawn[1]], room)])


def _beside(field: ComparedField, width: int, depth: int) -> list[Content]:
    if not field.differs:
        return _same(field, width)
    label = _label(field, depth, LABEL)
    room = side_width(width)
    sides = [(_value(text, field, room), room) for text in (field.first, field.second)]
    rows = columns([(label, LABEL), *sides])
    return [*rows, *_inside(field, width, depth, _beside)]


def _below(field: ComparedField, width: int, depth: int) -> list[Content]:
    if not field.differs:
        return _same(field, width)
    rows = _label(field, depth, width)
    lead = " " * (_LEAD * (depth + 2))
    for letter, text in (("A", field.first), ("B", field.second)):
        if text or depth == 0:
            head = line(lead, (f"{letter} ", f"bold {HERE}"))
            rows += columns([([head], len(lead)), (_value(text, field, width - len(lead) - 2), width)])
    return [*rows, *_inside(field, width, depth, _below)]


def _value(text: str, field: ComparedField, room: int) -> list[Content]:
    return wrap(text, room) if text else wrap(NOTHING, room, QUIET)


def _inside(field: ComparedField, width: int, depth: int, draw: Draw) -> list[Content]:
    rows = [row for each in field.inside for row in draw(each, width, depth + 1)]
    if field.left_out:
        rows.append(line(" " * (_LEAD * (depth + 2)), (f"and {field.left_out} more", QUIET)))
    return rows
