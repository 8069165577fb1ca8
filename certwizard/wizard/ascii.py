"""Plain ASCII for terminals that can show no more."""

from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN = {
    "+": "✔┼┌┐└┘╭╮╰╯╋┣┫├┤┬┴",
    "x": "✘×",
    ">": "▸▶→›",
    "<": "◂←‹",
    ".": "·░",
    "-": "─–—▔━",
    "|": "│┃▌▎",
    "o": "○◐◓◑◒",
    "*": "●•",
    "^": "▲↑⇧",
    "v": "▼▾↓",
    "~": "…±",
    "#": "█▓▇▆▅▄▃▂",
    '"': "“”",
    "'": "‘’",
}
_ASCII = str.maketrans({glyph: plain for plain, glyphs in _PLAIN.items() for glyph in glyphs})


@lru_cache(4096)
def to_ascii(text: str) -> str:
    """Write a text in ASCII, in as many cells as it had.

    Args:
        text: Any text.
    """
    plain = text.translate(_ASCII)
    if plain.isascii():
        return plain
    return "".join(char if char.isascii() else "?" * cell_len(char) for char in plain)


class AsciiFilter(LineFilter):
    """Writes every line in ASCII, for terminals whose encoding has no more."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with every glyph in ASCII.

        Args:
            segments: The segments of one line.
            background: The colour behind them.
        """
        return [
            segment if segment.text.isascii() else Segment(to_ascii(segment.text), segment.style)
            for segment in segments
        ]


def can_show_glyphs(encoding: str | None) -> bool:
    """Return whether an output encoding has the glyphs of the interface.

    Args:
        encoding: Name of the encoding, as in ``sys.stdout.encoding``.
    """
    try:
        "✔✘▸●─…".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def locale_shows_glyphs(environment: Mapping[str, str]) -> bool:
    """Return whether the locale of a terminal says that it shows more than ASCII.

    Python writes UTF-8 in the locale C as well; the terminal need not show it. Where no locale is named,
    nothing is known, and the encoding decides.

    Args:
        environment: The environment.
    """
    named = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "")
    return not named or "utf8" in named.lower().replace("-", "")
