"""The causes of a diagnosis: the root, what follows from it, what else there is; enter explains the marked one."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.findings import check_of, place_of
from certwizard.wizard.pictures.canvas import columns, cut, line, pad, wrap
from certwizard.wizard.steps import find_step
from certwizard.wizard.styles import HERE, MARKED, QUIET
from certwizard.wizard.symbols import SEVERITY
from certwizard.wizard.widgets.drawing import Drawing

WHICH_WIDTH = 11
WHERE_WIDTH = 26
WIDE = 86


class CauseList(Drawing, can_focus=True):
    """Every cause in a row with the step that shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Cause before", show=False),
        Binding("down,j", "move(1)", "Next cause", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A cause was double-clicked; its step is wanted."""

        step_id: str

    def __init__(self, diagnosis: Diagnosis) -> None:
        """Show the causes of a diagnosis.

        Args:
            diagnosis: What was judged.
        """
        super().__init__(self._lines)
        self.diagnosis = diagnosis
        self._starts: list[int] = []

    @property
    def cause(self) -> Cause | None:
        """The cause under the cursor."""
        return self.diagnosis.causes[self.cursor] if self.diagnosis.causes else None

    @property
    def check(self) -> CheckId | None:
        """The check that shows the cause under the cursor."""
        return check_of(self.diagnosis, self.cause) if self.cause else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row.

        Args:
            cursor: Row asked for.
        """
        return max(0, min(cursor, len(self.diagnosis.causes) - 1))

    def watch_cursor(self) -> None:
        """Draw the cursor in its new place."""
        self.redraw()

    def watch_has_focus(self, focused: bool) -> None:
        """Draw with the cursor or without.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; a double click goes to its step.

        Args:
            event: Where it was clicked.
        """
        offset = event.get_content_offset(self)
        rows = [index for index, start in enumerate(self._starts) if offset is not None and start <= offset.y]
        if rows:
            self.cursor = rows[-1]
            if event.chain == 2 and self.check is not None:
                self.post_message(self.Chosen(self.check.value))

    def action_move(self, distance: int) -> None:
        """Move the cursor; past either end the page scrolls.

        Args:
            distance: Rows down.
        """
        before = self.cursor
        self.cursor += distance
        if self.cursor == before:
            self.screen.query_one("#body").scroll_relative(y=2 * distance, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the page.

        Args:
            pages: 1 down, -1 up.
        """
        self.screen.query_one("#body").scroll_relative(y=8 * pages, animate=False)

    def _lines(self, width: int) -> list[Content]:
        self._starts = []
        rows: list[Content] = []
        for index, cause in enumerate(self.diagnosis.causes):
            self._starts.append(len(rows))
            drawn = self._row(index, cause, width)
            if index == self.cursor and self.has_focus:
                drawn = [pad(row, width).stylize(MARKED) for row in drawn]
            rows.extend(drawn)
        return rows

    def _row(self, index: int, cause: Cause, width: int) -> list[Content]:
        mark = SEVERITY[cause.severity]
        is_root = cause == self.diagnosis.root_cause
        which = place_of(self.diagnosis, cause)
        step = find_step(check_of(self.diagnosis, cause).value)
        beside = width >= WIDE
        room = min(width - WHICH_WIDTH - 4 - (WHERE_WIDTH if beside else 0), 76)
        head = [line((f"{mark.glyph} ", f"bold {mark.style}"), (which, "bold" if is_root else QUIET))]
        words = wrap(cause.headline, room, "bold" if is_root else "")
        where = line(("step ", QUIET), (step.key, HERE), (f" {step.title}", QUIET))
        if not beside:
            words.append(line((f"{cause.id.value} · ", QUIET), where))
            return columns([(head, WHICH_WIDTH + 2), (words, room)])
        aside = [where, line((cut(cause.id.value, WHERE_WIDTH), QUIET))]
        return columns([(head, WHICH_WIDTH + 2), (words, room), (aside, WHERE_WIDTH)])
