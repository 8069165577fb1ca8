"""A chapter of the course: what to read, what to find in the lab, and the questions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from certwizard.knowledge.course import chapters
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import keys_of, live
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.messages import ScenarioChosen
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.pictures.course import LONGEST_LINE, mark_of, part_row
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson


class ChapterScreen(FrameScreen):
    """Shows one chapter; `following` is the chapter to go on with once it is closed."""

    explanation = (
        "{do-it} does what is marked: reads a lesson, opens a server of the practice lab, or asks the questions. "
        "From the lab, {course} comes back to the course."
    )
    commands = (
        keys.DO_IT, keys.NEXT_CHAPTER, keys.CHAPTER_BEFORE, keys.LEAVE, *keys.GENERAL,
    )  # fmt: skip
    footer = (
        keys.DO_IT, keys.NEXT_CHAPTER, keys.CHAPTER_BEFORE, keys.LEAVE, keys.HELP, keys.PALETTE,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        (keys.DO_IT, keys.NEXT_CHAPTER, keys.CHAPTER_BEFORE, keys.LEAVE)
    )

    def __init__(self, keeper: CourseKeeper, index: int) -> None:
        """Show a chapter.

        Args:
            keeper: The course as this wizard goes through it.
            index: Which chapter.
        """
        super().__init__()
        self.keeper = keeper
        self.index = index
        self.chapter = keeper.open(index)
        self.following: int | None = None

    def header(self) -> Header:
        """Return which chapter it is."""
        return Header(f"course · chapter {self.index + 1} of {len(chapters())}", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the goal, what is to do, and words on what is marked."""
        yield Static(self.chapter.title, id="question", classes="title", markup=False)
        yield Drawing(
            lambda width: wrap(f"Afterwards: {self.chapter.goal}", min(width, LONGEST_LINE)), id="goal"
        )
        yield OptionList(id="parts", markup=False, compact=True)
        yield Drawing(self._about, id="about")

    def on_mount(self) -> None:
        """Let the keys go to what is to do."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Show what is done by now, and mark what comes next."""
        listed = self.query_one(OptionList)
        before = listed.highlighted
        listed.clear_options()
        listed.add_options([Option(row) for row in self._rows()])
        if before is None:
            before = self._first_undone()
        listed.highlighted = min(before, listed.option_count - 1)

    def _lessons(self) -> list["Lesson"]:
        from certwizard.knowledge.lessons import find_by_key

        return [lesson for key in self.chapter.lessons if (lesson := find_by_key(key)) is not None]

    def _rows(self) -> list[Content]:
        progress, chapter = self.keeper.progress, self.chapter
        read = mark_of(chapter.id in progress.read)
        rows = [part_row(read, "Read", lesson.title) for lesson in self._lessons()]
        practised = mark_of(chapter.id in progress.practised)
        answered, of = progress.answered(chapter), len(chapter.questions)
        state = f"{progress.right(chapter)} of {of} right" if answered else "check yourself"
        return [
            *rows,
            part_row(practised, "Practise", chapter.practice.scenario, "in the lab"),
            part_row(mark_of(answered == of, answered > 0), "Answer", f"{of} questions", state),
        ]

    def _first_undone(self) -> int:
        progress, lessons = self.keeper.progress, len(self._lessons())
        if self.chapter.id not in progress.read:
            return 0
        return lessons if self.chapter.id not in progress.practised else lessons + 1

    @on(OptionList.OptionHighlighted)
    def tell(self) -> None:
        """Say what the marked row is about."""
        self.query_one("#about", Drawing).redraw()

    def _about(self, width: int) -> list[Content]:
        marked, lessons = self.query_one(OptionList).highlighted or 0, self._lessons()
        room = min(width, LONGEST_LINE)
        if marked < len(lessons):
            return [*wrap(lessons[marked].title, room, "bold"), *wrap(lessons[marked].summary, room, QUIET)]
        practice = self.chapter.practice
        if marked == len(lessons):
            rows = wrap(practice.task, room)
            if self.chapter.id in self.keeper.progress.practised:
                rows += wrap(f"To be seen: {practice.found}", room, QUIET)
            return rows
        return [line(("A reason for every answer comes with it; the first answer counts.", QUIET))]

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        event.stop()
        self.action_do(event.option_index)

    def action_do(self, index: int | None = None) -> None:
        """Do what is marked, and mark what follows.

        Args:
            index: Which row; None takes the marked one.
        """
        listed, lessons = self.query_one(OptionList), self._lessons()
        chosen = listed.highlighted if index is None else index
        if chosen is None:
            return
        listed.highlighted = min(chosen + 1, listed.option_count - 1)
        if chosen < len(lessons):
            self._read(lessons, chosen)
        elif chosen == len(lessons):
            self._practise()
        else:
            self._answer()

    def _read(self, lessons: list["Lesson"], index: int) -> None:
        from certwizard.wizard.screens.lesson import LessonScreen

        self.keeper.take(self.keeper.progress.with_reading(self.chapter))
        self.app.push_screen(LessonScreen(lessons, index))

    def _practise(self) -> None:
        self.keeper.take(self.keeper.progress.with_practice(self.chapter))
        way_back = live(keys.COURSE, keys_of(self.app)).shown_keys.replace(" ", " or ")
        self.notify(f"{way_back} comes back to the course.", markup=False, timeout=6)
        self.app.post_message(ScenarioChosen(self.chapter.practice.scenario))

    def _answer(self) -> None:
        from certwizard.wizard.screens.questions import QuestionsScreen

        asked = QuestionsScreen(self.keeper, self.chapter)
        self.app.push_screen(asked, lambda _: self.action_chapter(1) if asked.is_finished else None)

    def action_chapter(self, distance: int) -> None:
        """Go on to the next chapter, or to the one before.

        Args:
            distance: 1 or -1.
        """
        self.following = self.index + distance
        self.dismiss()

    def action_leave(self) -> None:
        """Go back to the list of chapters."""
        self.dismiss()
