"""What a recheck found different."""

from textual.content import Content

from certwizard.diagnosis.result import Cause
from certwizard.wizard.changes import REPLACED, SINCE, UNCHANGED, UNSEEN, Changes, outcome_words
from certwizard.wizard.pictures.canvas import clickable, line, wrap
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, HERE, QUIET
from certwizard.wizard.symbols import VERDICT
from certwizard.wizard.widgets.drawing import Drawing

_MARKS = {"gone": ("✔", GOOD), "new": ("✘", BROKEN), "still": ("!", ATTENTION), "unseen": ("?", ATTENTION)}
_WORD_WIDTH = 6


class Changed(Drawing):
    """Causes that went, came and stayed since the look before."""

    def __init__(self, changes: Changes) -> None:
        """Show what changed.

        Args:
            changes: Against the look before.
        """
        super().__init__(lambda width: draw_changes(changes, width))


def draw_changes(changes: Changes, width: int) -> list[Content]:
    """Draw one row a cause, gone ones first.

    Args:
        changes: Against the look before.
        width: Cells there are.
    """
    rows = [line((SINCE, f"bold {HERE}"), "  ", _from_to(changes))]
    if changes.nothing:
        return [line(("▎ ", HERE), row) for row in [*rows, line((UNCHANGED, QUIET))]]
    if words := outcome_words(changes):
        rows += [line(row) for row in wrap(f"✔ {words}", max(width - 2, 10), f"bold {GOOD}")]
    if changes.replaced:
        told = line((f"~ {REPLACED}", f"bold {HERE}"), f"  {changes.replaced}   ")
        rows.append(line(told, clickable(line(("=", f"bold {HERE}"), (" Compare", QUIET)), "screen.compare")))
    for word, causes in changes.groups():
        glyph, style = _MARKS[word]
        rows += [row for cause in causes for row in _row(glyph, word.ljust(_WORD_WIDTH), style, cause, width)]
    return [line(("▎ ", HERE), row) for row in rows]


def _row(glyph: str, word: str, style: str, cause: Cause, width: int) -> list[Content]:
    head = line((f"{glyph} {word} ", f"bold {style}"))
    headline = f"{cause.id.value}: {UNSEEN}" if word.strip() == "unseen" else cause.headline
    lines = wrap(headline, max(width - 2 - head.cell_length, 10))
    return [line(head if index == 0 else " " * head.cell_length, row) for index, row in enumerate(lines)]


def _from_to(changes: Changes) -> Content:
    """The verdict before and the verdict now."""
    before, after = VERDICT[changes.before], VERDICT[changes.after]
    return line(
        (f"{before.glyph} {changes.before.value}", before.style), (" → ", QUIET),
        (f"{after.glyph} {changes.after.value}", f"bold {after.style}"),
    )  # fmt: skip
