"""A quiet panel with a title: why something is so, said in running words; and several of them in columns."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76
BESIDE = 88
"""From this width two notes stand beside each other."""
GAP = 3
Told = tuple[str, str, str]
"""Title, text and the style of the bar of a note."""


class Note(Drawing):
    """A title and a few sentences behind a thin bar."""

    def __init__(self, title: str, text: str, bar: str = QUIET) -> None:
        """Show a note.

        Args:
            title: A few words.
            text: A few sentences.
            bar: Style of the bar at the left.
        """
        super().__init__(lambda width: draw_note(title, text, bar, width))


class Notes(Drawing):
    """Several notes, two beside each other where there is room."""

    def __init__(self, notes: Sequence[Told]) -> None:
        """Show notes.

        Args:
            notes: In the order in which they are read.
        """
        super().__init__(lambda width: draw_notes(notes, width))


def draw_notes(notes: Sequence[Told], width: int) -> list[Content]:
    """Draw notes one below the other, where there is room in two columns: the first, third, ... at the left.

    Args:
        notes: In the order in which they are read.
        width: Cells there are.
    """
    abreast = 2 if width >= BESIDE else 1
    room = min((width - GAP * (abreast - 1)) // abreast, LONGEST_LINE + 2)
    return columns([(_stacked(notes[first::abreast], room), room) for first in range(abreast)], gap=GAP)


def _stacked(notes: Sequence[Told], room: int) -> list[Content]:
    rows: list[Content] = []
    for title, text, bar in notes:
        rows += [*([line()] if rows else []), *draw_note(title, text, bar, room)]
    return rows


def draw_note(title: str, text: str, bar: str, width: int) -> list[Content]:
    """Draw a note.

    Args:
        title: A few words.
        text: A few sentences.
        bar: Style of the bar at the left.
        width: Cells there are.
    """
    room = min(width - 2, LONGEST_LINE)
    body = [*wrap(title, room, "bold"), *wrap(text, room, "")]
    return [line(("▎ ", bar), row) for row in body]
