"""The parts of an explanation, drawn: who printed what, what it leaves open, and how to go on."""

from typing import TYPE_CHECKING

from certwizard.domain.cleantext import clean
from certwizard.wizard.pictures.canvas import Line, clickable, columns, line, wrap
from certwizard.wizard.steps import find_step
from certwizard.wizard.styles import ATTENTION, HERE, QUIET
from certwizard.wizard.symbols import Mark

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation

LABEL = 14
LONGEST_LINE = 76
MOST_MESSAGES = 3

MARKS = {
    "fault": Mark("!", "MEANS", ATTENTION, "attention"),
    "other": Mark("-", "NO CERTIFICATE FAULT", QUIET, "quiet"),
    "unknown": Mark("?", "UNKNOWN", ATTENTION, "attention"),
}


def kind_of(heard: "Explanation") -> str:
    """Say which kind of message it is: a fault, something other than a certificate fault, or unknown.

    Args:
        heard: What the message says.
    """
    if heard.guesses:
        return "fault"
    return "other" if heard.told_apart else "unknown"


def draw_seen(heard: "Explanation", width: int) -> list[Line]:
    """Draw who printed the message, and the words that were recognised in it.

    Args:
        heard: What the message says.
        width: Cells there are.
    """
    nobody = heard.guesses and not heard.client_title
    rows = _fact("Printed by", "a program that the text does not name", width) if nobody else []
    telling = [one for one in heard.matches if one.decides] or list(heard.matches)
    said = (clean(" ".join(part for part in (one.code, one.text) if part), 300) for one in telling)
    for number, words in enumerate(dict.fromkeys(list(said)[:MOST_MESSAGES])):
        rows += _fact("" if number else "Recognised", words, width)
    if heard.left_out:
        rows += _fact("Length", f"too long: {heard.left_out}", width)
    if heard.guesses:
        rows += [*([line()] if rows else []), line(("Most likely", "bold"))]
    return rows


def draw_silence(heard: "Explanation", width: int) -> list[Line]:
    """Draw what the message does not say.

    Args:
        heard: What the message says.
        width: Cells there are.
    """
    if not heard.silent:
        return []
    room = min(width, LONGEST_LINE)
    body = [row for sentence in heard.silent for row in wrap(sentence, room, QUIET)]
    return [line(), line(("What it does not say", "bold")), *body]


def draw_next(heard: "Explanation", key: str, width: int) -> list[Line]:
    """Draw how to go on.

    Args:
        heard: What the message says.
        key: The key that does.
        width: Cells there are.
    """
    where = f", and opens at the step {find_step(heard.guesses[0].step).title}" if heard.guesses else ""
    tail = f"looks at this server{where}" if heard.target else "asks for the server, and looks at it"
    return [clickable(line((key, f"bold {HERE}"), (f" {tail}", QUIET)), "screen.find_out")]


def draw_asking(width: int) -> list[Line]:
    """Draw that the server must be named first.

    Args:
        width: Cells there are.
    """
    words = wrap("Which server was it? Write its name above, then press enter.", width - 2, ATTENTION)
    return [line((("! " if number == 0 else "  "), ATTENTION), row) for number, row in enumerate(words)]


def _fact(label: str, value: str, width: int) -> list[Line]:
    room = min(width - LABEL - 2, LONGEST_LINE)
    return columns([([line((label, QUIET))], LABEL), (wrap(value, room), room)])
