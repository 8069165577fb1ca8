"""Lines of plain text with the glyphs, colours and width that the output can show."""

import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from certwizard.reports.glyphs import ascii_form

if TYPE_CHECKING:  # it brings the types of a diagnosis with it, which `explain` does without
    from certwizard.reports.symbols import Symbol

MAX_WIDTH = 100


class Tone(StrEnum):
    """The four meanings of colour, as SGR codes; all else is plain or dim."""

    GOOD = "32"
    ATTENTION = "33"
    BROKEN = "31"
    HERE = "36"
    DIM = "2"
    STRONG = "1"


TONES: dict[str, Tone] = {"✔": Tone.GOOD, "!": Tone.ATTENTION, "✘": Tone.BROKEN}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the output can show."""

    colour: bool = False
    unicode: bool = True
    width: int = 80
    """Columns; text is set at most 76 wide."""

    def tone(self, text: str, tone: Tone | None) -> str:
        """Return the text in a tone, or as it is where there is no colour."""
        return f"\x1b[{tone.value}m{text}\x1b[0m" if self.colour and tone else text

    def mark(self, symbol: "Symbol", *, word: bool = False) -> str:
        """Return a symbol in its tone, with its word where asked."""
        text = symbol.mark(self.unicode) + (f" {symbol.word}" if word else "")
        return self.tone(text, TONES.get(symbol.glyph, Tone.DIM))

    def mark_word(self, symbol: "Symbol", width: int) -> str:
        """Return a symbol's word in its tone, padded to a width in columns."""
        return self.tone(symbol.word.ljust(width), TONES.get(symbol.glyph, Tone.DIM))

    def plain(self, text: str) -> str:
        """Return text that the output's encoding can carry."""
        return text if self.unicode else ascii_form(text)

    def wrap(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """Return text as lines, wrapped and indented; ``first`` begins the first line."""
        return textwrap.wrap(
            self.plain(text),
            width=min(self.width, MAX_WIDTH),
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def hang(self, head: str, columns: int, text: str, lines: int = 0) -> list[str]:
        """Return text set to the right of a head that already has its tone.

        Args:
            head: What stands on the first line, padded to its columns.
            columns: How many columns the head takes.
            text: The text beside it.
            lines: Cut after so many lines; 0 keeps all.
        """
        wrapped = self.wrap(text, " " * columns) or [""]
        if lines and len(wrapped) > lines:
            wrapped = [*wrapped[: lines - 1], f"{wrapped[lines - 1]} {'…' if self.unicode else '...'}"]
        return [head + wrapped[0][columns:], *wrapped[1:]]
