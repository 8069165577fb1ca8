"""The wizard as a dialogue: the same steps, asked and answered line by line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from certwizard.domain.errors import CertwizardError
from certwizard.domain.options import ProbeOptions
from certwizard.domain.vocabulary import Role
from certwizard.wizard.asking import TAGLINE
from certwizard.wizard.case import Case, Judge, judge
from certwizard.wizard.plain.looking import Guard, look
from certwizard.wizard.plain.start import ask_scenario, ask_subject
from certwizard.wizard.plain.talk import InputEnded, Talk
from certwizard.wizard.plain.walk import After, PlainWalk
from certwizard.wizard.practice import Practice, PracticeLab
from certwizard.wizard.roles import role_words
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
            folder: Where blocks are saved.
        """
        self.talk = talk
        self.practice = Practice(lab, options)
        self.role = Role.SERVER_OWNER
        self.case: Case | None = None
        self._demo = demo
        self._guard, self._observe, self._judge, self._folder = guard, observe, judge, folder

    @property
    def observation(self) -> "Observation | None":
        """The last observation that was judged."""
        return self.case.observation if self.case else None

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
            if subject is None or self._examine(subject) is After.QUIT:
                return
            subject = None

    def _asked(self) -> Subject | None:
        """Return what the user wants looked at; None where he leaves."""
        if self._demo and self.case is None and (scenario := ask_scenario(self.talk, self.practice)):
            return self.practice.subject(scenario.id)
        while isinstance(answer := ask_subject(self.talk, self.practice, self.role), Role):
            self.role = answer
            self.talk.tell(f"You are now: {role_words(answer).short}")
        return answer

    def _examine(self, subject: Subject) -> After:
        """Look at a subject and walk through what was found, as often as it is wanted."""
        before: Case | None = None
        while True:
            self.talk.say("")
            try:
                case = look(subject, before, self.talk, self._observe, self._judge, self._guard)
            except CertwizardError as error:
                self.talk.tell(str(error))
                return After.NEW_TARGET
            self.case = case
            decided = case.confirmation.step if case.confirmation else opening_step(case.diagnosis)
            first = find_step("verdict") if case.changes else decided
            walk = PlainWalk(self.talk, case, self.role, self._folder)
            after = walk.run(first)
            self.role = walk.role
            if after is not After.RECHECK:
                return after
            before = case
