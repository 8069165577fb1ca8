"""The line at the top: program, target, and how many problems there are."""

from rich.cells import cell_len
from textual.content import Content

from certwizard.wizard.pictures.canvas import cut_middle, line
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing


class Header(Drawing):
    """Says what is looked at, and at the right end how it stands."""

    DEFAULT_CSS = "Header { height: 1; padding: 0 2; }"

    def __init__(self, subject: str, standing: Content, *, whole: bool = False) -> None:
        """Show a subject and its standing.

        Args:
            subject: The target's short name, or empty.
            standing: The right end of the line.
            whole: Whether the subject is a sentence, which is left out where it does not fit.
        """
        super().__init__(self._line)
        self.subject = subject
        self.standing = standing
        self.whole = whole

    def stand(self, standing: Content) -> None:
        """Change the right end of the line; the line keeps its place.

        Args:
            standing: The right end of the line.
        """
        self.standing = standing
        self.redraw()

    def _line(self, width: int) -> list[Content]:
        room = width - self.standing.cell_length - 2 - len("certwizard · ")
        fits = cell_len(self.subject) <= room if self.whole else room > 4
        subject = cut_middle(self.subject, room) if fits else ""
        left = line(("certwizard", f"bold {HERE}"), (" · " if subject else "", QUIET), subject)
        gap = " " * max(width - left.cell_length - self.standing.cell_length, 1)
        return [line(left, gap, self.standing)]
