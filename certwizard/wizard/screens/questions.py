"""The questions of a chapter, one after the other, and how they were answered."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from certwizard.knowledge.course import Chapter, chapters
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import BROKEN, GOOD, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.question_view import QuestionView


class QuestionsScreen(FrameScreen):
    """Asks the questions of a chapter."""

    question = "What have you learnt?"
    explanation = (
        "Choose with the arrows and {answer}, or with a digit. The first answer to a question counts."
    )
    commands = (keys.ANSWER, keys.LEAVE, *keys.GENERAL)
    footer = (keys.ANSWER, keys.LEAVE, keys.HELP, keys.PALETTE)
    BINDINGS: ClassVar[list[BindingType]] = bindings((keys.ANSWER, keys.LEAVE))

    def __init__(self, keeper: CourseKeeper, chapter: Chapter) -> None:
        """Ask the questions of a chapter.

        Args:
            keeper: The course as this wizard goes through it.
            chapter: The chapter.
        """
        super().__init__()
        self.keeper = keeper
        self.chapter = chapter
        self.index = 0
        self.is_finished = False
        """Whether the user went through all of them."""

    def header(self) -> Header:
        """Return which chapter it is."""
        number = chapters().index(self.chapter) + 1
        return Header(f"course · chapter {number}: {self.chapter.title}", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return where one is, the question, and how it was answered."""
        yield Drawing(self._place, id="place")
        body = VerticalScroll(QuestionView(self.chapter.questions[0]), id="body", can_focus=False)
        yield body
        yield Drawing(self._standing, id="standing")

    def on_mount(self) -> None:
        """Let the keys go to the answers."""
        self._view.focus()

    @property
    def _key(self) -> str:
        return live_key(self.app, keys.ANSWER)

    @property
    def _view(self) -> QuestionView:
        return self.query_one(QuestionView)

    def _place(self, width: int) -> list[Content]:
        return [line((f"Question {self.index + 1} of {len(self.chapter.questions)}", QUIET))]

    def _standing(self, width: int) -> list[Content]:
        view = self._view
        if view.chosen is None:
            return [line((f"↑ ↓ and {self._key}, or a digit.", QUIET))]
        right = view.asked.answers[view.chosen].right
        glyph, word, style = ("✔", "Right.", GOOD) if right else ("✘", "Not so.", BROKEN)
        last = self.index == len(self.chapter.questions) - 1
        onward = f"{self._score()} {self._key} goes on." if last else f"{self._key} asks the next question."
        return [line((f"{glyph} {word}", f"bold {style}"), (f"  {onward}", QUIET))]

    def _score(self) -> str:
        of = len(self.chapter.questions)
        return f"{self.keeper.progress.right(self.chapter)} of {of} right in this chapter."

    @on(QuestionView.Chosen)
    def take(self, event: QuestionView.Chosen) -> None:
        """Remember an answer."""
        question = self.chapter.questions[self.index]
        self.keeper.take(self.keeper.progress.with_answer(self.chapter, question, event.index))
        self.query_one("#standing", Drawing).redraw()

    def action_answer(self) -> None:
        """Choose the marked answer; then go on."""
        view = self._view
        if view.chosen is None:
            view.action_choose(view.cursor)
        elif self.index == len(self.chapter.questions) - 1:
            self.is_finished = True
            self.dismiss()
        else:
            self.index += 1
            view.ask(self.chapter.questions[self.index])
            for name in ("#place", "#standing"):
                self.query_one(name, Drawing).redraw()
            self.query_one("#body").scroll_home(animate=False)

    def action_leave(self) -> None:
        """Go back to the chapter."""
        self.dismiss()
