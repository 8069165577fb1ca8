"""The base of Fix and Prevent: remedies as numbered steps, for one platform at a time."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from certwizard.domain.vocabulary import CheckId, Role
from certwizard.remedies.model import Remedy, Shell
from certwizard.remedies.platforms import platforms_of
from certwizard.remedies.ways import way_shown, ways_of
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.messages import RoleTurned
from certwizard.wizard.platforms import chosen_platform
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.screens.walk import WalkScreen
from certwizard.wizard.storing import save_marked
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_list import RemedyList
from certwizard.wizard.widgets.remedy_step import StepView
from certwizard.wizard.widgets.remedy_view import remedy_widgets
from certwizard.wizard.widgets.repair_aside import RepairAside
from certwizard.wizard.widgets.repair_choices import ChoiceKeys, draw_choices, next_shell
from certwizard.wizard.widgets.repair_progress import RepairProgress

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

CHOOSING = (keys.ROLE, keys.PLATFORM, keys.WAY, keys.SHELL)
OWN = (keys.TICK, keys.PLATFORM, keys.WAY, keys.SHELL, keys.SAVE)


class RemedyScreen(WalkScreen):
    """Remedies in order, the first command marked."""

    commands = (*keys.JUDGED, *OWN, *keys.GENERAL)
    BINDINGS: ClassVar[list[BindingType]] = bindings((*keys.JUDGED, *OWN))
    app: "CertwizardApp"
    ways: ClassVar[tuple[WizardCommand, ...]] = (keys.BACK, keys.VERDICT, keys.PREVENT, keys.RECHECK)
    has_roles: ClassVar[bool] = True
    counts_all: ClassVar[bool] = False
    """Whether all remedies are to be done; else each is one way, and the marked one counts."""

    def remedies(self) -> tuple[Remedy, ...]:
        """Return the remedies to show."""
        return ()

    def lead(self) -> Iterable[Widget]:
        """Return what to say before the remedies."""
        return ()

    def without_remedies(self) -> Iterable[Widget]:
        """Return what to say where there are none."""
        return ()

    @property
    def platform(self) -> str:
        """The platform whose commands are shown: the one chosen, else the one the server seems to be."""
        found = platforms_of(self.remedies())
        return chosen_platform(found, self.app.repairing.platform, self.case.diagnosis.evidence)

    @property
    def way(self) -> str:
        """The way to certificates that is shown: the one chosen, else the one this certificate came by."""
        return way_shown(self.remedies(), self.app.repairing.way, self.case.diagnosis)

    def body(self) -> Iterable[Widget]:
        """Return the title, who and what it is for, and the remedies."""
        yield RepairProgress(self.step.question)
        yield Drawing(self._choices, id="choices")
        yield Horizontal(RemedyList(*self._shown(self.remedies())), RepairAside(id="aside"), id="columns")
        yield Actions(self.ways, keys.RECHECK)

    def _shown(self, remedies: tuple[Remedy, ...]) -> Iterable[Widget]:
        if not remedies:
            return [*self.lead(), *self.without_remedies()]
        repairing = self.app.repairing
        shown = [remedy_widgets(remedy, self.platform, self.way, self.case, repairing) for remedy in remedies]
        for later in shown[1:]:
            later[0].add_class("-later")
        return [*self.lead(), *(widget for widgets in shown for widget in widgets)]

    def _choices(self, width: int) -> list[Content]:
        role = self.app.role if self.has_roles else None
        shell = self.app.repairing.shell
        named = ChoiceKeys(*(live_key(self.app, each) for each in CHOOSING))
        return draw_choices(role, self.remedies(), self.platform, self.way, shell, named, width)

    @property
    def steps(self) -> RemedyList:
        """The list of remedies."""
        return self.query_one(RemedyList)

    def on_mount(self) -> None:
        """Mark the first command; a wizard that is being closed has no list any more."""
        for steps in self.query(RemedyList):
            steps.mark_first()
        self.tell_progress()

    def on_resize(self, event: events.Resize) -> None:
        """Show the steps in short and the lesson where there is room for them.

        Args:
            event: The new size.
        """
        for aside in self.query(RepairAside):
            aside.fit(event.size.width)
        self.tell_progress()

    @on(events.DescendantFocus)
    def tell_progress(self) -> None:
        """Say how far the marked remedy is."""
        for steps in self.query(RemedyList):
            done, key = self.app.repairing.done, steps.key
            titles = steps.titles
            title = next((each for each in titles if key in each.keys), next(iter(titles), None))
            counted = titles if self.counts_all or title is None else [title]
            own = [each for counted_title in counted for each in counted_title.keys]
            recheck = "" if self.counts_all else live_key(self.app, keys.RECHECK)
            self.query_one(RepairProgress).tell(sum(each in done for each in own), len(own), recheck)
            self.query_one(RepairAside).tell(self.case, steps, done)

    def action_to_step(self, place: int) -> None:
        """Mark a step.

        Args:
            place: Its place among all that are shown.
        """
        self.steps.mark_step(self.steps.steps[place].step_key)

    async def action_platform(self, platform: str = "") -> None:
        """Show the commands of a platform.

        Args:
            platform: Its id; the next one where it is empty.
        """
        platforms = platforms_of(self.remedies())
        if platforms:
            following = platforms[(platforms.index(self.platform) + 1) % len(platforms)]
            self.app.repairing.platform = platform or following
            await self.write_anew()

    async def action_way(self, way: str = "") -> None:
        """Show the steps of a way to certificates.

        Args:
            way: Its id; the next one where it is empty.
        """
        ways = ways_of(self.remedies())
        if ways:
            following = ways[(ways.index(self.way) + 1) % len(ways)]
            self.app.repairing.way = way or following
            await self.write_anew()

    async def action_shell(self, shell: str = "") -> None:
        """Write the commands for a shell.

        Args:
            shell: Its id; the next one where it is empty.
        """
        repairing = self.app.repairing
        repairing.shell = Shell(shell) if shell else next_shell(repairing.shell)
        await self.write_anew()

    async def write_anew(self) -> None:
        """Write the commands anew, with the mark on the step it stood on."""
        steps, key = self.steps, self.steps.key
        # Not the whole screen: the row of choices that was clicked waits for this and cannot go meanwhile.
        with self.app.batch_update():
            await steps.remove_children()
            await steps.mount(*self._shown(self.remedies()))
            self.query_one("#choices", Drawing).redraw()
        steps.mark_first()
        if key is not None:
            steps.mark_step(key)
        self.tell_progress()

    def action_tick(self) -> None:
        """Tick the marked step off, or take the tick back."""
        if (key := self.steps.key) is not None:
            self.tick(key)

    def tick(self, key: StepKey) -> None:
        """Tick a step off, or take the tick back.

        Args:
            key: The step.
        """
        self.steps.show_tick(key, self.app.repairing.turn(key))
        self.tell_progress()

    @on(StepView.Ticked)
    def tick_clicked(self, event: StepView.Ticked) -> None:
        """Tick the step off that was clicked."""
        self.tick(event.key)

    def action_role(self, role: str = "") -> None:
        """Ask to be somebody else.

        Args:
            role: Id of the role; the next one where it is empty.
        """
        self.post_message(RoleTurned(Role(role) if role else None))

    def action_copy(self) -> None:
        """Copy the marked command, the first where none is marked."""
        block = self.steps.block
        if block is not None:
            copy(self.app, block.text, block.what)

    def action_save(self) -> None:
        """Write the marked block to a file in the folder the wizard was started in."""
        block = self.steps.block
        if block is None:
            return
        save_marked(self.app, block)

    @on(StepView.CopyRequested)
    def copy_clicked(self) -> None:
        """Copy the command that was double-clicked; the click has marked it."""
        self.action_copy()

    def action_means(self) -> None:
        """Open the lesson on the root cause."""
        from certwizard.wizard.screens.lesson import lesson_screen

        root = self.case.diagnosis.root_cause
        results = self.case.diagnosis.checks
        check = next(
            (r.check for r in results if root is not None and root.id in r.causes), CheckId.CONNECTION
        )
        self.app.push_screen(lesson_screen((root,) if root else (), None, check))

    def action_raw(self) -> None:
        """Open the raw values."""
        from certwizard.wizard.screens.raw import raw_screen

        self.app.push_screen(raw_screen(self.case))
