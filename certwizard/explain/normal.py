"""The one form in which words are compared: lower case, single spaces, no punctuation."""

import re

CUT = "…"
"""The one sign that stays: here something was left out."""

_SEPARATORS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()} | {"'": None})
_OTHER_SIGNS = re.compile(rf"[^\w\s{CUT}]+")


def normal(text: str) -> str:
    """Return the words of a text in lower case, apostrophes dropped and all other signs as spaces.

    Args:
        text: One or more lines, with plain quotes.
    """
    text = text.lower().translate(_SEPARATORS)
    if not text.isascii():
        text = _OTHER_SIGNS.sub(" ", text).replace(CUT, f" {CUT} ")
    return " ".join(text.split())
