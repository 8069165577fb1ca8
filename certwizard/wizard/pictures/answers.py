"""The answer of every check in a row, for when there is nothing else to say."""

from certwizard.diagnosis.result import Diagnosis
from certwizard.wizard.pictures.canvas import Line, columns, line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.symbols import STATUS

TITLE_WIDTH = 16
LONGEST_LINE = 76


def draw_answers(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw each check with its mark and its answer.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    room = min(width - TITLE_WIDTH - 2, LONGEST_LINE)
    rows: list[Line] = []
    for result in diagnosis.checks:
        mark = STATUS[result.status]
        head = line((f"{mark.glyph} ", f"bold {mark.style}"), result.check.value.capitalize())
        rows += columns([([head], TITLE_WIDTH), (wrap(result.headline, room, QUIET), room)])
    return [*rows, line()]
