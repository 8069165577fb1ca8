"""What logs, terminals and mail programs put before each line."""

import re
from collections.abc import Sequence

_STAMP = r"\d{4}[-/]\d\d[-/]\d\d[T\x20]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|\x20?[+-]\d\d:?\d\d)?"
_SYSLOG = r"(?:<\d+>)?[A-Z][a-z]{2}\x20+\d{1,2}\x20\d\d:\d\d:\d\d(?:\x20[\w.-]+\x20[\w./-]+(?:\[\d+\])?:)?"
_PREFIX = re.compile(
    rf"""\s*(?:
        [│║┃┆▌▏>|#*•❱]+ (?=\s|\w)
      | \[?{_STAMP}\]?
      | {_SYSLOG}
      | \[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?(?=\s)
      | \[\s*\d+\.\d+\]
      | [IWEF]\d{{4}}\ \d\d:\d\d:\d\d\.\d+\s+\d+\ [\w.-]+:\d+\]
      | \#\d+\ (?:\d+\.\d+\ )?
      | [\w.-]{{1,40}}\s*\|\s
      | \d{{1,6}}\s*[|│]\s
      | npm\ (?:ERR!|error|WARN|warn)(?=\s)
      | (?:remote|stderr|stdout|E|W|Err:\d+):(?=\s)
      | \[[A-Za-z]{{3,9}}\](?=\s)
      | \[[\w./:-]{{1,40}}\](?=\s)
      | (?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|CRITICAL|SEVERE|NOTICE)(?:\s*[:|-]|\s\s)(?=\s|\w)
    )\s*""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d")
_MOST_PARTS = 5
_SHORTEST, _LONGEST = 3, 80


def without_prefixes(lines: Sequence[str]) -> list[str]:
    """Return the lines without timestamps, levels, program names and quoting before them.

    Args:
        lines: The lines of one paste.
    """
    shared = _shared_prefix(lines)
    return [_stripped(line[shared:] if len(line) > shared else line) for line in lines]


def _stripped(line: str) -> str:
    position = 0
    for _ in range(_MOST_PARTS):
        found = _PREFIX.match(line, position)
        if found is None or found.end() == position or found.end() >= len(line):
            break
        position = found.end()
    return line[position:]


def _shared_prefix(lines: Sequence[str]) -> int:
    """Return the length of what every line begins with, digits aside, as far as it looks like no message."""
    if len(lines) < 2:
        return 0
    first, last = (side(_DIGITS.sub("0", line) for line in lines) for side in (min, max))
    same = next(
        (place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    common = first[:same]  # what the first and the last in order share, all share
    end = max(common.rfind(sign) for sign in " :]|>") + 1
    return end if _SHORTEST <= end <= _LONGEST else 0
