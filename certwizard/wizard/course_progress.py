"""How far somebody is in the course: kept in the user's state folder, and nowhere else.

What cannot be read counts as nothing done; what cannot be written is forgotten at the end.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from certwizard.knowledge.course import Chapter, Question, chapters

MOST_BYTES = 64 * 1024
_FORM = 1


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """What was answered and practised."""

    answers: Mapping[str, int] = field(default_factory=dict)
    """By the question's key (``dates/clock``): which answer was given first."""
    practised: frozenset[str] = frozenset()
    """Ids of chapters whose scenario was opened."""
    read: frozenset[str] = frozenset()
    """Ids of chapters of which a lesson was opened."""

    def answered(self, chapter: Chapter) -> int:
        """Return how many questions of a chapter have an answer."""
        return sum(chapter.key_of(each) in self.answers for each in chapter.questions)

    def right(self, chapter: Chapter) -> int:
        """Return how many questions of a chapter were answered rightly."""
        return sum(self.answers.get(chapter.key_of(each)) == each.right for each in chapter.questions)

    def done(self, chapter: Chapter) -> bool:
        """Whether each question of a chapter has an answer."""
        return self.answered(chapter) == len(chapter.questions)

    def with_answer(self, chapter: Chapter, question: Question, answer: int) -> "CourseProgress":
        """Return the progress with one more answer; the first one given counts."""
        key = chapter.key_of(question)
        return self if key in self.answers else replace(self, answers={**self.answers, key: answer})

    def with_practice(self, chapter: Chapter) -> "CourseProgress":
        """Return the progress with a chapter's practice begun."""
        return replace(self, practised=self.practised | {chapter.id})

    def with_reading(self, chapter: Chapter) -> "CourseProgress":
        """Return the progress with a chapter's lessons opened."""
        return replace(self, read=self.read | {chapter.id})


def score(progress: CourseProgress) -> tuple[int, int]:
    """Return how many questions of the whole course were answered rightly, and of how many.

    Args:
        progress: How far somebody is.
    """
    every = chapters()
    return sum(progress.right(each) for each in every), sum(len(each.questions) for each in every)


def first_open(progress: CourseProgress) -> int:
    """Return the index of the first chapter that is not done; the last one where all are.

    Args:
        progress: How far somebody is.
    """
    every = chapters()
    return next((index for index, each in enumerate(every) if not progress.done(each)), len(every) - 1)


def load_progress() -> CourseProgress:
    """Return what was kept; nothing done where there is none or it cannot be read."""
    try:
        with _place().open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        return _understood(json.loads(data)) if len(data) <= MOST_BYTES else CourseProgress()
    except (OSError, ValueError, RecursionError):
        return CourseProgress()


def save_progress(progress: CourseProgress) -> bool:
    """Keep the progress, whole or not at all; False where it cannot be kept.

    Args:
        progress: How far somebody is.
    """
    kept = {
        "form": _FORM,
        "answers": dict(progress.answers),
        "practised": sorted(progress.practised),
        "read": sorted(progress.read),
    }
    try:
        place = _place()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(place, json.dumps(kept, indent=1).encode())
    except (OSError, ValueError):
        return False
    return True


def forget_progress() -> bool:
    """Begin anew; False where what was kept cannot be removed."""
    try:
        _place().unlink(missing_ok=True)
    except (OSError, ValueError):
        return False
    return True


def _place() -> Path:
    """Return the file; a state folder that is not absolute is ignored (XDG base directory specification)."""
    named = os.environ.get("XDG_STATE_HOME", "")
    folder = Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~/.local/state"))
    return folder / "certwizard" / "course.json"


def _replace(place: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".course.", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(name, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _understood(kept: object) -> CourseProgress:
    """Return what of a file fits the course of today; the rest is left out."""
    if not isinstance(kept, dict) or kept.get("form") != _FORM:
        return CourseProgress()
    answers = kept.get("answers")
    given = answers if isinstance(answers, dict) else {}
    places = {chapter.key_of(each): len(each.answers) for chapter in chapters() for each in chapter.questions}
    ids = {chapter.id for chapter in chapters()}

    def known(words: object) -> frozenset[str]:
        return (
            frozenset(each for each in words if isinstance(each, str)) & ids
            if isinstance(words, list)
            else frozenset()
        )

    return CourseProgress(
        answers={
            key: given[key]
            for key, count in places.items()
            if type(given.get(key)) is int and 0 <= given[key] < count
        },
        practised=known(kept.get("practised")),
        read=known(kept.get("read")),
    )
