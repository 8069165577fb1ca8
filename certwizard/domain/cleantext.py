r"""Makes text from certificates, servers and files harmless to show.

What could move the cursor, hide, reorder or pile up characters becomes visible as an escape such as
``\x1b`` or ``\u202e``, so that the reader sees that something stood there.
"""

from collections.abc import Iterator
from unicodedata import category, combining

ELLIPSIS = "…"
_SPACES = frozenset("\t\n\v\f\r ")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Default_Ignorable and blank characters whose category says letter, mark or symbol.
_BLANK_LOOKING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_MARK_CATEGORIES = frozenset({"Mn", "Me"})
_MOST_MARKS = 3
_LINE_LIMIT = 500


def clean(text: str, limit: int = _LINE_LIMIT) -> str:
    """Return one harmless line of at most `limit` characters, cut with an ellipsis.

    Every run of white space becomes one space; the ends are stripped.
    """
    if len(text) <= limit and _is_plain(text) and "  " not in text:
        return text.strip(" ")
    pieces: list[str] = []
    length = 0
    for piece in _folded(_visible_pieces(text)):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            return _cut("".join(pieces), limit)
    return "".join(pieces)


def escape(text: str, limit: int = _LINE_LIMIT) -> str:
    """Return harmless text that keeps its spaces, for values where a stray space is evidence."""
    if len(text) <= limit and _is_plain(text):
        return text
    pieces: list[str] = []
    length = 0
    for piece in _visible_pieces(text):
        shown = _hex_form(piece) if piece in _SPACES and piece != " " else piece
        pieces.append(shown)
        length += len(shown)
        if length > limit:
            return _cut("".join(pieces), limit)
    return "".join(pieces)


def clean_block(text: str, *, lines: int = 40, limit: int = 200) -> str:
    """Return at most `lines` harmless lines of at most `limit` characters each.

    Indentation and blank lines stay; tabs become four spaces. What was left out shows as an ellipsis.
    """
    rows = text.split("\n", lines)
    shown = [_block_line(row.removesuffix("\r"), limit) for row in rows[:lines]]
    while shown and not shown[-1]:
        shown.pop()
    if len(rows) > lines and rows[lines].strip():
        shown.append(ELLIPSIS)
    return "\n".join(shown)


def _block_line(row: str, limit: int) -> str:
    body = row.lstrip(" \t")
    indent = len(row[: min(len(row) - len(body), limit)].expandtabs(4))
    indent = min(indent, limit // 2)
    return (" " * indent + clean(body, limit - indent)).rstrip(" ")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _visible_pieces(text: str) -> Iterator[str]:
    """Yield the characters one by one, the harmful ones as escapes."""
    marks = _MOST_MARKS  # a mark with nothing to stand on would sit on what comes before the text
    for char in text:
        if char in _SPACES or category(char) == "Zs":
            marks = _MOST_MARKS
            yield char if char in _SPACES else " "
        elif not _is_mark(char):
            marks = 0
            yield _hex_form(char) if _is_hidden(char) else char
        else:
            marks += 1
            if marks <= _MOST_MARKS + 1:
                yield _hex_form(char) if marks > _MOST_MARKS or _is_hidden(char) else char


def _is_mark(char: str) -> bool:
    return category(char) in _MARK_CATEGORIES or combining(char) != 0


def _is_hidden(char: str) -> bool:
    if category(char) in _HIDDEN_CATEGORIES or char in _BLANK_LOOKING:
        return True
    return any(ord(char) in selectors for selectors in _VARIATION_SELECTORS)


def _hex_form(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _folded(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the pieces with each run of white space as one space and none at the ends."""
    waiting, started = False, False
    for piece in pieces:
        if piece in _SPACES:
            waiting = started
            continue
        if waiting:
            yield " "
            waiting = False
        started = True
        yield piece


def _cut(text: str, limit: int) -> str:
    return text[: max(limit - 1, 0)].rstrip(" ") + ELLIPSIS if limit > 0 else ""
