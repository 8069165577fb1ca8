"""What a message can stand for, most likely first; enter explains the marked cause."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.explain.explanation import Guess
from certwizard.wizard.commands.step_keys import step_key
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.steps import find_step
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.marked_rows import MarkedRows

LONGEST_LINE = 76
INDENT = 3


class GuessList(MarkedRows):
    """Causes with the reason for each, and the step that decides."""

    class Moved(MarkedRows.Moved):
        """The mark is on another guess."""

    def __init__(self, guesses: Sequence[Guess]) -> None:
        """Show guesses.

        Args:
            guesses: Most likely first, at least one.
        """
        self.guesses = tuple(guesses)
        super().__init__(len(self.guesses), id="guesses")

    @property
    def guess(self) -> Guess:
        """The marked one."""
        return self.guesses[self.cursor]

    def opened(self) -> None:
        """Explain the marked cause."""
        self.call_later(self.screen.run_action, "screen.means")

    def draw_row(self, index: int, width: int) -> list[Content]:
        """Draw one guess.

        Args:
            index: Which one.
            width: Cells there are.
        """
        return _row(
            index, self.guesses[index], step_key(self.app, find_step(self.guesses[index].step)), width
        )


def _row(index: int, guess: Guess, key: str, width: int) -> list[Content]:
    room = min(width - INDENT, LONGEST_LINE)
    step = find_step(guess.step)
    ask = line(("step ", QUIET), (key, HERE), (f" {step.title}: {guess.ask}", QUIET))
    number = line((f"{index + 1:<{INDENT}}", QUIET), (guess.id.value, "bold"))
    return [number, *(line(" " * INDENT, row) for row in [*wrap(guess.why, room), *ask.wrap(max(room, 4))])]
