"""Who refuses and with which words."""

from collections.abc import Sequence

from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.wizard.pictures.canvas import Line, columns, cut, fit, line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.symbols import ACTION

NAME_WIDTH = 18
ORDER = (ClientAction.REJECTS, ClientAction.WARNS, ClientAction.UNKNOWN, ClientAction.ACCEPTS)


def draw_clients(clients: Sequence[ClientOutcome], width: int) -> list[Line]:
    """Draw those who refuse with their words, one a row, and those who accept together.

    Args:
        clients: What each client does.
        width: Cells there are.
    """
    rows: list[Line] = []
    for action in ORDER:
        group = [outcome for outcome in clients if outcome.action is action]
        if action is ClientAction.ACCEPTS or (group and not any(outcome.message for outcome in group)):
            rows += _together(action, group, width)
        else:
            rows += [row for outcome in group for row in _alone(outcome, width)]
    return [line(("Who notices", "bold"), ("   v all their words", QUIET)), *rows] if rows else []


def _alone(outcome: ClientOutcome, width: int) -> list[Line]:
    mark = ACTION[outcome.action]
    head = line((f"{mark.glyph} ", f"bold {mark.style}"), fit(outcome.title, NAME_WIDTH - 2), "  ")
    return [line(head, (cut(outcome.message or mark.word, width - NAME_WIDTH - 2), QUIET))]


def _together(action: ClientAction, group: Sequence[ClientOutcome], width: int) -> list[Line]:
    if not group:
        return []
    mark = ACTION[action]
    head = line((f"{mark.glyph} ", f"bold {mark.style}"), mark.word)
    names = wrap(", ".join(outcome.title for outcome in group), width - NAME_WIDTH - 2, "")
    return columns([([head], NAME_WIDTH), (names, width - NAME_WIDTH - 2)])
