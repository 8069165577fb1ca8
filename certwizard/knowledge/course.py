"""The course "an hour on certificates": chapters in their order, with practice and questions.

Each chapter is a file of its own (course/<number>-<id>.toml).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

COURSE_TITLE = "An hour on certificates"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose."""

    text: str
    why: str
    """Why it is right, or why it is not."""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question to check oneself, with exactly one right answer."""

    id: str
    ask: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> int:
        """Index of the right answer."""
        return next(index for index, answer in enumerate(self.answers) if answer.right)


@dataclass(frozen=True, slots=True)
class Practice:
    """Something to find in the practice lab."""

    scenario: str
    """Id of a scenario of the lab."""
    task: str
    found: str
    """What is to be seen there."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter."""

    id: str
    title: str
    minutes: int
    goal: str
    lessons: tuple[str, ...]
    """Keys of lessons, such as ``cause/expired``."""
    practice: Practice
    questions: tuple[Question, ...]

    def key_of(self, question: Question) -> str:
        """Return a question's name among all chapters: ``dates/clock``."""
        return f"{self.id}/{question.id}"


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in their order."""
    folder = files("certwizard.knowledge").joinpath("course")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_chapter(tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))) for name in names)


def course_minutes() -> int:
    """Return how long all chapters take together."""
    return sum(chapter.minutes for chapter in chapters())


def _chapter(row: dict[str, Any]) -> Chapter:
    questions = (
        Question(each["id"], each["ask"], tuple(Answer(**answer) for answer in each["answers"]))
        for each in row["questions"]
    )
    return Chapter(
        id=row["id"],
        title=row["title"],
        minutes=row["minutes"],
        goal=row["goal"],
        lessons=tuple(row["lessons"]),
        practice=Practice(**row["practice"]),
        questions=tuple(questions),
    )
