"""The part of the app that walks: it opens a case, shows its steps, and looks again."""

from textual import on, work
from textual.screen import Screen

from certwizard.domain.vocabulary import Role
from certwizard.wizard import messages
from certwizard.wizard.looking import LookingApp
from certwizard.wizard.preparing import Preparation
from certwizard.wizard.recent import Recent, RecentTargets
from certwizard.wizard.remembering import recent_of
from certwizard.wizard.roles import next_role, role_words
from certwizard.wizard.steps import find_step
from certwizard.wizard.walkthrough import Walkthrough


class WalkingApp(LookingApp):
    """An app that leads through the steps of one case, and back to where it began."""

    role: Role
    walk: Walkthrough
    preparation: Preparation
    recent: RecentTargets

    async def begin_anew(self) -> None:
        """Show where the program began."""
        raise NotImplementedError

    async def show_step(self, screen: Screen[None]) -> None:
        """Show a step, and make the others while it is read.

        Args:
            screen: The step's screen.
        """
        await self.show(screen, keep=True)
        self.preparation.soon()

    def on_resize(self) -> None:
        """Lay the other steps out for the new size while this one is read."""
        self.preparation.soon()

    @on(messages.RecheckRequested)
    async def look_again(self) -> None:
        """Diagnose the same subject again, to say what changed."""
        if self.examination.subject is not None:
            await self.look_at(self.examination.subject, self.walk.case)

    @on(messages.CaseOpened)
    async def open_case(self, message: messages.CaseOpened) -> None:
        """Show the case at the step that was asked for meanwhile, else where its root cause stands.

        After a recheck, that is the verdict with what changed.
        """
        if message.run == self.examination.run:
            case, subject = message.case, self.examination.subject
            if subject is not None and subject.remembered_as:
                self.remember(recent_of(subject.remembered_as, case))
            step = case.confirmation.step if case.confirmation else None
            if awaited := self.examination.awaited or ("verdict" if case.changes else None):
                step = find_step(awaited)
            await self.walk.open(case, step)

    @work(thread=True, exit_on_error=False, group="recent")
    def remember(self, recent: Recent) -> None:
        """Keep a target among the recent ones, in a thread: the folder may be on a slow network.

        Args:
            recent: What was looked at.
        """
        self.recent.add(recent)

    @on(messages.StopRequested)
    async def stop_looking(self) -> None:
        """Stop the probe at once; where there is no case to go back to, its screen offers the ways on."""
        self.examination.stop()
        if not await self.walk.resume():
            self.screen.post_message(messages.ProbeStopped())

    @on(messages.ProbeCancelled)
    async def stop_waiting(self) -> None:
        """Go back to the case there was, or to the beginning."""
        self.examination.stop()
        if not await self.walk.resume():
            await self.begin_anew()

    @on(messages.StepRequested)
    async def go(self, message: messages.StepRequested) -> None:
        """Show a step."""
        await self.walk.go(message.step_id)

    @on(messages.StepAwaited)
    def await_step(self, message: messages.StepAwaited) -> None:
        """Keep in mind which step is wanted once all is judged."""
        self.examination.awaited = message.step_id

    @on(messages.StepTurned)
    async def turn(self, message: messages.StepTurned) -> None:
        """Show the next step or the one before; before the first stands the beginning."""
        if not await self.walk.turn(message.distance) and message.distance < 0:
            await self.begin_anew()

    @on(messages.RoleTurned)
    async def turn_role(self, message: messages.RoleTurned) -> None:
        """Take another role, and rewrite what depends on it."""
        self.role = message.role or next_role(self.role)
        await self.walk.rewrite()
        self.notify(f"You are now: {role_words(self.role).short}", markup=False, timeout=3)
