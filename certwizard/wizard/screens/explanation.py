"""What a pasted message says, what it can stand for, what it leaves open, and the way to find out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from certwizard.domain.errors import TargetError
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.hearing import target_of
from certwizard.wizard.messages import TargetChosen
from certwizard.wizard.pictures.explained import (
    MARKS,
    draw_asking,
    draw_next,
    draw_seen,
    draw_silence,
    kind_of,
)
from certwizard.wizard.pictures.understood import draw_understood
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.answer import Answer
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.guess_list import GuessList
from certwizard.wizard.widgets.header import Header

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation

_OWN = (keys.FIND_OUT, keys.MEANS, keys.COPY, keys.LEAVE)
_TYPING = (keys.FIND_OUT_TYPING, keys.LEAVE, keys.HELP_TYPING, keys.PALETTE)


class ExplanationScreen(FrameScreen):
    """Explains a message and goes on with the server it speaks of."""

    question = "What does this message mean?"
    explanation = (
        "{means} explains the marked cause. {find-out} looks at the server and opens at the step that decides; "
        "where the message names none, write it into the field below."
    )
    commands = (*_OWN, *keys.GENERAL)
    footer = (keys.FIND_OUT, keys.MEANS, keys.COPY, keys.LEAVE, keys.HELP, keys.PALETTE)
    BINDINGS: ClassVar[list[BindingType]] = bindings(_OWN)

    def __init__(self, heard: "Explanation") -> None:
        """Show an explanation.

        Args:
            heard: What the message says.
        """
        super().__init__()
        self.heard = heard

    def header(self) -> Header:
        """Return who printed the message."""
        who = self.heard.client_title
        return Header(f"a message of {who}" if who else "a message", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the sentence, who said it, the causes, what is left open, and the server."""
        heard = self.heard
        yield Static(self.question, id="question", markup=False)
        yield Answer(MARKS[kind_of(heard)], heard.means or heard.hint)
        parts: list[Widget] = [Drawing(lambda width: draw_seen(heard, width))]
        if heard.guesses:
            parts.append(GuessList(heard.guesses))
        parts.append(Drawing(lambda width: draw_silence(heard, width)))
        yield VerticalScroll(*parts, id="body", can_focus=False)
        server = Input(
            heard.target.input if heard.target else "",
            placeholder="the server's name, as in shop.example.com:443",
            id="server",
            compact=True,
        )
        yield Horizontal(Static("Server", markup=False), server, id="whom")
        yield Drawing(lambda width: draw_next(heard, self._key(), width), id="next")
        yield Actions((keys.LEAVE, *((keys.MEANS,) if heard.guesses else ()), keys.FIND_OUT), keys.FIND_OUT)

    def footer_keys(self) -> tuple[WizardCommand, ...]:
        """Return the keys; where nothing was recognised the field has them, and letters are text."""
        return self.footer if self.heard.guesses else _TYPING

    def _key(self) -> str:
        """The key that goes on."""
        return live_key(self.app, keys.FIND_OUT if self.heard.guesses else keys.FIND_OUT_TYPING)

    def on_mount(self) -> None:
        """Put the keys where the next sensible thing is: on the causes, or on the server that is missing."""
        if self.heard.guesses:
            self.query_one(GuessList).focus(scroll_visible=False)
        else:
            self.query_one("#server").focus(scroll_visible=False)

    @on(Input.Submitted, "#server")
    def action_find_out(self) -> None:
        """Look at the server; where none is named, ask for it."""
        field, said = self.query_one("#server", Input), self.query_one("#next", Drawing)
        target = target_of(field.value.strip())
        if isinstance(target, TargetError):
            said.show(draw_understood(target) if field.value.strip() else draw_asking)
            field.focus()
        else:
            self.post_message(TargetChosen(target, explanation=self.heard))

    @on(Input.Changed, "#server")
    def understand_server(self) -> None:
        """Say which server is understood, where another one is typed than the message names."""
        typed = self.query_one("#server", Input).value.strip()
        named = self.heard.target.input if self.heard.target else ""
        heard = self.heard
        same = typed == named
        draw = (
            (lambda width: draw_next(heard, self._key(), width))
            if same
            else draw_understood(target_of(typed))
        )
        self.query_one("#next", Drawing).show(draw)

    def action_means(self) -> None:
        """Open the lesson on the marked cause."""
        from certwizard.knowledge.lessons import LessonKind, find_lesson
        from certwizard.wizard.screens.lesson import LessonScreen

        for causes in self.query(GuessList):
            wanted = ((LessonKind.CAUSE, causes.guess.id.value), (LessonKind.CHECK, causes.guess.step))
            found = (find_lesson(kind, name) for kind, name in wanted)
            lessons = [lesson for lesson in found if lesson is not None]
            if lessons:
                self.app.push_screen(LessonScreen(lessons))

    def action_copy(self) -> None:
        """Copy the whole explanation as text."""
        from certwizard.reports.explanation_text import render
        from certwizard.reports.paper import Paper

        copy(self.app, render(self.heard, Paper()), "the explanation")

    def action_leave(self) -> None:
        """Go back to the start, with the message still in its field."""
        self.dismiss()
