"""A step of a remedy, drawn: the box to tick and the words, its blocks, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.remedies.model import Step
from certwizard.wizard.blocks import Block
from certwizard.wizard.pictures.block import BlockKeys, draw_block
from certwizard.wizard.pictures.canvas import Line, line, pad, wrap
from certwizard.wizard.remedy_words import DONE, UNDO
from certwizard.wizard.styles import GOOD, HERE, MARKED, QUIET

LONGEST_LINE = 76
INDENT = 3
BOX = 4


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """The rows of a step, and which of them belong to which block."""

    rows: tuple[Line, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    """First row of each block, and the row after its last."""

    def span(self, place: int) -> tuple[int, int]:
        """Return what is to be seen with a block: before the first the words, after the last the way back.

        Args:
            place: Which block.
        """
        if place >= len(self.spans):
            return 0, len(self.rows)
        first, last = self.spans[place]
        return first if place else 0, len(self.rows) if place == len(self.spans) - 1 else last

    def place_at(self, row: int) -> int | None:
        """Return which block stands in a row; None for the words around them.

        Args:
            row: Counted from the first.
        """
        return next((place for place, (first, last) in enumerate(self.spans) if first <= row < last), None)


def draw_step(
    number: int,
    step: Step,
    blocks: Sequence[Block],
    width: int,
    keys: BlockKeys,
    *,
    done: bool,
    folded: bool,
    marked: int | None,
) -> StepDrawing:
    """Draw a step.

    Args:
        number: Its place in the remedy.
        step: The step.
        blocks: What can be copied of it.
        width: Cells there are.
        keys: The keys to name.
        done: Whether it is ticked off.
        folded: Whether its first line alone is wanted.
        marked: The block the mark is on; None: the mark is elsewhere.
    """
    rows = _head(number, step.text, width, done=done)
    if folded:
        more = len(rows) > 1
        return StepDrawing(
            (rows[0].truncate(width - 2, ellipsis=True) if not more else _cut(rows[0], width),)
        )
    if marked is not None and not blocks:
        rows = [pad(row, width).stylize(MARKED) for row in rows]
    spans = []
    for place, block in enumerate(blocks):
        if block.where:
            rows += _remark(f"in {block.where}", width)
        drawn = draw_block(block, width - INDENT, keys, marked=place == marked)
        spans.append((len(rows), len(rows) + len(drawn)))
        rows += [line(" " * INDENT, row) for row in drawn]
    if step.undo:
        rows += _remark(f"{UNDO}: {step.undo}", width)
    return StepDrawing(tuple(rows), tuple(spans))


def _head(number: int, text: str, width: int, *, done: bool) -> list[Line]:
    box = ("[✔] ", GOOD) if done else ("[ ] ", QUIET)
    head = line((f"{number}".ljust(INDENT), f"bold {HERE}"), box)
    words = wrap(f"{DONE} · {text}" if done else text, _room(width), QUIET if done else "")
    if done:
        words[0] = words[0].stylize(f"bold {GOOD}", 0, len(DONE))
    return [line(" " * (INDENT + BOX) if index else head, row) for index, row in enumerate(words)]


def _room(width: int) -> int:
    return min(width - INDENT - BOX, LONGEST_LINE)


def _cut(row: Line, width: int) -> Line:
    """Return the first of several rows, marked as one that goes on."""
    return line(row.truncate(width - 2), (" …", QUIET))


def _remark(text: str, width: int) -> list[Line]:
    """Draw a quiet remark beside a block."""
    return [line(" " * INDENT, row) for row in wrap(text, min(width - INDENT, LONGEST_LINE), QUIET)]
