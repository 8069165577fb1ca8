"""The lesson beside a step, where the terminal is wide enough: it follows the mark."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.knowledge.lesson_pictures import picture_of
from certwizard.knowledge.lessons import Lesson
from certwizard.reports.paper import Paper
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.lesson_text import markdown_lines
from certwizard.wizard.pictures.canvas import clickable, line, wrap
from certwizard.wizard.pictures.lesson_picture import draw_lesson_picture
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

WHOLE = 70
"""From this many cells on, the first lesson is shown whole."""


class Aside(Drawing):
    """The titles and summaries of the lessons on the marked line."""

    DEFAULT_CSS = """
    Aside {
        width: 48; height: 1fr; padding: 0 0 0 3; margin-top: 1; display: none;
        &.-whole { width: 80; }
    }
    """

    def tell(self, lessons: Sequence[Lesson]) -> None:
        """Show other lessons.

        Args:
            lessons: The most fitting one first.
        """
        self.show(lambda width: draw_lessons(lessons, live_key(self.app, keys.MEANS), width))


def draw_lessons(lessons: Sequence[Lesson], key: str, width: int) -> list[Content]:
    """Draw title and summary of each lesson.

    Args:
        lessons: The most fitting one first.
        key: The key that opens the whole lesson.
        width: Cells there are.
    """
    rows: list[Content] = []
    if lessons and width >= WHOLE:
        return [*draw_whole(lessons[0], width), *draw_lessons(lessons[1:], key, WHOLE - 1)]
    for lesson in lessons:
        rows += [*wrap(lesson.title, width, f"bold {HERE}"), *wrap(lesson.summary, width), line()]
    if rows:
        rows.append(clickable(line((key, f"bold {HERE}"), (" the whole lesson", QUIET)), "screen.means"))
    return rows


def draw_whole(lesson: Lesson, width: int) -> list[Content]:
    """Draw a lesson with its text.

    Args:
        lesson: The lesson.
        width: Cells there are.
    """
    rows = [*wrap(lesson.title, width, f"bold {HERE}"), *wrap(lesson.summary, width)]
    if (picture := picture_of(lesson)) is not None:
        rows += [line(), *draw_lesson_picture(picture, width)]
    return [*rows, *(line(row) for row in markdown_lines(lesson.body_markdown, Paper(width=width))), line()]
