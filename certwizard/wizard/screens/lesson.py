"""Lessons in a window over the step: the pages of a line, and every lesson that they lead to."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Markdown

from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CheckId
from certwizard.knowledge.lesson_pictures import picture_of
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import keys_of, told_apart, with_keys
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.lesson_picture import draw_lesson_picture
from certwizard.wizard.pictures.lesson_trail import draw_tabs, draw_trail
from certwizard.wizard.screens.pages import PageBody
from certwizard.wizard.teaching import further, lessons_on
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.key_bar import KeyBar
from certwizard.wizard.widgets.link_list import WITH_DIGIT, LinkList

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson


class LessonScreen(ModalScreen[None]):
    """Shows lessons; links lead on to others, escape comes back along the trail."""

    commands: ClassVar[tuple[WizardCommand, ...]] = (
        keys.LESSON_BACK,
        keys.LINKS,
        keys.SEARCH_LESSONS,
        keys.NEXT_LESSON,
        keys.LESSON_BEFORE,
        keys.COPY,
        keys.CLOSE_LESSON,
        keys.HELP,
    )
    AUTO_FOCUS = "PageBody"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(commands),
        *(
            Binding(str(digit), f"follow({digit - 1})", "Link", show=False)
            for digit in range(1, WITH_DIGIT + 1)
        ),
    ]

    def __init__(self, lessons: Sequence["Lesson"], shown: int = 0) -> None:
        """Show lessons.

        Args:
            lessons: The most fitting one first; at least one.
            shown: Which one first.
        """
        super().__init__()
        self.lessons = tuple(lessons)
        self.shown = shown
        self.trail: list[Lesson] = []
        """Lessons that links led to, after the one of `lessons` that is shown."""

    @property
    def lesson(self) -> "Lesson":
        """The lesson that is shown."""
        return self.trail[-1] if self.trail else self.lessons[self.shown]

    def compose(self) -> ComposeResult:
        """Lay the trail, the lesson and the keys."""
        with Vertical(id="window"):
            yield Drawing(self._titles, id="titles")
            yield PageBody(*self._body(), id="page")
            yield KeyBar(self._keys())

    def _keys(self) -> list[WizardCommand]:
        several = [keys.NEXT_LESSON, keys.LESSON_BEFORE] if len(self.lessons) > 1 else []
        return [keys.LESSON_BACK, keys.LINKS, keys.SEARCH_LESSONS, *several, keys.COPY]

    def _titles(self, width: int) -> list[Content]:
        if self.trail:
            return draw_trail([self.lessons[self.shown], *self.trail], width)
        return draw_tabs([lesson.title for lesson in self.lessons], self.shown, width)

    def _body(self) -> Iterator[Widget]:
        picture = picture_of(self.lesson)
        if picture is None:
            yield Markdown(lesson_markdown(self.lesson), open_links=False)
        else:
            yield Markdown(f"**{self.lesson.summary}**", open_links=False)
            yield Drawing(lambda width: draw_lesson_picture(picture, width), id="lesson-picture")
            yield Markdown(body_markdown(self.lesson), open_links=False)
        yield LinkList(further(self.lesson))

    async def _show(self) -> None:
        body = self.query_one("#page", PageBody)
        await body.remove_children()
        await body.mount_all(self._body())
        body.scroll_home(animate=False)
        body.focus()
        self.query_one("#titles", Drawing).redraw()

    async def go_to(self, lesson: "Lesson") -> None:
        """Show a lesson, one step further on the trail.

        Args:
            lesson: The lesson.
        """
        self.trail.append(lesson)
        await self._show()

    @on(LinkList.Followed)
    async def take_link(self, event: LinkList.Followed) -> None:
        """Follow a link."""
        from certwizard.knowledge.lessons import find_by_key

        lesson = find_by_key(event.key)
        if lesson is not None:
            await self.go_to(lesson)

    @on(LinkList.Left)
    def return_to_text(self) -> None:
        """Let the keys scroll again."""
        self.query_one("#page", PageBody).focus()

    def action_follow(self, index: int) -> None:
        """Follow the link with a digit.

        Args:
            index: Which one.
        """
        self.query_one(LinkList).action_follow(index)

    def action_links(self) -> None:
        """Go to the links, or back to the text."""
        links = self.query_one(LinkList)
        if links.has_focus:
            self.return_to_text()
        else:
            links.focus()

    async def action_back_to(self, index: int) -> None:
        """Come back to a lesson of the trail.

        Args:
            index: Its place; 0 is where the trail began.
        """
        del self.trail[index:]
        await self._show()

    async def action_back(self) -> None:
        """Come back one step, or close."""
        if self.trail:
            await self.action_back_to(len(self.trail) - 1)
        else:
            self.dismiss()

    async def action_show_page(self, index: int) -> None:
        """Show a certain one of the first lessons.

        Args:
            index: Which one.
        """
        self.shown = index % len(self.lessons)
        self.trail = []
        await self._show()

    async def action_page(self, distance: int) -> None:
        """Show the next of the first lessons, or the one before.

        Args:
            distance: 1 or -1.
        """
        await self.action_show_page(self.shown + distance)

    def action_search(self) -> None:
        """Search in all lessons."""
        from certwizard.wizard.screens.lessons import LessonsScreen

        self.app.push_screen(LessonsScreen())

    def action_copy(self) -> None:
        """Copy the lesson."""
        copy(self.app, lesson_markdown(self.lesson), self.lesson.title)

    def action_close(self) -> None:
        """Return to the step."""
        self.dismiss()

    def action_help(self) -> None:
        """Say which keys there are."""
        from certwizard.wizard.screens.help import help_screen

        told = "Links lead on; {lesson-back} comes back along the line at the top. A digit opens the link beside it."
        words = with_keys(told, self.commands, self.app)
        self.app.push_screen(
            help_screen("What does this mean?", words, told_apart(self.commands, keys_of(self.app)))
        )


def lesson_screen(causes: Sequence[Cause], fact: Fact | None, check: CheckId) -> LessonScreen:
    """Return the window with every lesson that belongs to a line.

    Args:
        causes: Causes of the line first, then the step's others.
        fact: The line.
        check: The step's check.
    """
    return LessonScreen(lessons_on(causes, fact, check))


def lesson_markdown(lesson: "Lesson") -> str:
    """Return a lesson as Markdown, its sources at the end.

    Args:
        lesson: The lesson.
    """
    return f"**{lesson.summary}**\n\n{body_markdown(lesson)}"


def body_markdown(lesson: "Lesson") -> str:
    """Return the text of a lesson behind its summary, its sources at the end.

    Args:
        lesson: The lesson.
    """
    sources: Iterable[str] = (f"- {source}" for source in lesson.sources)
    return "\n\n".join([lesson.body_markdown, "#### Sources", "\n".join(sources)])
