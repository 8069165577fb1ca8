"""A lesson as lines of plain text: wrapped to the width there is, commands left whole."""

import re
from collections.abc import Iterable, Iterator

from certwizard.knowledge.lesson_pictures import picture_of
from certwizard.knowledge.lessons import Lesson, find_by_key
from certwizard.reports.glyphs import drawn_in_ascii
from certwizard.reports.paper import Paper, Tone

_INDENT = "  "
_CODE = "    "
_TEXT_WIDTH = 76


def lesson_lines(lesson: Lesson, paper: Paper) -> list[str]:
    """Return a lesson with its sources and where to go next.

    Args:
        lesson: The lesson.
        paper: What the output can show.
    """
    lines = [*titled(lesson.title, paper, "="), *_wrapped(lesson.summary, paper), ""]
    lines += _picture_lines(lesson, paper)
    lines += body_lines(lesson.body_markdown, paper)
    lines += ["", paper.tone("Sources", Tone.STRONG)]
    for source in lesson.sources:
        lines += _wrapped(source, paper, "- ")
    lines += ["", paper.tone("Where to go next", Tone.STRONG), *link_lines(lesson.see_also, paper)]
    return lines


def _picture_lines(lesson: Lesson, paper: Paper) -> list[str]:
    """Return the lesson's picture; its words where it has no room."""
    picture = picture_of(lesson)
    if picture is None:
        return []
    if picture.width + len(_INDENT) > paper.width:
        return [*_wrapped(picture.words, paper), ""]
    drawn = (each if paper.unicode else drawn_in_ascii(each) for each in picture.lines)
    return [*_wrapped(f"{picture.title}:", paper), "", *(f"{_INDENT}{each}".rstrip() for each in drawn), ""]


def titled(title: str, paper: Paper, under: str = "-") -> list[str]:
    """Return a title underlined, and an empty line.

    Args:
        title: The title.
        paper: What the output can show.
        under: What it is underlined with.
    """
    rows = _wrapped(title, paper)
    return [*(paper.tone(row, Tone.STRONG) for row in rows), under * max(map(len, rows)), ""]


def body_lines(markdown: str, paper: Paper) -> list[str]:
    """Return a lesson's body: headings, paragraphs, lists and commands.

    Args:
        markdown: The body as written.
        paper: What the output can show.
    """
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", markdown.strip("\n")):
        lines += [*_block(block, paper), ""]
    return lines[:-1]


def link_lines(keys: Iterable[str], paper: Paper) -> list[str]:
    """Return the commands that show lessons, each with the lesson's title.

    Args:
        keys: Keys such as ``cause/expired``.
        paper: What the output can show.
    """
    found = [lesson for key in keys if (lesson := find_by_key(key)) is not None]
    commands = [f"certwizard learn {lesson.key}" for lesson in found]
    widest = max(map(len, commands), default=0)
    beside = widest + max((len(lesson.title) for lesson in found), default=0) + 4 <= paper.width
    lines = []
    for command, lesson in zip(commands, found, strict=True):
        title = paper.plain(lesson.title)
        lines += (
            [f"{_INDENT}{command:<{widest}}  {title}"] if beside else [f"{_INDENT}{command}", _CODE + title]
        )
    return lines


def _block(block: str, paper: Paper) -> Iterator[str]:
    rows = block.split("\n")
    if rows[0].startswith(_CODE):
        # Never wrapped: a broken command cannot be copied.
        yield from (paper.tone(paper.plain(row), Tone.HERE) for row in rows)
    elif rows[0].startswith("## "):
        yield paper.tone(paper.plain(rows[0][3:]), Tone.STRONG)
        if rows[1:]:
            yield from _block("\n".join(rows[1:]), paper)
    elif rows[0].startswith("- "):
        for item in re.split(r"\n(?=- )", block):
            yield from _wrapped(item[2:], paper, "- ")
    else:
        yield from _wrapped(block, paper)


def _wrapped(text: str, paper: Paper, first: str = "") -> list[str]:
    words = " ".join(text.replace("**", "").split())
    narrow = Paper(paper.colour, paper.unicode, min(paper.width, _TEXT_WIDTH + len(first)))
    return narrow.wrap(words, " " * len(first), first)
