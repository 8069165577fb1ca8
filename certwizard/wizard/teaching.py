"""Which lessons belong to a line of a step, and to a part of a certificate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.findings import UNWELL

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson


def lessons_on(causes: Sequence[Cause], fact: Fact | None, check: CheckId) -> list["Lesson"]:
    """Return the lessons that belong to a line: where it is broken its cause first, else its field.

    Args:
        causes: Causes of the line first, then the step's others.
        fact: The line.
        check: The step's check.
    """
    from certwizard.knowledge.lessons import LessonKind, find_lesson

    wanted = [(LessonKind.CAUSE, cause.id.value) for cause in causes]
    field = [(LessonKind.FIELD, fact.field.value)] if fact else []
    broken = fact is None or fact.status in UNWELL
    ordered = [*wanted, *field] if broken else [*field, *wanted]
    found = (find_lesson(kind, name) for kind, name in [*ordered, (LessonKind.CHECK, check.value)])
    return [lesson for lesson in found if lesson is not None]


def lesson_of(part: Part, root: Part) -> "Lesson | None":
    """Return the lesson on a part of a certificate: of its extension, else of its field.

    Args:
        part: The part, perhaps deep inside an extension.
        root: The whole certificate.
    """
    from certwizard.knowledge.part_lessons import lesson_on_part

    around = (each for each in root.children if each.topic and _holds(each, part))
    return lesson_on_part(next((each.topic for each in around), ""), part.field)


def lessons_on_part(causes: Sequence[Cause], part: Part, root: Part) -> list["Lesson"]:
    """Return the lessons on a part of a certificate: what is wrong with it first.

    Args:
        causes: The causes found on its field.
        part: The part.
        root: The whole certificate.
    """
    from certwizard.knowledge.lessons import LessonKind, find_lesson

    found = [find_lesson(LessonKind.CAUSE, cause.id.value) for cause in causes]
    own = lesson_of(part, root)
    field = find_lesson(LessonKind.FIELD, part.field.value) if part.field else None
    found += [own, *([field] if field is not own else [])]
    found.append(find_lesson(LessonKind.CHECK, CheckId.CERTIFICATE.value))
    return list(dict.fromkeys(lesson for lesson in found if lesson is not None))


def further(lesson: "Lesson") -> list["Lesson"]:
    """Return the lessons that a lesson leads to.

    Args:
        lesson: The lesson.
    """
    from certwizard.knowledge.lessons import find_by_key

    return [found for key in lesson.see_also if (found := find_by_key(key)) is not None]


def _holds(outer: Part, part: Part) -> bool:
    return outer is part or (outer.start <= part.start and part.start < part.end <= outer.end)
