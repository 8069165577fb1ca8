"""What a message can stand for, most likely first; enter explains the marked cause."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from certwizard.explain.explanation import Guess
from certwizard.wizard.pictures.canvas import line, pad, wrap
from certwizard.wizard.steps import find_step
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76
INDENT = 3


class GuessList(Drawing, can_focus=True):
    """Causes with the reason for each, and the step that decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Cause before", show=False),
        Binding("down,j", "move(1)", "Next cause", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    def __init__(self, guesses: Sequence[Guess]) -> None:
        """Show guesses.

        Args:
            guesses: Most likely first, at least one.
        """
        super().__init__(self._lines, id="guesses")
        self.guesses = tuple(guesses)
        self._starts: list[int] = []

    @property
    def guess(self) -> Guess:
        """The marked one."""
        return self.guesses[self.cursor]

    def validate_cursor(self, cursor: int) -> int:
        """Keep the mark on a row.

        Args:
            cursor: Row asked for.
        """
        return max(0, min(cursor, len(self.guesses) - 1))

    def watch_cursor(self) -> None:
        """Draw the mark in its new place and bring it into view."""
        self.redraw()
        if self._starts:
            start = self._starts[self.cursor]
            top = 0 if self.cursor == 0 else self.virtual_region.y + start - 1
            self.screen.query_one("#body").scroll_to(y=top, animate=False)

    def watch_has_focus(self, focused: bool) -> None:
        """Draw with the mark or without.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Move the mark to the row clicked; a double click explains it.

        Args:
            event: Where it was clicked.
        """
        offset = event.get_content_offset(self)
        rows = [index for index, start in enumerate(self._starts) if offset is not None and start <= offset.y]
        if rows:
            self.cursor = rows[-1]
        if rows and event.chain == 2:
            self.call_later(self.screen.run_action, "screen.means")

    def action_move(self, distance: int) -> None:
        """Move the mark; past either end the page scrolls.

        Args:
            distance: Rows down.
        """
        before = self.cursor
        self.cursor += distance
        if self.cursor == before:
            self.screen.query_one("#body").scroll_relative(y=2 * distance, animate=False)

    def _lines(self, width: int) -> list[Content]:
        self._starts = []
        rows: list[Content] = []
        for index, guess in enumerate(self.guesses):
            self._starts.append(len(rows))
            drawn = _row(index, guess, width)
            if index == self.cursor and self.has_focus:
                drawn = [pad(row, width).stylize("on $accent 20%") for row in drawn]
            rows.extend(drawn)
        return rows


def _row(index: int, guess: Guess, width: int) -> list[Content]:
    room = min(width - INDENT, LONGEST_LINE)
    step = find_step(guess.step)
    ask = line(("step ", QUIET), (step.key, HERE), (f" {step.title}: {guess.ask}", QUIET))
    number = line((f"{index + 1:<{INDENT}}", QUIET), (guess.id.value, "bold"))
    return [number, *(line(" " * INDENT, row) for row in [*wrap(guess.why, room), *ask.wrap(max(room, 4))])]
