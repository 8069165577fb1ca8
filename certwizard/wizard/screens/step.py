"""The base of the diagnostic steps: question, answer, picture, facts, and three ways on."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from certwizard.diagnosis.result import Cause, CheckResult, Fact
from certwizard.domain.vocabulary import CheckId, Status
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.findings import causes_at, causes_of, facts_of, note_title
from certwizard.wizard.screens.walk import WalkScreen
from certwizard.wizard.steps import find_step
from certwizard.wizard.symbols import SEVERITY, STATUS
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.answer import Answer
from certwizard.wizard.widgets.aside import Aside
from certwizard.wizard.widgets.confirmed import Confirmed
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.fact_table import FactTable
from certwizard.wizard.widgets.note import Note

VAST = 150
"""From this many columns on, the lesson on the marked line stands beside the step."""
VASTER = 200
"""From this many columns on, that lesson is shown whole."""
SHORT = 23
"""Below this many lines the facts come before the picture, so that the failing one is seen."""


class StepScreen(WalkScreen):
    """One check: its question as title, its answer, what shows it, and the facts."""

    check: ClassVar[CheckId]

    commands: ClassVar[tuple[WizardCommand, ...]] = (*keys.WALK, *keys.GENERAL)
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.WALK)

    def __init__(self, case: Case) -> None:
        """Show the check of a case.

        Args:
            case: The diagnosed target.
        """
        super().__init__(case, find_step(self.check.value))

    @property
    def result(self) -> CheckResult:
        """The result that this screen shows."""
        return self.case.diagnosis.check(self.check)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts to show."""
        return facts_of(self.case.diagnosis, self.check)

    def draw(self, width: int) -> list[Content]:
        """Draw the picture; no lines where there is nothing to picture.

        Args:
            width: Cells there are.
        """
        return []

    def body(self) -> Iterable[Widget]:
        """Return title, answer, picture, facts and the ways on."""
        mark = STATUS[self.result.status]
        yield Static(self.step.question, id="question", markup=False)
        yield Answer(mark, self.result.headline)
        if (confirmation := self.case.confirmation) is not None and confirmation.step == self.step:
            yield Confirmed(confirmation)
        facts = VerticalScroll(
            Drawing(self._picture, id="picture"),
            FactTable(self.facts()),
            *self.notes(),
            id="body",
            can_focus=False,
        )
        yield Horizontal(facts, Aside(id="aside"), id="columns")
        middle = keys.OPTIONS if self.unreached else keys.RAW
        yield Actions((keys.BACK, keys.MEANS, keys.FIX, middle, keys.VERDICT, keys.NEXT), self.sensible)

    def _picture(self, width: int) -> list[Content]:
        drawn = self.draw(width)
        return [*drawn, Content("")] if drawn else []

    @property
    def unreached(self) -> bool:
        """Whether no connection came about, so that other options may help."""
        return self.check is CheckId.CONNECTION and self.result.status in (Status.FAIL, Status.UNKNOWN)

    @property
    def sensible(self) -> WizardCommand:
        """The next sensible thing to do here."""
        return keys.FIX if self.result.causes else keys.NEXT

    def footer_keys(self) -> tuple[WizardCommand, ...]:
        """Return the keys of the footer, the next sensible one first."""
        third = keys.OPTIONS if self.unreached else keys.COPY
        usual = (keys.NEXT, keys.BACK, keys.FIX, third, keys.RECHECK, keys.HELP, keys.PALETTE)
        return (self.sensible, *(key for key in usual if key is not self.sensible))

    def notes(self) -> Iterable[Widget]:
        """Return one quiet panel for each cause found here."""
        for cause in causes_of(self.case.diagnosis, self.result):
            yield Note(note_title(cause, self.result), cause.explanation, SEVERITY[cause.severity].style)

    def on_mount(self) -> None:
        """Put the cursor on the failing fact; a wizard that is being closed has none any more."""
        for table in self.query(FactTable):
            table.focus(scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Let the facts come first where there are few lines; a wizard that is being closed has none any more.

        Args:
            event: The new size.
        """
        table = next(iter(self.query(FactTable)), None)
        if table is None:
            return
        body = self.query_one("#body")
        facts_first = event.size.height < SHORT
        if (body.children[0] is table) != facts_first:
            if facts_first:
                body.move_child(table, before=0)
            else:
                body.move_child(table, after=1)
        self.call_after_refresh(table.reveal)
        aside = self.query_one("#aside")
        aside.display = event.size.width >= VAST
        aside.set_class(event.size.width >= VASTER, "-whole")
        self.tell_aside()

    def help_title(self) -> str:
        """Return the question of the step."""
        return self.step.question

    @on(FactTable.Moved)
    def tell_aside(self) -> None:
        """Let the lesson beside the step follow the mark."""
        aside = self.query_one("#aside", Aside)
        if aside.display:
            from certwizard.wizard.teaching import lessons_on

            aside.tell(lessons_on(self._causes(), self.query_one(FactTable).fact, self.check)[:2])

    def _causes(self) -> tuple[Cause, ...]:
        """The causes of this step, those of the marked line first."""
        fact = self.query_one(FactTable).fact
        return causes_at(causes_of(self.case.diagnosis, self.result), fact)

    @on(FactTable.Chosen)
    def action_means(self) -> None:
        """Open the lessons on the marked fact, its cause and this check."""
        from certwizard.wizard.screens.lesson import lesson_screen

        fact = self.query_one(FactTable).fact
        self.app.push_screen(lesson_screen(self._causes(), fact, self.check))

    def action_raw(self) -> None:
        """Open the raw values behind this check."""
        from certwizard.wizard.screens.raw import raw_screen

        self.app.push_screen(raw_screen(self.case, self.check))

    def action_copy(self) -> None:
        """Copy the marked fact's value."""
        fact = self.query_one(FactTable).fact
        if fact is not None:
            copy(self.app, fact.seen, fact.label)
