"""The course: its chapters, how far the user is, and the score."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from certwizard.knowledge.course import COURSE_TITLE, chapters, course_minutes
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.course_progress import score
from certwizard.wizard.pictures.course import chapter_row, draw_score
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp


class CourseScreen(FrameScreen):
    """Lists the chapters; enter opens the marked one."""

    question = f"{COURSE_TITLE}: {len(chapters())} chapters, {course_minutes()} minutes"
    explanation = (
        "Each chapter has lessons to read, something to find in the practice lab, and questions to check yourself. "
        "The first answer to a question counts. Your progress stays on this machine, in your state folder."
    )
    commands = (keys.OPEN_CHAPTER, keys.LEAVE, keys.BEGIN_ANEW, *keys.GENERAL)
    footer = (keys.OPEN_CHAPTER, keys.LEAVE, keys.LESSONS, keys.HELP, keys.PALETTE)
    BINDINGS: ClassVar[list[BindingType]] = bindings((keys.OPEN_CHAPTER, keys.LEAVE, keys.BEGIN_ANEW))
    app: "CertwizardApp"

    @property
    def keeper(self) -> CourseKeeper:
        """The course as this wizard goes through it."""
        return self.app.course

    def header(self) -> Header:
        """Return the name of the course."""
        return Header("course", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the chapters and the score."""
        yield Static(self.question, id="question", markup=False)
        yield OptionList(id="chapters", markup=False, compact=True)
        yield Drawing(self._score, id="about")

    def on_mount(self) -> None:
        """Mark the chapter to go on with."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Show how far the user is now."""
        listed = self.query_one(OptionList)
        rows = enumerate(chapters())
        listed.clear_options()
        listed.add_options(
            [Option(chapter_row(index, each, self.keeper.progress), id=each.id) for index, each in rows]
        )
        listed.highlighted = self.keeper.place()
        self.query_one("#about", Drawing).redraw()

    def _score(self, width: int) -> list[Content]:
        progress = self.keeper.progress
        answered = sum(progress.answered(each) for each in chapters())
        key = live_key(self.app, keys.OPEN_CHAPTER)
        return draw_score(*score(progress), answered, self.keeper.is_kept, key, width)

    @on(OptionList.OptionSelected)
    def open_chapter(self, event: OptionList.OptionSelected) -> None:
        """Open a chapter."""
        event.stop()
        self.action_chapter(event.option_index)

    def action_open(self) -> None:
        """Open the marked chapter."""
        marked = self.query_one(OptionList).highlighted
        if marked is not None:
            self.action_chapter(marked)

    def action_chapter(self, index: int) -> None:
        """Open a chapter; after the last one the list with the score is shown.

        Args:
            index: Which one.
        """
        from certwizard.wizard.screens.chapter import ChapterScreen

        if 0 <= index < len(chapters()):
            chapter = ChapterScreen(self.keeper, index)
            self.app.push_screen(chapter, lambda _: self._go_on(chapter.following))

    def _go_on(self, following: int | None) -> None:
        if following is not None:
            self.action_chapter(following)

    def action_begin_anew(self) -> None:
        """Forget all answers."""
        self.keeper.begin_anew()
        self.on_screen_resume()
        self.notify("The course begins anew.", markup=False, timeout=3)

    def action_leave(self) -> None:
        """Go back to where the course was opened."""
        self.dismiss()
