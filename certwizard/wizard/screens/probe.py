"""The live probe: each phase in its place, with times; escape stops waiting."""

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from certwizard.wizard.colouring import colour
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key, with_keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.messages import (
    CommandKnown,
    OptionsRequested,
    ProbeBroke,
    ProbeCancelled,
    ProbeStopped,
    ProgressMade,
    RecheckRequested,
    StartRequested,
    StepAwaited,
    StopRequested,
)
from certwizard.wizard.pictures.block import fold
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.same_command import SAME
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import ATTENTION, BROKEN, HERE, QUIET
from certwizard.wizard.widgets.actions import Actions, WayButton
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.header import Header
from certwizard.wizard.widgets.key_bar import KeyBar
from certwizard.wizard.widgets.note import Note
from certwizard.wizard.widgets.phases import PhaseList
from certwizard.wizard.widgets.rail import Rail

BEAT = 0.1
OWN = (keys.CANCEL, keys.OPTIONS, keys.RECHECK, keys.COPY, keys.NEW_TARGET)
STEPS = (*keys.JUMPS, keys.VERDICT, keys.FIX, keys.PREVENT)
GO_BACK = replace(keys.CANCEL, label="Back")
STOPPED = "Stopped. Nothing was judged."
WAYS_ON = (
    "{options} looks with other options (another address, port, proxy, a longer wait), {recheck} looks again, "
    "{cancel} goes back."
)


class ProbeScreen(FrameScreen):
    """Shows how far the probe is, where its results will stand."""

    question = "Looking at the server and its certificates"
    explanation = (
        "Each line is a phase of the look. Nothing is changed anywhere; {cancel} stops waiting at once. "
        "The key of a step opens it as soon as all is judged."
    )
    commands = (*OWN, *STEPS, *keys.GENERAL)
    footer = (keys.CANCEL, keys.OPTIONS, keys.RECHECK, keys.COPY, keys.NEW_TARGET, keys.HELP, keys.QUIT)
    BINDINGS: ClassVar[list[BindingType]] = bindings((*OWN, *STEPS))

    def __init__(self, title: str) -> None:
        """Show the probe of one subject.

        Args:
            title: How the subject is called.
        """
        super().__init__()
        self.subject_title = title
        self.began = monotonic()
        self.ended = False
        self.command = ""

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
        yield Drawing(self._command_lines, id="command")
        yield Actions((keys.NEW_TARGET, keys.OPTIONS, keys.CANCEL))

    def on_mount(self) -> None:
        """Let the clock run."""
        self.set_interval(BEAT, self._tick)

    def action_go(self, step_id: str) -> None:
        """Mark a step, to be opened as soon as all is judged.

        Args:
            step_id: Id of the step.
        """
        if not self.ended:
            self.post_message(StepAwaited(step_id))
            rail = self.query_one(Rail)
            rail.current = step_id
            rail.redraw()

    @on(ProgressMade)
    def show_progress(self, message: ProgressMade) -> None:
        """Show a report of the probe."""
        self.query_one(PhaseList).show_progress(message.progress)

    @on(ProbeBroke)
    async def show_breakdown(self, message: ProbeBroke) -> None:
        """Say that the program itself failed, and what can be done."""
        words = f"{type(message.error).__name__}: {message.error}"
        note = Note("This look failed inside certwizard, which is a fault of the program.", words, BROKEN)
        note.set_class(True, "breakdown")
        await self._end(note)

    @on(ProbeStopped)
    async def show_stopped(self) -> None:
        """Say that nothing is waited for any more, and what can be done."""
        if not self.ended:
            await self._end(Note(STOPPED, with_keys(WAYS_ON, OWN, self.app), ATTENTION))

    async def _end(self, note: Note) -> None:
        self.ended = True
        self.query_one(PhaseList).stop()
        self.query_one(f"#way-{keys.CANCEL.id}", WayButton).label = GO_BACK.label
        bar = self.query_one(KeyBar)
        bar.commands = (GO_BACK, *bar.commands[1:])
        bar.redraw()
        await self.mount(note, after=self.query_one(PhaseList))

    @on(CommandKnown)
    def show_command(self, message: CommandKnown) -> None:
        """Show the command that does the same."""
        self.command = message.text
        self.query_one("#command", Drawing).redraw()

    def _command_lines(self, width: int) -> list[Content]:
        if not self.command:
            return []
        key = live_key(self.app, keys.COPY)
        copying = clickable(line((key, f"bold {HERE}"), (" copy", QUIET)), "screen.copy")
        head = line((SAME, QUIET), "  ", copying)
        return [head, *fold(colour(self.command, "bash"), width)]

    def _tick(self) -> None:
        if not self.ended and self.is_current:
            self.query_one(Header).stand(self._elapsed())
            self.query_one(PhaseList).tick()

    def _elapsed(self) -> Content:
        return line((f"{monotonic() - self.began:.1f} s", QUIET))

    def action_cancel(self) -> None:
        """Ask to stop waiting; once stopped, to go back."""
        self.post_message(ProbeCancelled() if self.ended else StopRequested())

    def action_options(self) -> None:
        """Ask for a look with other options."""
        self.post_message(OptionsRequested())

    def action_copy(self) -> None:
        """Copy the command that does the same."""
        if self.command:
            copy(self.app, self.command, "the command")

    def action_recheck(self) -> None:
        """Ask to begin again."""
        self.post_message(RecheckRequested())

    def action_new_target(self) -> None:
        """Ask for another target."""
        self.post_message(StartRequested())
