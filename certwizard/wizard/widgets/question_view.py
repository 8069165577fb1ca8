"""A question with its answers: arrows, digits and the mouse choose; then each answer says why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from certwizard.wizard.pictures.course import draw_question
from certwizard.wizard.widgets.drawing import Drawing

if TYPE_CHECKING:
    from certwizard.knowledge.course import Question


class QuestionView(Drawing, can_focus=True):
    """Shows one question after the other."""

    DEFAULT_CSS = "QuestionView { margin: 0 1 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next answer", show=False),
        Binding("up,k", "move(-1)", "Answer before", show=False),
        *(
            Binding(str(digit), f"choose({digit - 1})", f"Answer {digit}", show=False)
            for digit in range(1, 10)
        ),
    ]

    @dataclass
    class Chosen(Message):
        """An answer was chosen."""

        index: int

    def __init__(self, question: "Question") -> None:
        """Ask a question.

        Args:
            question: The question.
        """
        super().__init__(self._lines, id="question-view")
        self.ask(question)

    def ask(self, question: "Question") -> None:
        """Ask another question.

        Args:
            question: The question.
        """
        self.asked = question
        self.cursor = 0
        self.chosen: int | None = None
        self.redraw()

    def action_move(self, distance: int) -> None:
        """Move the mark; once an answer was chosen, scroll.

        Args:
            distance: Answers down.
        """
        if self.chosen is None:
            self.cursor = (self.cursor + distance) % len(self.asked.answers)
            self.redraw()
        elif self.parent is not None:
            self.screen.query_one("#body").scroll_relative(y=distance, animate=False)

    def action_choose(self, index: int) -> None:
        """Choose an answer; the first choice stands.

        Args:
            index: Which one.
        """
        if self.chosen is None and 0 <= index < len(self.asked.answers):
            self.cursor = self.chosen = index
            self.redraw()
            self.post_message(self.Chosen(index))

    def _lines(self, width: int) -> list[Content]:
        return draw_question(self.asked, self.cursor, self.chosen, width)
