"""The text of a lesson as plain lines, its Markdown signs taken away."""

import re
from collections.abc import Iterator

from certwizard.reports.paper import Paper

_ITEM = re.compile(r"\s*(?:[-*]|\d{1,2}\.) ")
_AS_IT_IS = ("|", "    ", "```")


def markdown_lines(text: str, paper: Paper) -> Iterator[str]:
    """Yield Markdown with its marks taken away; code and tables stay as they are.

    Args:
        text: The project's own Markdown.
        paper: What the output can show.
    """
    in_code = False
    for paragraph in text.strip().split("\n\n"):
        yield ""
        waiting: list[str] = []
        for row in paragraph.splitlines():
            if row.startswith("```"):
                in_code = not in_code
                continue
            if in_code or row.startswith(_AS_IT_IS):
                yield from (*paper.wrap(" ".join(waiting)), f"   {row.strip('`')}")
                waiting.clear()
            elif _ITEM.match(row):
                yield from paper.wrap(" ".join(waiting))
                waiting = [_bare(row)]
            else:
                waiting.append(_bare(row))
        yield from paper.wrap(" ".join(waiting))


def _bare(row: str) -> str:
    return row.lstrip("# ").replace("**", "").replace("`", "") if row.startswith("#") else _unmarked(row)


def _unmarked(row: str) -> str:
    return row.strip().replace("**", "").replace("`", "")
