"""Who refuses and who accepts, in names; and with which words, for which cause, and whether that was measured."""

from collections.abc import Sequence

from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.reports.client_groups import ClientGroup, ClientRow, Side, grouped, sides
from certwizard.wizard.pictures.canvas import Line, columns, line, packed, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.symbols import ACTION

WIDE = 96
LONGEST_LINE = 76
SIDE_WIDTH = 13
SEEN, READ = "●", "○"
_TOLD = (ClientAction.REJECTS, ClientAction.WARNS)


def draw_sides(clients: Sequence[ClientOutcome], width: int) -> list[Line]:
    """Draw who refuses and who accepts, by name alone: what is to be seen at the first glance.

    Args:
        clients: What each client does.
        width: Cells there are.
    """
    rows: list[Line] = []
    for side in sides(clients):
        mark = ACTION[side.action]
        head = line((f"{mark.glyph} {side.title}", f"bold {mark.style}"))
        room = max(min(width - SIDE_WIDTH - 2, LONGEST_LINE), 4)
        rows += columns([([head], SIDE_WIDTH), (packed(_names(side), room), room)])
    return rows


def _names(side: Side) -> list[Line]:
    """Return the names, each with what parts it from the next; those only documented are quiet, and said to be."""
    measured = [line(name) for name in side.measured]
    documented = [line((name, QUIET)) for name in side.documented]
    if documented:
        documented[0] = line(("documented: ", QUIET), documented[0])
    names = [*measured, *documented]
    ends = [";" if number == len(measured) else "," for number in range(1, len(names))]
    quiet = [QUIET if number > len(measured) else "" for number in range(1, len(names) + 1)]
    return [line(name, (end, style)) for name, end, style in zip(names, [*ends, ""], quiet, strict=True)]


def draw_clients(clients: Sequence[ClientOutcome], width: int, raw_key: str = "") -> list[Line]:
    """Draw those who refuse with their words, by cause, then those of whom it is not known, then the others.

    Args:
        clients: What each client does.
        width: Cells there are.
        raw_key: The key that shows what each of them says, where several share a row; empty for none.
    """
    groups = grouped(clients)
    if not groups:
        return []
    legend = f"{SEEN} measured  {READ} documented"
    if raw_key and any(
        len({each.message for each in row.outcomes}) > 1 for group in groups for row in group.rows
    ):
        legend += f"  {raw_key} each one's words" if width >= 64 else f"  {raw_key} all words"
    rows = [line(("What they say", "bold"), "   ", (legend, QUIET))]
    for group in groups:
        rows += _told(group, width) if group.action in _TOLD else _together(group, width)
    return rows


def _told(group: ClientGroup, width: int) -> list[Line]:
    mark = ACTION[group.action]
    cause = group.cause.value if group.cause else ""
    count = f"{group.count} client{'s' if group.count > 1 else ''}"
    head = line(
        (f"{mark.glyph} {mark.word}", f"bold {mark.style}"), (f"  {cause}", "bold"), (f"  {count}", QUIET)
    )
    return [head, *(row for each in group.rows for row in _row(each, width))]


def _row(row: ClientRow, width: int) -> list[Line]:
    """Draw who says what; names and words are wrapped, as what matters often stands at their end."""
    room = 30 if width >= WIDE else 20 if width >= 70 else 16
    basis = SEEN if row.measured else READ
    names = wrap(", ".join(outcome.title for outcome in row.outcomes), room)
    words = width - room - 6
    return columns([([line(f"  {basis}")], 3), (names, room), (wrap(row.words, words, QUIET), words)], gap=1)


def _together(group: ClientGroup, width: int) -> list[Line]:
    mark = ACTION[group.action]
    head = line((f"{mark.glyph} {mark.word}", f"bold {mark.style}"))
    rows = []
    for row in group.rows:
        names = ", ".join(outcome.title for outcome in row.outcomes)
        basis = SEEN if row.measured else READ
        rows += columns([([line(f"  {basis}")], 3), (wrap(names, width - 4, ""), width - 4)], gap=1)
        if group.action is ClientAction.UNKNOWN and row.words:
            rows += columns([([line("")], 3), (wrap(row.words, width - 4, QUIET), width - 4)], gap=1)
    return [head, *rows]
