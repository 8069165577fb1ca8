"""The pictures of lessons, drawn in text: small enough for every window, and each told in words as well.

Each picture is a file of its own (lesson_texts/picture/<id>.toml); several lessons may share one.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from certwizard.knowledge.lessons import Lesson


@dataclass(frozen=True, slots=True)
class LessonPicture:
    """One picture."""

    id: str
    title: str
    words: str
    """What it shows, for those who do not see it."""
    lines: tuple[str, ...]
    """The drawing."""

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return max(map(len, self.lines))


@cache
def find_picture(name: str) -> LessonPicture | None:
    """Return a picture, or None where there is none of that id.

    Args:
        name: Its id, as a lesson names it.
    """
    if name not in picture_ids():
        return None
    text = files("certwizard.knowledge").joinpath("lesson_texts", "picture", f"{name}.toml")
    row = tomllib.loads(text.read_text(encoding="utf-8"))
    return LessonPicture(name, row["title"], row["words"], tuple(row["drawing"].strip("\n").split("\n")))


@cache
def picture_ids() -> tuple[str, ...]:
    """Return the ids of all pictures in alphabetical order."""
    folder = files("certwizard.knowledge").joinpath("lesson_texts", "picture")
    names = (entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


def picture_of(lesson: Lesson) -> LessonPicture | None:
    """Return the picture of a lesson; None where it has none.

    Args:
        lesson: The lesson.
    """
    return find_picture(lesson.picture) if lesson.picture else None
