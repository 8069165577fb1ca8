"""The causes of a diagnosis: the root and who notices, what follows from it, what else there is."""

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.commands.step_keys import step_key
from certwizard.wizard.findings import check_of, place_of
from certwizard.wizard.pictures.canvas import columns, cut, line, wrap
from certwizard.wizard.pictures.clients import draw_sides
from certwizard.wizard.steps import find_step
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.symbols import SEVERITY
from certwizard.wizard.widgets.marked_rows import MarkedRows

WHICH_WIDTH = 11
WHERE_WIDTH = 26
WIDE = 86


class CauseList(MarkedRows):
    """Every cause in a row with the step that shows it; below the first one, who refuses and who accepts."""

    class Moved(MarkedRows.Moved):
        """The cursor is on another cause."""

    @dataclass
    class Chosen(Message):
        """A cause was double-clicked; its step is wanted."""

        step_id: str

    def __init__(self, diagnosis: Diagnosis) -> None:
        """Show the causes of a diagnosis.

        Args:
            diagnosis: What was judged.
        """
        self.diagnosis = diagnosis
        super().__init__(len(diagnosis.causes))

    @property
    def cause(self) -> Cause | None:
        """The cause under the cursor."""
        return self.diagnosis.causes[self.cursor] if self.diagnosis.causes else None

    @property
    def check(self) -> CheckId | None:
        """The check that shows the cause under the cursor."""
        return check_of(self.diagnosis, self.cause) if self.cause else None

    def opened(self) -> None:
        """Ask for the step that shows the marked cause."""
        if self.check is not None:
            self.post_message(self.Chosen(self.check.value))

    def draw_below(self, index: int, width: int) -> list[Content]:
        """Draw who notices below the first cause, however many more there are.

        Args:
            index: Which one.
            width: Cells there are.
        """
        rows = draw_sides(self.diagnosis.clients, width) if index == 0 else []
        more = [line()] if rows and len(self.diagnosis.causes) > 1 else []
        return [line(), *rows, *more] if rows else []

    def draw_row(self, index: int, width: int) -> list[Content]:
        """Draw one cause.

        Args:
            index: Which one.
            width: Cells there are.
        """
        cause = self.diagnosis.causes[index]
        mark = SEVERITY[cause.severity]
        is_root = cause == self.diagnosis.root_cause
        which = place_of(self.diagnosis, cause)
        step = find_step(check_of(self.diagnosis, cause).value)
        beside = width >= WIDE
        room = min(width - WHICH_WIDTH - 4 - (WHERE_WIDTH if beside else 0), 76)
        head = [line((f"{mark.glyph} ", f"bold {mark.style}"), (which, "bold" if is_root else QUIET))]
        words = wrap(cause.headline, room, "bold" if is_root else "")
        where = line(("step ", QUIET), (step_key(self.app, step), HERE), (f" {step.title}", QUIET))
        if not beside:
            words.append(line((f"{cause.id.value} · ", QUIET), where))
            return columns([(head, WHICH_WIDTH + 2), (words, room)])
        aside = [where, line((cut(cause.id.value, WHERE_WIDTH), QUIET))]
        return columns([(head, WHICH_WIDTH + 2), (words, room), (aside, WHERE_WIDTH)])
