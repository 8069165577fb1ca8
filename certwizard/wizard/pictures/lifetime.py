"""How much of a lifetime is used, as a bar."""

from datetime import datetime

from certwizard.domain.wording import span
from certwizard.wizard.pictures.canvas import Line, fit, line
from certwizard.wizard.pictures.timeline import LABEL
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

LONGEST_BAR = 60
LITTLE_LEFT = 0.2


def draw_lifetime(begins: datetime, ends: datetime, now: datetime, width: int) -> list[Line]:
    """Draw the share of the lifetime that is used and say what is left.

    Args:
        begins: Start of the validity.
        ends: End of the validity.
        now: The time judged as of.
        width: Cells there are.
    """
    if ends <= begins or width < LABEL + 30:
        return []
    used = min(max((now - begins) / (ends - begins), 0.0), 1.0)
    words = f"{_left(ends, now)} of {span(ends - begins)}"
    room = min(width - LABEL - len(words) - 2, LONGEST_BAR)
    if room < 8:
        return []
    filled = round(used * room)
    style = BROKEN if used >= 1 else ATTENTION if 1 - used < LITTLE_LEFT else GOOD
    bar = line(("█" * filled, QUIET), ("█" * (room - filled), style))
    if used >= 1:
        bar = line(("█" * room, BROKEN))
    return [line((fit("lifetime left", LABEL), QUIET), bar, ("  " + words, style))]


def _left(ends: datetime, now: datetime) -> str:
    return f"{span(ends - now)} left" if ends > now else "nothing left"
