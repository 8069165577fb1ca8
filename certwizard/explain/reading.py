"""A pasted text made ready for recognition: its lines, and its words in one normal form."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from certwizard.explain.normal import CUT, normal
from certwizard.explain.prefixes import without_prefixes
from certwizard.explain.undressing import undress

FEW_LINES = 400
"""A text of so many lines may be one message in pieces; a longer one is a log."""
MOST_LINES = 3000
_LONGEST_LINE = 20_000
_TELLING = re.compile(
    r"cert|ssl|tls|x509|pkix|handshake|trust|issuer|revo|ocsp|crl|verif|hostname|host name|alert|curl|0x80|800[9b]"
    r"|-98\d\d|-120\d|-67\d\d\d|-21468|-12\d\d\d|-8[01]\d\d|err_|error 52[56]|principal|peer|\bca\b|cipher|protocol"
    r"|untrusted|self.signed|expired|anchor|clock|altname|pinn"
)
_NUMBERS = re.compile(r"[0-9a-f]*\d[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several lines in a row, with the way back to the lines."""

    text: str
    """Begins and ends with a space, so that whole words can be searched for."""
    starts: tuple[int, ...]

    def line_at(self, position: int) -> int:
        """Return the number of the line at a position."""
        return max(bisect_right(self.starts, position) - 1, 0)


@dataclass(frozen=True)
class Reading:
    """A text as it is searched."""

    lines: tuple[str, ...]
    """Without escapes and entities, in their own spelling."""

    @cached_property
    def lower(self) -> str:
        """All lines in lower case, for marks and codes."""
        return "\n".join(self.lines).lower()

    @cached_property
    def words(self) -> Words:
        """The words of the lines as they stand."""
        return words_of(self.lines)

    @cached_property
    def joined(self) -> Words:
        """The words without what logs put before each line and with broken words mended, so that a message reads on."""
        return mended(words_of(without_prefixes(self.lines))) if len(self.lines) <= FEW_LINES else self.words

    @cached_property
    def whole(self) -> str:
        """The whole text in normal form."""
        return self.words.text.strip()


def read(text: str) -> Reading:
    """Return a text ready to be searched; of a long log only what may speak of TLS, each kind of line once.

    Args:
        text: What was pasted or piped in.
    """
    lines = [_bounded(line) for line in undress(text).split("\n") if not line.isspace() and line]
    if len(lines) > FEW_LINES:
        lines = _telling_lines(lines)
    return Reading(tuple(lines))


def _bounded(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + CUT


def _telling_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines that may matter, with the one before and after, each kind once."""
    kinds: dict[str, str] = {}
    wanted = -1
    for number, line in enumerate(lines):
        lower = line.lower()
        if _TELLING.search(lower):
            if number and wanted < number - 1:
                kinds.setdefault(_NUMBERS.sub("0", lines[number - 1].lower()), lines[number - 1])
            wanted = number + 1
        elif number > wanted:
            continue
        kinds.setdefault(_NUMBERS.sub("0", lower), line)
        if len(kinds) >= MOST_LINES:
            break
    return list(kinds.values())


def words_of(lines: Iterable[str]) -> Words:
    """Return the words of lines in a row.

    Args:
        lines: The lines.
    """
    parts, starts, length = [], [], 1
    for line in lines:
        part = normal(line)
        parts.append(part)
        starts.append(length)
        length += len(part) + 1
    return Words(f" {' '.join(parts)} ", tuple(starts))


def mended(words: Words) -> Words:
    """Return words where one that was broken at the end of a line is whole again.

    Args:
        words: The words of lines in a row.
    """
    from certwizard.explain.phrases import vocabulary

    known = vocabulary()
    pieces, starts, shift = [], [1], 0
    last = 1
    for start in words.starts[1:]:
        before = words.text[: start - 1].rpartition(" ")[2]
        after = words.text[start:].partition(" ")[0]
        broken = before + after in known and not (before in known and after in known)
        pieces.append(words.text[last : start - 1 if broken else start])
        shift += broken
        starts.append(start - shift)
        last = start
    return Words(f" {''.join(pieces)}{words.text[last:]}", tuple(starts)) if shift else words
