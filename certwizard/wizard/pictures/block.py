"""A command or some lines in a thin frame: the shell, the colours, what to know before, and how to copy it."""

from dataclasses import dataclass

from certwizard.domain.cleantext import escape
from certwizard.wizard.blocks import Block
from certwizard.wizard.colouring import colour
from certwizard.wizard.pictures.canvas import Line, clickable, line, pad
from certwizard.wizard.styles import ATTENTION, HERE, QUIET

LONGEST = 4000
WIDEST = 100
_FRAME = 4
"""Cells that the frame takes: a line and a blank at each side."""
_BEHIND = "on $surface"


@dataclass(frozen=True, slots=True)
class BlockKeys:
    """The keys a block names, as they are now."""

    copy: str
    save: str
    tick: str = ""
    """Empty where there is nothing to tick off."""


def draw_block(block: Block, width: int, keys: BlockKeys, *, marked: bool) -> list[Line]:
    """Draw a block; the marked one, which is copied, in the accent and with the key that ticks its step off.

    Args:
        block: What to draw.
        width: Cells there are.
        keys: The keys to name.
        marked: Whether it is marked.
    """
    width = min(width, WIDEST)
    frame, words = ("$border", HERE) if marked else ("$border-blurred", QUIET)
    title = line((block.label, words), (f" · {block.note}", ATTENTION) if block.note else "")
    tick = (
        clickable(line((f"{keys.tick} tick off", words)), "screen.tick") if marked and keys.tick else line()
    )
    copy = clickable(line((f"{keys.copy} copy", words)), "screen.copy")
    if block.where:
        copy = line(copy, (" · ", words), clickable(line((f"{keys.save} save", words)), "screen.save"))
    rows = [_edge("╭", title, line(), "╮", width, frame)]
    for each in block.text.splitlines() or [""]:
        folded = fold(colour(escape(each, LONGEST), block.language), width - _FRAME)
        rows += [line(("│ ", frame), pad(row, width - _FRAME), (" │", frame)) for row in folded]
    rows.append(_edge("╰", tick, copy, "╯", width, frame))
    return [row.stylize(_BEHIND) for row in rows]


def _edge(left: str, first: Line, last: Line, right: str, width: int, frame: str) -> Line:
    """Draw the upper or the lower line of the frame, with words at its ends; what has no room is left out."""
    room = width - _FRAME
    if last.cell_length and first.cell_length + last.cell_length + _FRAME > room:
        first = line()
    first = first.truncate(max(room - 2, 4), ellipsis=True)
    start, end = (line(" ", each, " ") if each.cell_length else line() for each in (first, last))
    rest = "─" * max(width - _FRAME - start.cell_length - end.cell_length, 0)
    return line((f"{left}─", frame), start, (rest, frame), end, (f"─{right}", frame))


def fold(content: Line, width: int) -> list[Line]:
    """Fold a long line between words where it can be, marking what goes on.

    Args:
        content: One line of a command.
        width: Cells there are.
    """
    if content.cell_length <= width:
        return [content]
    first, *rest = content.wrap(max(width - 2, 10))
    return [first, *(line(("  ", QUIET), row) for row in rest)]
