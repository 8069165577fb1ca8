"""All lessons as a list by kind, narrowed by typing; enter reads the marked one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.lesson_list import LessonList

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

_OWN = (keys.LEAVE, keys.COURSE_TYPING, keys.HELP_TYPING, keys.QUIT_TYPING)


class LessonsScreen(FrameScreen):
    """Lists the lessons; typing searches in them."""

    question = "What do you want to know?"
    explanation = (
        "Every check, fault, field, extension and term has a lesson. Type a word, a number (OID) or a piece of an "
        "error message to search in all of them."
    )
    commands = (keys.READ, *_OWN, keys.PALETTE, keys.THEME)
    footer = (keys.READ, keys.LEAVE, keys.COURSE_TYPING, keys.HELP_TYPING, keys.PALETTE, keys.QUIT_TYPING)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(_OWN),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(8)", "Page down", show=False),
        Binding("pageup", "move(-8)", "Page up", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """Return the search field, the list, and what the marked lesson is about."""
        yield Static(self.question, id="question", markup=False)
        yield Input(placeholder="type to search in all lessons", id="filter")
        yield LessonList()
        yield Drawing(id="about")

    def on_mount(self) -> None:
        """Fill the list; the keys stay with the field."""
        listed = self.query_one(LessonList)
        listed.can_focus = False
        listed.fill("")

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show what fits the words typed."""
        self.query_one(LessonList).fill(event.value)

    @on(OptionList.OptionHighlighted)
    def tell(self) -> None:
        """Say what the marked lesson is about."""
        lesson = self.query_one(LessonList).marked
        self.query_one("#about", Drawing).show(lambda width: _about(lesson, width))

    def action_move(self, distance: int) -> None:
        """Move the mark.

        Args:
            distance: Rows down.
        """
        self.query_one(LessonList).move(distance)

    @on(Input.Submitted)
    @on(LessonList.Chosen)
    def action_open(self) -> None:
        """Read the marked lesson."""
        from certwizard.wizard.screens.lesson import LessonScreen

        lesson = self.query_one(LessonList).marked
        if lesson is not None:
            self.app.push_screen(LessonScreen((lesson,)))

    def action_leave(self) -> None:
        """Forget what was typed, else go back."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self.dismiss()


def _about(lesson: "Lesson | None", width: int) -> list[Content]:
    if lesson is None:
        return [line(("No lesson holds that. Try fewer or other words.", QUIET))]
    room = min(width, 76)
    return [*wrap(lesson.title, room, "bold"), *wrap(lesson.summary, room, QUIET)][:4]
