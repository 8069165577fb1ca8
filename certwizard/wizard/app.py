"""The wizard's application: a shell that holds the case, and opens the screens that others ask for."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.screen import Screen

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import Role
from certwizard.wizard import messages
from certwizard.wizard.case import Judge, judge
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.examination import Examination
from certwizard.wizard.looking import LookingApp
from certwizard.wizard.opening import explanation_screen, files_screen, practice_screen, start_screen
from certwizard.wizard.practice import Practice, PracticeLab
from certwizard.wizard.preparing import Preparation
from certwizard.wizard.recent import Recent, recent_targets
from certwizard.wizard.remembering import recent_of
from certwizard.wizard.repairing import Repairing
from certwizard.wizard.roles import next_role, role_words
from certwizard.wizard.steps import find_step
from certwizard.wizard.subject import Observe, Subject, ask_probe, subject_of
from certwizard.wizard.walkthrough import Walkthrough

if TYPE_CHECKING:
    from certwizard.domain.observation import Observation


class CertwizardApp(LookingApp):
    """Leads from "this certificate is invalid" to the cause and the commands that repair it."""

    def __init__(
        self,
        target: Target | None,
        options: ProbeOptions,
        *,
        observe: Observe = ask_probe,
        judge: Judge = judge,
        observation: Observation | None = None,
        lab: PracticeLab | None = None,
        scenario: str | None = None,
        demo: bool = False,
        role: Role = Role.SERVER_OWNER,
    ) -> None:
        """Prepare the wizard; with neither target nor scenario it opens on the start screen.

        Args:
            target: What to diagnose at once.
            options: How to probe.
            observe: Probes a target; tests bring their own.
            judge: Makes a case of an observation.
            observation: Judge this in place of a probe (replay).
            lab: The practice lab, where one is open.
            scenario: Open on this scenario of the lab.
            demo: Open on the list of practice scenarios.
            role: Who asks.
        """
        super().__init__()
        self.options = options
        self.role = role
        self.repairing = Repairing()
        self.examination = Examination(observe, judge)
        self.walk = Walkthrough(self.show_step)
        self.preparation = Preparation(self, self.walk)
        self.practice = Practice(lab, options)
        self.recent = recent_targets(os.environ)
        self.course = CourseKeeper()
        self._demo = demo
        self._first: Subject | None = None
        if scenario is not None:
            self._first = self.practice.subject(scenario)
        elif target is not None:
            self._first = subject_of(target, options, observation)

    @property
    def observation(self) -> Observation | None:
        """The last observation that was judged."""
        return self.walk.case.observation if self.walk.case else None

    async def on_mount(self) -> None:
        """Show the first screen, and begin at once where something was named."""
        if self._first is None:
            await self.begin_anew()
        else:
            await self.look_at(self._first)

    def on_unmount(self) -> None:
        """Close the lab, where this wizard opened it."""
        self.practice.close()

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

    async def begin_anew(self) -> None:
        """Show where the program began: the list of scenarios in the demo, else the start."""
        await self.show(practice_screen() if self._demo else start_screen())

    @on(messages.TargetChosen)
    async def look_at_target(self, message: messages.TargetChosen) -> None:
        """Diagnose a target the user named."""
        subject = subject_of(message.target, self.options)
        await self.look_at(replace(subject, message=message.explanation))

    @on(messages.MessageHeard)
    def explain_message(self, message: messages.MessageHeard) -> None:
        """Show what a message means, over the start that it was pasted into."""
        self.push_screen(explanation_screen(message.explanation))

    @on(messages.ScenarioChosen)
    async def look_at_scenario(self, message: messages.ScenarioChosen) -> None:
        """Diagnose a practice scenario."""
        await self.look_at(self.practice.subject(message.scenario_id))

    @on(messages.RecheckRequested)
    async def look_again(self) -> None:
        """Diagnose the same subject again, to say what changed."""
        if self.examination.subject is not None:
            await self.look_at(self.examination.subject, self.walk.case)

    @on(messages.CaseOpened)
    async def open_case(self, message: messages.CaseOpened) -> None:
        """Show the case where its root cause stands; after a recheck, the verdict with what changed."""
        if message.run == self.examination.run:
            case, subject = message.case, self.examination.subject
            if subject is not None and subject.remembered_as:
                self.remember(recent_of(subject.remembered_as, case))
            step = case.confirmation.step if case.confirmation else None
            await self.walk.open(case, find_step("verdict") if case.changes else step)

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

    @on(messages.StepTurned)
    async def turn(self, message: messages.StepTurned) -> None:
        """Show the next step or the one before; before the first stands the beginning."""
        if not await self.walk.turn(message.distance) and message.distance < 0:
            await self.begin_anew()

    @on(messages.StartRequested)
    async def ask_for_target(self) -> None:
        """Ask for another target; a look that is under way ends."""
        self.examination.stop()
        await self.show(start_screen())

    @on(messages.PracticeRequested)
    async def list_practice(self) -> None:
        """List the practice scenarios."""
        await self.show(practice_screen())

    @on(messages.FilesRequested)
    def find_file(self) -> None:
        """Show the file picker, over the start."""
        self.push_screen(files_screen())

    @on(messages.RoleTurned)
    async def turn_role(self, message: messages.RoleTurned) -> None:
        """Take another role, and rewrite what depends on it."""
        self.role = message.role or next_role(self.role)
        await self.walk.rewrite()
        self.notify(f"You are now: {role_words(self.role).short}", markup=False, timeout=3)
