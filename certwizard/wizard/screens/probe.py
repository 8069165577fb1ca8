"""The live probe: each phase in its place, with times; escape stops waiting."""

from collections.abc import Iterable
from time import monotonic
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.messages import (
    ProbeBroke,
    ProbeCancelled,
    ProgressMade,
    RecheckRequested,
    StartRequested,
)
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import BROKEN, QUIET
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.note import Note
from certwizard.wizard.widgets.phases import PhaseList
from certwizard.wizard.widgets.rail import Rail

BEAT = 0.1


class ProbeScreen(FrameScreen):
    """Shows how far the probe is, where its results will stand."""

    question = "Looking at the server and its certificates"
    explanation = "Each line is a phase of the look. Nothing is changed anywhere; esc stops waiting at once."
    commands = (keys.CANCEL, keys.RECHECK, keys.NEW_TARGET, *keys.GENERAL)
    footer = (keys.CANCEL, keys.NEW_TARGET, keys.HELP, keys.QUIT)
    BINDINGS: ClassVar[list[BindingType]] = bindings((keys.CANCEL, keys.RECHECK, keys.NEW_TARGET))

    def __init__(self, title: str) -> None:
        """Show the probe of one subject.

        Args:
            title: How the subject is called.
        """
        super().__init__()
        self.subject_title = title
        self.began = monotonic()
        self.broken = False

    def header(self) -> Header:
        """Return the subject and the time it takes."""
        return Header(self.subject_title, self._elapsed())

    def rail(self) -> Rail:
        """Return the rail with every step pending."""
        return Rail(None, {})

    def body(self) -> Iterable[Widget]:
        """Return the phases."""
        yield Static(self.question, id="question", markup=False)
        yield PhaseList()
        yield Actions((keys.NEW_TARGET, keys.CANCEL))

    def on_mount(self) -> None:
        """Let the clock run."""
        self.set_interval(BEAT, self._tick)

    @on(ProgressMade)
    def show_progress(self, message: ProgressMade) -> None:
        """Show a report of the probe."""
        self.query_one(PhaseList).show_progress(message.progress)

    @on(ProbeBroke)
    async def show_breakdown(self, message: ProbeBroke) -> None:
        """Say that the program itself failed, and what can be done."""
        self.broken = True
        words = f"{type(message.error).__name__}: {message.error}"
        note = Note("This look failed inside certwizard, which is a fault of the program.", words, BROKEN)
        note.set_class(True, "breakdown")
        await self.mount(note, after=self.query_one(PhaseList))

    def _tick(self) -> None:
        if not self.broken and self.is_current:
            self.query_one(Header).stand(self._elapsed())
            self.query_one(PhaseList).tick()

    def _elapsed(self) -> Content:
        return line((f"{monotonic() - self.began:.1f} s", QUIET))

    def action_cancel(self) -> None:
        """Ask to stop waiting."""
        self.post_message(ProbeCancelled())

    def action_recheck(self) -> None:
        """Ask to begin again."""
        self.post_message(RecheckRequested())

    def action_new_target(self) -> None:
        """Ask for another target."""
        self.post_message(StartRequested())
