"""The wizard's application: a shell that holds the case, and opens the screens that others ask for."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import Role
from certwizard.wizard import messages
from certwizard.wizard.case import Judge, judge
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.examination import Examination
from certwizard.wizard.opening import explanation_screen, files_screen, practice_screen, start_screen
from certwizard.wizard.practice import Practice, PracticeLab
from certwizard.wizard.preparing import Preparation
from certwizard.wizard.recent import recent_targets
from certwizard.wizard.repairing import Repairing
from certwizard.wizard.subject import Observe, Subject, ask_probe, subject_of
from certwizard.wizard.walking import WalkingApp
from certwizard.wizard.walkthrough import Walkthrough

if TYPE_CHECKING:
    from certwizard.domain.observation import Observation


class CertwizardApp(WalkingApp):
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
