"""What happens to a message on its way into a bug report: each rule turns a clean text into a messy one."""

import html
import json
import textwrap
from collections.abc import Callable

Rule = Callable[[str], str]


def _hard(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _each_line(text: str, width: int, before: str, after: str = "") -> str:
    return "\n".join(f"{before}{line}{after}" for line in textwrap.wrap(text, width))


def _boxed(text: str) -> str:
    rows = "\n".join(f"│ {line.ljust(50)} │" for line in textwrap.wrap(text, 50))
    return f"╭{'─' * 52}╮\n{rows}\n╰{'─' * 52}╯"


RULES: dict[str, Rule] = {
    "as it is": str,
    "in lower case": str.lower,
    "wrapped between words": lambda text: textwrap.fill(text, 40),
    "broken within words": lambda text: _hard(text, 37),
    "with a time before each line": lambda text: _each_line(text, 60, "2026-11-23T10:00:12.123Z app[77]: "),
    "from a system log": lambda text: f"Nov 23 10:11:12 web1 app[123]: {text}",
    "quoted in a mail": lambda text: _each_line(text, 50, "> "),
    "in a frame": _boxed,
    "as a value in JSON": lambda text: json.dumps({"level": "error", "msg": text}),
    "as JSON within JSON": lambda text: json.dumps(json.dumps({"error": text})),
    "from the source of a page": lambda text: f"<div class='error'><p>{html.escape(text)}</p></div>",
    "with colours": lambda text: f"\x1b[31mERROR\x1b[0m {text}\x1b[K",
    "with typographic signs": lambda text: text.replace("'", "’").replace('"', "“").replace("-", "‑"),
    "with Windows' line ends": lambda text: textwrap.fill(text, 50).replace("\n", "\r\n"),
    "in a letter": lambda text: (
        f"Hi all,\nthis is what I get since Monday:\n\n{text}\n\nCan anybody help? Joe"
    ),
    "without its beginning": lambda text: f"...{text[len(text) // 5 :]}",
    "without its end": lambda text: text[: len(text) * 17 // 20],
    "without its middle": lambda text: f"{text[: len(text) * 9 // 20]} ... {text[len(text) * 3 // 5 :]}",
}
CUTTING = frozenset({"without its beginning", "without its end", "without its middle"})
