"""The line at the top: program, target, and how many problems there are."""

from textual.content import Content

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import Severity, Verdict
from certwizard.wizard.pictures.canvas import cut_middle, line
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.symbols import VERDICT
from certwizard.wizard.widgets.drawing import Drawing


class Header(Drawing):
    """Says what is looked at, and at the right end how it stands."""

    DEFAULT_CSS = "Header { height: 1; padding: 0 2; }"

    def __init__(self, subject: str, standing: Content) -> None:
        """Show a subject and its standing.

        Args:
            subject: The target's short name, or empty.
            standing: The right end of the line.
        """
        super().__init__(self._line)
        self.subject = subject
        self.standing = standing

    def stand(self, standing: Content) -> None:
        """Change the right end of the line; the line keeps its place.

        Args:
            standing: The right end of the line.
        """
        self.standing = standing
        self.redraw()

    def _line(self, width: int) -> list[Content]:
        room = width - self.standing.cell_length - 2 - len("certwizard · ")
        subject = cut_middle(self.subject, room) if room > 4 else ""
        left = line(("certwizard", f"bold {HERE}"), (" · " if subject else "", QUIET), subject)
        gap = " " * max(width - left.cell_length - self.standing.cell_length, 1)
        return [line(left, gap, self.standing)]


def standing_of(diagnosis: Diagnosis) -> Content:
    """Return the standing of a diagnosis: its mark and the number of problems.

    Args:
        diagnosis: What was judged.
    """
    errors = sum(cause.severity is Severity.ERROR for cause in diagnosis.causes)
    warnings = sum(cause.severity is Severity.WARNING for cause in diagnosis.causes)
    if errors:
        words = _count(errors, "problem") + (f", {_count(warnings, 'warning')}" if warnings else "")
    elif warnings:
        words = _count(warnings, "warning")
    else:
        words = "not found out" if diagnosis.verdict is Verdict.UNDETERMINED else "nothing wrong"
    mark = VERDICT[diagnosis.verdict]
    return line((f"{mark.glyph} {words}", f"bold {mark.style}"))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
