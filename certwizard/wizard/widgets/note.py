"""A quiet panel with a title: why something is so, said in running words."""

from textual.content import Content

from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.styles import QUIET
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76


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
