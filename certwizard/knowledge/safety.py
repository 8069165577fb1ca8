"""Whether it is safe to go on: the paragraph of a cause's lesson that answers it."""

from certwizard.domain.vocabulary import CauseId

QUESTION = "Is it safe to go on?"
_MARK = f"**{QUESTION}**"


def is_it_safe(cause: CauseId) -> str:
    """Return the answer for a cause, as its lesson gives it; empty where it gives none.

    Args:
        cause: The root cause.
    """
    from certwizard.knowledge.lessons import LessonKind, find_lesson

    lesson = find_lesson(LessonKind.CAUSE, cause.value)
    if lesson is None or _MARK not in lesson.body_markdown:
        return ""
    paragraph = lesson.body_markdown.partition(_MARK)[2].partition("\n\n")[0]
    return " ".join(paragraph.split()).replace("`", "")
