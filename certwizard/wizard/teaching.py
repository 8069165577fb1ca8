"""Which lessons belong to a line of a step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from certwizard.diagnosis.result import Cause, Fact
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
