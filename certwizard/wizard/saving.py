"""Writes a block of a screen to a file where the wizard was started; nothing is ever overwritten."""

import re
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}")
_ENDINGS = {
    "calendar": "ics", "csv": "csv", "markdown": "md", "yaml": "yml", "ini": "conf", "bash": "sh", "sh": "sh",
}  # fmt: skip
_CRLF = frozenset({"calendar"})
"""What has lines that end with CR and LF by its standard (RFC 5545)."""
MOST_TRIES = 100


def file_name(where: str, language: str) -> str:
    """Return a plain file name for a block: the last part of where it belongs, else one by its language.

    Args:
        where: The file it belongs into, in words that begin with a path; or empty.
        language: The language of the block.
    """
    last = where.split(",")[0].strip().rpartition("/")[2]
    if _NAME.fullmatch(last) and "." in last.strip("."):
        return last
    return f"certwizard.{_ENDINGS.get(language, 'txt')}"


def save_block(text: str, name: str, language: str, folder: Path) -> Path:
    """Write a block to a file that is not there yet, and return its path.

    Args:
        text: The lines.
        name: The name wished for; a number goes before its ending where it is taken.
        language: The language of the block.
        folder: Where to.

    Raises:
        OSError: The file cannot be written.
    """
    lines = text.rstrip("\n") + "\n"
    data = (lines.replace("\n", "\r\n") if language in _CRLF else lines).encode("utf-8")
    for path in _free_paths(folder, name):
        try:
            with path.open("xb") as stream:
                stream.write(data)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"{name} and {MOST_TRIES} names like it are taken")


def _free_paths(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, dot, ending = name.rpartition(".")
    for number in range(2, MOST_TRIES + 2):
        yield folder / (f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}")
