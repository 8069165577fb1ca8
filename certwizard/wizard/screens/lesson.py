"""The lessons on a line of a step: its cause, its field, its check."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.screens.pages import Page, PagesScreen
from certwizard.wizard.widgets.note import Note

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import LessonKind


def lesson_screen(causes: Sequence[Cause], fact: Fact | None, check: CheckId) -> PagesScreen:
    """Return the window with every lesson that belongs to a line.

    Args:
        causes: Causes of the line first, then the step's others.
        fact: The line.
        check: The step's check.
    """
    from certwizard.knowledge.lessons import LessonKind

    wanted = [(LessonKind.CAUSE, cause.id.value) for cause in causes]
    field = [(LessonKind.FIELD, fact.field.value)] if fact else []
    unwell = fact is not None and any(cause.field is fact.field for cause in causes)
    ordered = [*wanted, *field] if unwell or not field else [*field, *wanted]
    pages = [
        page
        for kind, name in [*ordered, (LessonKind.CHECK, check.value)]
        if (page := lesson_page(kind, name))
    ]
    return PagesScreen(pages or [Page("No lesson", lambda: Note("There is no lesson on this yet.", ""))])


def lesson_page(kind: "LessonKind", name: str) -> Page | None:
    """Return a lesson as a page, or None where there is none.

    Args:
        kind: Kind of the lesson.
        name: Its id.
    """
    from certwizard.knowledge.lessons import find_lesson

    lesson = find_lesson(kind, name)
    if lesson is None:
        return None
    sources = [f"- {source}" for source in lesson.sources]
    parts = [
        f"**{lesson.summary}**",
        lesson.body_markdown,
        *(["#### Sources", "\n".join(sources)] if sources else []),
    ]
    text = "\n\n".join(parts)
    return Page(lesson.title, markdown(text), text)


def markdown(text: str) -> Callable[[], Widget]:
    """Return what makes a widget of Markdown; Textual's Markdown is imported when it is shown.

    Args:
        text: The Markdown, the project's own.
    """

    def make() -> Widget:
        from textual.widgets import Markdown

        return Markdown(text, open_links=False)

    return make
