"""What an output encoding can show, and the plain forms of what it cannot."""

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "─": "-", "…": "...",
        "→": "->", "›": ">", "·": ".", "×": "x", "≤": "<=", "≥": ">=", "✔": "+", "✘": "x", "•": "*",
        "\N{NO-BREAK SPACE}": " ",
    }
)  # fmt: skip


_LINES = str.maketrans(
    {"─": "-", "│": "|", "▸": ">", "◂": "<", "▼": "v", "▲": "^", "●": "*", "○": "o", "✔": "+", "✘": "x"}
    | dict.fromkeys("┌┐└┘├┤┬┴┼", "+")
)


def can_show_glyphs(encoding: str | None) -> bool:
    """Return whether an output encoding can show the glyphs.

    Args:
        encoding: Name of the encoding, as in ``sys.stdout.encoding``.
    """
    try:
        "✔✘·…".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def ascii_form(text: str) -> str:
    """Return text in ASCII: typographic signs as their plain forms, all else as an escape."""
    return text.translate(_PLAIN).encode("ascii", "backslashreplace").decode("ascii")


def drawn_in_ascii(row: str) -> str:
    """Return a row of a drawing in ASCII, each sign in one column as before.

    Args:
        row: The row.
    """
    return row.translate(_LINES).encode("ascii", "replace").decode("ascii")
