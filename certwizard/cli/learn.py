"""``certwizard learn``: the lessons in the terminal."""

import argparse

from certwizard.cli.streams import say
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.knowledge.lessons import (
    Lesson,
    LessonKind,
    all_lessons,
    find_lesson,
    lesson_ids,
    search_lessons,
)


def run_learn(namespace: argparse.Namespace) -> int:
    """List the lessons, or show the one asked for.

    Args:
        namespace: The parsed arguments of ``learn``.

    Raises:
        OptionError: Where no lesson fits the words.
    """
    words = " ".join(namespace.topic).strip()
    say(_list() if not words else _show(words))
    return 0


def _list() -> str:
    titles = {
        LessonKind.CHECK: "Checks",
        LessonKind.CAUSE: "Causes",
        LessonKind.FIELD: "Certificate fields",
        LessonKind.EXTENSION: "Further extensions",
        LessonKind.TERM: "Terms",
    }
    parts = []
    for kind, title in titles.items():
        rows = [f"  {lesson.id:<28} {lesson.title}" for lesson in all_lessons() if lesson.kind is kind]
        parts.append("\n".join([title, *rows]))
    return "\n\n".join(parts) + "\n\nShow one with: certwizard learn NAME\n"


def _show(words: str) -> str:
    name = words.lower().replace(" ", "-")
    kind, _, rest = name.partition("/")
    kinds = [LessonKind(kind)] if rest and kind in set(LessonKind) else list(LessonKind)
    named = [k for k in kinds if (rest or name) in lesson_ids(k)]
    exact = [lesson for k in named if (lesson := find_lesson(k, rest or name)) is not None]
    found: list[Lesson] = exact or list(search_lessons(words))
    if not found:
        raise OptionError(f"no lesson on {clean(words, 80)}; expected a name from `certwizard learn`")
    if len(found) > 1 and not exact:
        rows = "".join(f"  {lesson.id:<28} {lesson.title}\n" for lesson in found[:20])
        return f"Lessons that speak of {clean(words, 80)}:\n{rows}"
    return "\n".join(_text(lesson) for lesson in found)


def _text(lesson: Lesson) -> str:
    sources = "".join(f"  {source}\n" for source in lesson.sources)
    see_also = "".join(f"  certwizard learn {other}\n" for other in lesson.see_also)
    body = (
        f"{lesson.title}\n{'=' * len(lesson.title)}\n\n{lesson.summary}\n\n{lesson.body_markdown.strip()}\n"
    )
    return f"{body}\nSources\n{sources}" + (f"\nSee also\n{see_also}" if see_also else "")
