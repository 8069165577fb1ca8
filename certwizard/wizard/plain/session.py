"""The wizard as a dialogue: the same steps, asked and answered line by line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from certwizard.domain.errors import CertwizardError
from certwizard.domain.options import ProbeOptions
from certwizard.domain.vocabulary import Role
from certwizard.wizard.asking import TAGLINE
from certwizard.wizard.case import Case, Judge, judge
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.plain.looking import Guard, Stopped, look
from certwizard.wizard.plain.start import PlainStart, ask_scenario
from certwizard.wizard.plain.talk import InputEnded, Talk
from certwizard.wizard.plain.walk import After, PlainWalk
from certwizard.wizard.practice import Practice, PracticeLab
from certwizard.wizard.recent import RecentTargets
from certwizard.wizard.remembering import recent_of
from certwizard.wizard.steps import find_step, opening_step
from certwizard.wizard.subject import Observe, Subject, ask_probe

if TYPE_CHECKING:
    from certwizard.domain.observation import Observation


class PlainWizard:
    """Leads from "this certificate is invalid" to the fix, in lines."""

    def __init__(
        self,
        talk: Talk,
        options: ProbeOptions,
        guard: Guard,
        *,
        lab: PracticeLab | None = None,
        demo: bool = False,
        observe: Observe = ask_probe,
        judge: Judge = judge,
        folder: Callable[[], Path] = Path.cwd,
        recent: RecentTargets | None = None,
    ) -> None:
        """Prepare the dialogue.

        Args:
            talk: Says lines and asks.
            options: How to probe.
            guard: Lets Ctrl-C stop a look.
            lab: The practice lab, where one is open.
            demo: Begin with the list of practice scenarios.
            observe: Probes a target; tests bring their own.
            judge: Makes a case of an observation.
            folder: Where blocks and reports are saved, and files are looked for.
            recent: The targets looked at last; None keeps none.
        """
        self.talk = talk
        self.practice = Practice(lab, options)
        self.recent = recent or RecentTargets(None)
        self.start = PlainStart(talk, self.practice, CourseKeeper(), self.recent, folder)
        self.case: Case | None = None
        self._demo = demo
        self._guard, self._observe, self._judge, self._folder = guard, observe, judge, folder

    @property
    def observation(self) -> "Observation | None":
        """The last observation that was judged."""
        return self.case.observation if self.case else None

    @property
    def role(self) -> Role:
        """Who asks."""
        return self.start.role

    def run(self, subject: Subject | None = None) -> None:
        """Hold the dialogue until the user leaves or the input ends.

        Args:
            subject: What to look at first; else it is asked for.
        """
        self.talk.tell(f"certwizard, {TAGLINE}")
        try:
            self._dialogue(subject)
        except InputEnded:
            self.talk.tell("The input has ended.")
        except KeyboardInterrupt:
            self.talk.say("")
            raise
        finally:
            self.practice.close()

    def _dialogue(self, subject: Subject | None) -> None:
        while True:
            subject = subject or self._asked()
            if subject is None:
                return
            after = self._examine(subject)
            if after is After.QUIT:
                return
            subject = after if isinstance(after, Subject) else None

    def _asked(self) -> Subject | None:
        """Return what the user wants looked at; None where he leaves."""
        if self._demo and self.case is None and (subject := ask_scenario(self.talk, self.practice)):
            return subject
        return self.start.ask()

    def _examine(self, subject: Subject) -> After | Subject:
        """Look at a subject and walk through what was found, as often as it is wanted."""
        before: Case | None = None
        while True:
            self.talk.say("")
            try:
                seen = look(subject, before, self.talk, self._observe, self._judge, self._guard)
            except CertwizardError as error:
                self.talk.tell(str(error))
                return After.NEW_TARGET
            except Stopped:
                self.talk.tell("Stopped; nothing was judged.")
                return After.NEW_TARGET
            self.case = before = case = seen.case
            if subject.remembered_as:
                self.recent.add(recent_of(subject.remembered_as, case))
            decided = case.confirmation.step if case.confirmation else opening_step(case.diagnosis)
            walk = PlainWalk(self.talk, case, self.start, seen.asked)
            after = walk.run(find_step("verdict") if case.changes else decided)
            if after is not After.RECHECK:
                return after
