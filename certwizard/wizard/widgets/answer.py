"""The answer of a screen: one sentence with glyph, word and colour, the first thing the eye meets."""

from textual.content import Content

from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.symbols import Mark
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76

_GROUNDS = {
    "good": "$background on $text-success",
    "attention": "$background on $text-warning",
    "broken": "$background on $text-error",
    "quiet": "$background on $text-muted",
}


class Answer(Drawing):
    """A badge with glyph and word, and the sentence beside it."""

    def __init__(self, mark: Mark, sentence: str) -> None:
        """Show an answer.

        Args:
            mark: The meaning.
            sentence: The answer in words.
        """
        super().__init__(lambda width: draw_answer(mark, sentence, width))


def draw_answer(mark: Mark, sentence: str, width: int) -> list[Content]:
    """Draw the badge and the sentence, wrapped beside it.

    Args:
        mark: The meaning.
        sentence: The answer in words.
        width: Cells there are.
    """
    badge = line((f" {mark.glyph} {mark.word} ", f"bold {_GROUNDS[mark.badge]}"))
    indent = badge.cell_length + 2
    if indent > width // 2:
        return [badge, *wrap(sentence, min(width, LONGEST_LINE), f"bold {mark.style}")]
    lines = wrap(sentence, min(width, LONGEST_LINE + indent) - indent, f"bold {mark.style}") or [line()]
    first = line(badge, "  ", lines[0])
    return [first, *(line(" " * indent, rest) for rest in lines[1:])]
