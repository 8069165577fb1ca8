"""The step Verdict: what is wrong, who notices, and whether it is safe to go on."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from certwizard.domain.vocabulary import Role
from certwizard.knowledge.safety import QUESTION
from certwizard.wizard.advising import advice_for
from certwizard.wizard.blocks import Block
from certwizard.wizard.case import Case, verdict_text
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.answers import draw_answers
from certwizard.wizard.pictures.clients import draw_clients, draw_sides
from certwizard.wizard.pictures.repairs import draw_repairs
from certwizard.wizard.screens.walk import WalkScreen
from certwizard.wizard.steps import find_step
from certwizard.wizard.storing import save_marked
from certwizard.wizard.styles import BROKEN, QUIET
from certwizard.wizard.symbols import SEVERITY, VERDICT
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.answer import Answer
from certwizard.wizard.widgets.cause_list import CauseList
from certwizard.wizard.widgets.changed import Changed
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.confirmed import Confirmed
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.note import Notes, Told
from certwizard.wizard.widgets.visit import advice_widgets, browser_widgets

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp


OWN = (keys.SHOW_STEP, keys.REPORT, keys.SAVE)
VAST = 180
TALL = 36
"""From this many columns and lines on, the clients stand beside the causes."""


class VerdictScreen(WalkScreen):
    """One sentence anybody understands; root cause; who refuses; what turns it green; is it safe; the rest."""

    commands = (*keys.JUDGED, *OWN, *keys.GENERAL)
    footer = (
        keys.FIX,
        keys.SHOW_STEP,
        keys.MEANS_BESIDE_TICK,
        keys.REPORT,
        keys.RECHECK,
        keys.HELP,
        keys.PALETTE,
    )
    explanation = (
        "{its-step} goes to the step of the marked cause, {means} explains it, {report} saves a report."
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings((*keys.JUDGED, *OWN))
    app: "CertwizardApp"

    def __init__(self, case: Case) -> None:
        """Show the verdict of a case.

        Args:
            case: The diagnosed target.
        """
        super().__init__(case, find_step("verdict"))

    def body(self) -> Iterable[Widget]:
        """Return the sentence, what changed, the causes, the clients and the advice."""
        diagnosis = self.case.diagnosis
        yield Static(self.step.question, id="question", markup=False)
        yield Answer(VERDICT[diagnosis.verdict], diagnosis.headline)
        parts: list[Widget] = []
        if self.case.confirmation is not None:
            parts.append(Confirmed(self.case.confirmation))
        if self.case.changes is not None:
            parts.append(Changed(self.case.changes))
        visits = self.app.role is Role.VISITOR
        if visits:
            parts += advice_widgets(self.case)
        if diagnosis.causes:
            parts.append(CauseList(diagnosis))
        else:
            parts.append(Drawing(lambda width: draw_sides(diagnosis.clients, width), id="sides"))
            parts.append(Drawing(lambda width: draw_answers(diagnosis, width)))
        if visits:
            parts += browser_widgets(self.case, self.app)
        parts.append(Drawing(lambda width: draw_repairs(diagnosis.repairs, width), id="repairs"))
        parts.append(Notes(tuple(self._notes())))
        parts.append(Drawing(self._clients, id="clients"))
        beside = Drawing(self._clients, id="clients-beside")
        body = VerticalScroll(*parts, id="body", can_focus=False)
        yield Horizontal(body, VerticalScroll(beside, id="beside", can_focus=False), id="columns")
        onward = self.footer_keys()[0]
        means = (keys.MEANS,) if diagnosis.causes else ()
        yield Actions((keys.BACK, *means, keys.REPORT, keys.RECHECK, onward), onward)

    def _clients(self, width: int) -> list[Content]:
        return draw_clients(self.case.diagnosis.clients, width, live_key(self.app, keys.RAW))

    def _notes(self) -> Iterable[Told]:
        """Yield whether it is safe, why it is so, and what the role has to know."""
        if self.case.safety and self.app.role is not Role.VISITOR:
            yield QUESTION, self.case.safety, QUIET
        if root := self.case.diagnosis.root_cause:
            yield "Why", root.explanation, SEVERITY[root.severity].style
        for each in advice_for(self.case.diagnosis, self.app.role):
            yield each.title, each.text, BROKEN if each.warns else QUIET

    def footer_keys(self) -> tuple[WizardCommand, ...]:
        """Return the keys of the footer; with nothing to repair, the way to prevention comes first."""
        return self.footer if self.case.diagnosis.causes else (keys.PREVENT, *self.footer[3:])

    def on_mount(self) -> None:
        """Put the cursor on the root cause."""
        for causes in self.query(CauseList):
            causes.focus(scroll_visible=False)
            return
        self.focus_body()

    def on_resize(self, event: events.Resize) -> None:
        """Put the clients beside the causes where there is room.

        Args:
            event: The new size.
        """
        beside = event.size.width >= VAST and event.size.height >= TALL
        self.query("#beside").set(display=beside)
        self.query("#clients").set(display=not beside)

    def on_cause_list_chosen(self, event: CauseList.Chosen) -> None:
        """Go to the step that shows a cause."""
        if event.step_id:
            self.action_go(event.step_id)

    def action_show_step(self) -> None:
        """Go to the step that shows the marked cause."""
        for causes in self.query(CauseList):
            if causes.check is not None:
                self.action_go(causes.check.value)

    def action_report(self) -> None:
        """Ask where the report shall be written."""
        from certwizard.wizard.screens.save_report import SaveReportScreen

        self.app.push_screen(SaveReportScreen(self.case, Path.cwd()))

    def action_means(self) -> None:
        """Open the lesson on the marked cause."""
        from certwizard.wizard.screens.lesson import lesson_screen

        for causes in self.query(CauseList):
            if causes.cause is not None and causes.check is not None:
                self.app.push_screen(lesson_screen((causes.cause,), None, causes.check))

    def action_raw(self) -> None:
        """Open the raw values."""
        from certwizard.wizard.screens.raw import raw_screen

        self.app.push_screen(raw_screen(self.case))

    def _message(self) -> Block | None:
        """The text for the owner, where a visitor asks."""
        return next((each.block for each in self.query(CommandBlock)), None)

    def action_save(self) -> None:
        """Write the text for the owner to a file in the folder the wizard was started in."""
        message = self._message()
        if message is None:
            role = live_key(self.app, keys.ROLE)
            words = f"A visitor can save a text for the site's owner here: {role} is the role."
            self.app.notify(words, markup=False)
            return
        save_marked(self.app, message)

    def action_copy(self) -> None:
        """Copy the text for the owner where a visitor asks, else the verdict, its causes and what turns it green."""
        message = self._message()
        if message is not None:
            copy(self.app, message.text, message.what)
        else:
            copy(self.app, verdict_text(self.case), "the verdict")
