"""The list of targets of ``--from``: one a line, comments and blank lines left out."""

import codecs
import sys
from collections.abc import Iterator

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError

MAX_TARGETS = 100_000
MAX_BYTES = 16 * 1024 * 1024

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def listed_targets(path: str) -> tuple[tuple[int, str], ...]:
    """Return line number and words of every target of a list.

    Args:
        path: The file; ``-`` is standard input.

    Raises:
        OptionError: Where it cannot be read, is too long or names nothing.
    """
    lines = _decoded(_read(path)).splitlines()
    found = tuple(_targets(lines))
    if not found:
        raise OptionError(f"--from {clean(path, 200)} names no target; expected one a line")
    if len(found) > MAX_TARGETS:
        raise OptionError(f"--from names {len(found)} targets; expected at most {MAX_TARGETS} at once")
    return found


def _targets(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        # A comment stands alone or after a space: paths and URLs hold # as well.
        word = line.split(" #", 1)[0].split("\t#", 1)[0].strip()
        if word and not word.startswith("#"):
            yield number, word


def _read(path: str) -> bytes:
    """Read a list, which may come from a pipe (``--from <(command)``), within its bound."""
    try:
        if path == "-":
            if sys.stdin is None:
                raise OptionError("--from - reads standard input, which is closed; expected a list there")
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OptionError(f"--from {clean(path, 200)} cannot be read: {clean(words)}") from error
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        raise OptionError(f"--from {clean(path, 200)} is larger than {size}; expected targets, one a line")
    return data


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    return data.decode("utf-8", "surrogateescape")
