"""The lessons on a line of a step: its cause, its field, its check."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.screens.pages import Page, PagesScreen
from certwizard.wizard.teaching import lessons_on
from certwizard.wizard.widgets.note import Note

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson


def lesson_screen(causes: Sequence[Cause], fact: Fact | None, check: CheckId) -> PagesScreen:
    """Return the window with every lesson that belongs to a line.

    Args:
        causes: Causes of the line first, then the step's others.
        fact: The line.
        check: The step's check.
    """
    return lesson_pages(lessons_on(causes, fact, check))


def lesson_pages(lessons: Iterable["Lesson"]) -> PagesScreen:
    """Return the window with lessons, one a page.

    Args:
        lessons: The most fitting one first.
    """
    pages = [lesson_page(lesson) for lesson in lessons]
    return PagesScreen(pages or [Page("No lesson", lambda: Note("There is no lesson on this yet.", ""))])


def lesson_page(lesson: "Lesson") -> Page:
    """Return a lesson as a page.

    Args:
        lesson: The lesson.
    """
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
