"""The lessons: one short text for each check, cause, certificate field, further extension and term.

Each lesson is a file of its own (lesson_texts/<kind>/<id>.md): TOML between two lines of ``+++``,
then Markdown. Only the lesson that is asked for is read.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_FENCE = "+++\n"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class LessonKind(StrEnum):
    """What a lesson is about."""

    CHECK = "check"
    CAUSE = "cause"
    FIELD = "field"
    EXTENSION = "extension"
    TERM = "term"


KIND_TITLES = {
    LessonKind.CHECK: "Checks",
    LessonKind.CAUSE: "Causes",
    LessonKind.FIELD: "Certificate fields",
    LessonKind.EXTENSION: "Further extensions",
    LessonKind.TERM: "Terms",
}
"""What a list of each kind is called."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson, as written."""

    kind: LessonKind
    id: str
    """The id of the check, cause or field; for a term its own short name."""
    title: str
    summary: str
    """Two sentences."""
    body_markdown: str
    sources: tuple[str, ...]
    see_also: tuple[str, ...]
    """Keys of other lessons, such as ``cause/expired``."""
    picture: str = ""
    """Id of its picture (`certwizard.knowledge.lesson_pictures`); empty where it has none."""

    @property
    def key(self) -> str:
        """The lesson's name among all kinds: ``cause/expired``."""
        return f"{self.kind}/{self.id}"


@cache
def find_lesson(kind: LessonKind, id: str) -> Lesson | None:  # noqa: A002 - the vocabulary's word
    """Return one lesson, or None where there is none; reads that file alone."""
    if not _ID.fullmatch(id):
        return None
    entry = _folder(kind).joinpath(f"{id}.md")
    return _parse(kind, id, entry.read_text(encoding="utf-8")) if entry.is_file() else None


def find_by_key(key: str) -> Lesson | None:
    """Return the lesson with a key such as ``cause/expired``, or None."""
    kind, _, name = key.partition("/")
    return find_lesson(LessonKind(kind), name) if kind in set(LessonKind) else None


def lesson_ids(kind: LessonKind) -> tuple[str, ...]:
    """Return the ids of one kind in alphabetical order, reading no lesson."""
    names = (entry.name for entry in _folder(kind).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


def all_lessons() -> tuple[Lesson, ...]:
    """Return every lesson: checks, causes, fields, extensions, terms, each in alphabetical order."""
    found = (find_lesson(kind, name) for kind in LessonKind for name in lesson_ids(kind))
    return tuple(lesson for lesson in found if lesson is not None)


def search_lessons(words: str) -> tuple[Lesson, ...]:
    """Return the lessons that hold every word, best first: by id, title, summary, then text."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    ranked = ((_rank(lesson, wanted), lesson) for lesson in all_lessons())
    return tuple(lesson for rank, lesson in sorted(ranked, key=lambda pair: -pair[0]) if rank)


def _rank(lesson: Lesson, wanted: list[str]) -> int:
    """Score a lesson: the worst word counts, so that each word has to be somewhere."""
    name = lesson.id.replace("-", " ")
    return (
        min(_word_rank(lesson, name, word) for word in wanted) + (" ".join(wanted) in (name, lesson.id)) * 8
    )


def _word_rank(lesson: Lesson, name: str, word: str) -> int:
    if word in name.split() or word == lesson.id:
        return 5
    places = (lesson.body_markdown, lesson.summary, lesson.title, name)
    return max((rank for rank, place in enumerate(places, start=1) if word in place.casefold()), default=0)


def _parse(kind: LessonKind, name: str, text: str) -> Lesson:
    _, head, body = text.split(_FENCE, 2)
    meta = tomllib.loads(head)
    return Lesson(
        kind=kind,
        id=name,
        title=meta["title"],
        summary=meta["summary"],
        body_markdown=body.strip() + "\n",
        sources=tuple(meta["sources"]),
        see_also=tuple(meta["see_also"]),
        picture=meta.get("picture", ""),
    )


def _folder(kind: LessonKind) -> Traversable:
    return files("certwizard.knowledge").joinpath("lesson_texts", kind)
