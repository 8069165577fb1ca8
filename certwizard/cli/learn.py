"""``certwizard learn``: the lessons in the terminal."""

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from certwizard.cli.output import paper_for
from certwizard.cli.streams import say
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.knowledge.lessons import (
    KIND_TITLES,
    Lesson,
    LessonKind,
    all_lessons,
    find_lesson,
    lesson_ids,
)
from certwizard.knowledge.part_lessons import look_up
from certwizard.reports.lesson_text import lesson_lines
from certwizard.reports.paper import Paper, Tone

COURSE = "course"
NAME_WIDTH = 28
NARROW = 60
"""Below so many columns a title stands under its name."""
MOST_HITS = 20
LONGEST = 200


def run_learn(namespace: argparse.Namespace) -> int:
    """List the lessons, search in them, or show the one asked for.

    Args:
        namespace: The parsed arguments of ``learn``.

    Raises:
        OptionError: Where no lesson fits the words.
    """
    if namespace.topic[:1] == [COURSE] and not namespace.search:
        from certwizard.cli.course import run_course

        return run_course(namespace.topic[1:])
    words = " ".join(namespace.topic).strip()[:LONGEST]
    paper = paper_for(sys.stdout)
    if namespace.search:
        lines = _search(words, paper)
    elif words:
        lines = _show(words, paper)
    else:
        lines = _list(paper)
    say("\n".join(lines) + "\n")
    return 0


def _list(paper: Paper) -> list[str]:
    lines: list[str] = []
    for kind, title in KIND_TITLES.items():
        lines += [paper.tone(title, Tone.STRONG)]
        lines += _rows([lesson for lesson in all_lessons() if lesson.kind is kind], paper)
        lines += [""]
    return [
        *lines,
        "Show one with:      certwizard learn NAME",
        "Search in them:     certwizard learn --search WORDS",
        "Take the course:    certwizard learn course",
    ]


def _rows(lessons: Sequence[Lesson], paper: Paper) -> list[str]:
    lines = []
    for lesson in lessons:
        if paper.width < NARROW:
            lines += [f"  {lesson.id}", *paper.wrap(lesson.title, "      ")]
            continue
        lines += paper.wrap(lesson.title, " " * (NAME_WIDTH + 3), f"  {lesson.id:<{NAME_WIDTH}} ")
    return lines


def _search(words: str, paper: Paper) -> list[str]:
    if not words:
        raise OptionError("--search got no words; expected something to look for in the lessons")
    found = look_up(words)
    if not found:
        raise OptionError(_nothing(words))
    head = f"Lessons that speak of {clean(words, 80)}, best first ({len(found)}):"
    more = [f"  and {len(found) - MOST_HITS} more"] if len(found) > MOST_HITS else []
    return [*paper.wrap(head), *_rows(found[:MOST_HITS], paper), *more]


def _show(words: str, paper: Paper) -> list[str]:
    exact = _named(words)
    if exact:
        return [line for lesson in exact for line in [*_lesson(lesson, paper), ""]][:-1]
    found = look_up(words)
    if not found:
        raise OptionError(_nothing(words))
    return _lesson(found[0], paper) if len(found) == 1 else _search(words, paper)


def _lesson(lesson: Lesson, paper: Paper) -> list[str]:
    """Return a lesson; one on a cause with what visitors see of it."""
    if lesson.kind is not LessonKind.CAUSE:
        return lesson_lines(lesson, paper)
    from certwizard.domain.vocabulary import CauseId
    from certwizard.reports.visitor_text import visitor_lines

    return [*lesson_lines(lesson, paper), "", *visitor_lines(CauseId(lesson.id), paper)]


def _named(words: str) -> list[Lesson]:
    """Return the lessons of that very name; a term and a field may share one."""
    name = words.lower().replace(" ", "-")
    kind, _, rest = name.partition("/")
    kinds = [LessonKind(kind)] if rest and kind in set(LessonKind) else list(LessonKind)
    named = [k for k in kinds if (rest or name) in lesson_ids(k)]
    return [lesson for k in named if (lesson := find_lesson(k, rest or name)) is not None]


def _nothing(words: str) -> str:
    near = near_names(words)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"no lesson on {clean(words, 80)}{hint}; expected a name from `certwizard learn`"


def near_names(words: str) -> list[str]:
    """Return at most five names of lessons that look or sound like the words.

    Args:
        words: What was asked for.
    """
    names = {lesson.id: lesson.id for lesson in all_lessons()}
    names |= {lesson.title.casefold(): lesson.id for lesson in all_lessons()}
    wanted = words.casefold().rpartition("/")[2]
    close = get_close_matches(wanted.replace(" ", "-"), names, n=5, cutoff=0.6)
    close += get_close_matches(wanted, names, n=5, cutoff=0.6)
    for word in wanted.replace("-", " ").split():
        close += get_close_matches(word, names, n=2, cutoff=0.75)
    return list(dict.fromkeys(names[each] for each in close))[:5]
