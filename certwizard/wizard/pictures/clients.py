"""Who refuses, for which cause and with which words, and whether that was measured."""

from collections.abc import Sequence

from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.reports.client_groups import ClientGroup, ClientRow, grouped
from certwizard.wizard.pictures.canvas import Line, columns, cut, cut_middle, fit, line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.symbols import ACTION

WIDE = 96
SEEN, READ = "●", "○"
_TOLD = (ClientAction.REJECTS, ClientAction.WARNS)


def draw_clients(clients: Sequence[ClientOutcome], width: int) -> list[Line]:
    """Draw those who refuse with their words, by cause, then those of whom it is not known, then the others.

    Args:
        clients: What each client does.
        width: Cells there are.
    """
    groups = grouped(clients)
    if not groups:
        return []
    legend = f"{SEEN} measured  {READ} documented  v all their words"
    if width < len(legend) + 14:
        legend = f"{SEEN} measured  {READ} documented  v more"
    rows = [line(("Who notices", "bold"), "   ", (legend, QUIET))]
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
    return [head, *(_row(row, width) for row in group.rows)]


def _row(row: ClientRow, width: int) -> Line:
    room = 30 if width >= WIDE else 20 if width >= 70 else 16
    name = fit(row.titles(room), room)
    basis = SEEN if row.measured else READ
    return line(f"  {basis} ", name, "  ", (_shortened(row, max(width - room - 6, 4)), QUIET))


def _shortened(row: ClientRow, room: int) -> str:
    """Cut behind where the code stands in front; libraries say what matters at the end."""
    code = row.outcomes[0].code
    return cut(row.words, room) if code and row.words.startswith(code) else cut_middle(row.words, room)


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
