"""One step of a remedy as widgets: its words with the box to tick, its command, its proof and its way back."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from certwizard.remedies.model import Command, Shell, Step
from certwizard.wizard.pictures.canvas import line, pad, wrap
from certwizard.wizard.remedy_words import DONE, PROVE, UNDO, marks_of
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.styles import GOOD, HERE, QUIET
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76
INDENT = 3
BOX = 4


class StepText(Drawing):
    """The number, the box and the words of one step; a click ticks it off."""

    DEFAULT_CSS = "StepText:focus { background: $accent 20%; }"

    @dataclass
    class Clicked(Message):
        """The box or the words were clicked."""

        key: StepKey

    def __init__(self, number: int, step: Step, key: StepKey, done: bool) -> None:
        """Show the head of a step.

        Args:
            number: Its place in the remedy.
            step: The step.
            key: What it is remembered by.
            done: Whether it is ticked off.
        """
        super().__init__(self._lines)
        self.number = number
        self.words = step.text
        self.step_key = key
        self.done = done
        self.can_focus = step.command is None and step.snippet is None and step.verify is None

    def tick(self, done: bool) -> None:
        """Show whether the step is done.

        Args:
            done: Whether it is.
        """
        self.done = done
        self.redraw()

    def on_click(self) -> None:
        """Tell that this step was clicked."""
        self.post_message(self.Clicked(self.step_key))

    def _lines(self, width: int) -> list[Content]:
        head = line(
            (f"{self.number}".ljust(INDENT), f"bold {HERE}"), ("[✔] ", GOOD) if self.done else ("[ ] ", QUIET)
        )
        room = min(width - INDENT - BOX, LONGEST_LINE)
        words = f"{DONE} · {self.words}" if self.done else self.words
        rows = wrap(words, room, QUIET if self.done else "")
        if self.done:
            rows[0] = rows[0].stylize(f"bold {GOOD}", 0, len(DONE))
        return [
            line(head if index == 0 else pad(line(), INDENT + BOX), row) for index, row in enumerate(rows)
        ]


def step_widgets(
    number: int, step: Step, key: StepKey, *, done: bool = False, shell: Shell | None = None
) -> Iterator[Widget]:
    """Yield the widgets of one step.

    Args:
        number: Its place in the remedy.
        step: The step.
        key: What it is remembered by.
        done: Whether it is ticked off.
        shell: The shell chosen; None: the one of the step's platform.
    """
    yield StepText(number, step, key, done)
    if step.command is not None:
        yield _block(step.command, step, shell, f"the command of step {number}", key, step)
    if step.snippet is not None:
        snippet = step.snippet
        if snippet.where:
            yield _aside(f"in {snippet.where}")
        what = f"the lines of step {number}"
        yield CommandBlock(snippet.text, snippet.language, what, where=snippet.where, step_key=key)
    if step.verify is not None:
        yield Drawing(lambda width: [line(" " * INDENT, ("✔ ", GOOD), (PROVE, QUIET))])
        yield _block(step.verify, step, shell, f"the proof of step {number}", key)
    if step.undo:
        yield _aside(f"{UNDO}: {step.undo}")


def _block(
    command: Command, step: Step, shell: Shell | None, what: str, key: StepKey, marked: Step | None = None
) -> CommandBlock:
    from certwizard.remedies.shells import say

    text, said_in = say(command, step.platform, shell)
    only = (f"cannot be said in {shell.value}",) if shell not in (None, said_in) else ()
    note = " · ".join((*marks_of(command, marked), *only))
    return CommandBlock(text, said_in.value, what, note, step_key=key)


def _aside(text: str) -> Drawing:
    """A quiet remark under a block."""

    def draw(width: int) -> list[Content]:
        return [line(" " * INDENT, row) for row in wrap(text, min(width - INDENT, LONGEST_LINE), QUIET)]

    return Drawing(draw)
