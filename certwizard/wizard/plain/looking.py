"""One look at a subject, told line by line while it goes on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock

from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.case import Case, Judge
from certwizard.wizard.phase_words import TITLES, WHAT
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.subject import Observe, Subject

Guard = Callable[[], AbstractContextManager[CancelToken]]
"""Gives the token that stops a look, for as long as it lasts."""


def look(
    subject: Subject, before: Case | None, talk: Talk, observe: Observe, judge: Judge, guard: Guard
) -> Case:
    """Probe and judge a subject, and return its case.

    Args:
        subject: What to look at.
        before: The case of the look before, for what changed.
        talk: Where progress is told.
        observe: Probes a target.
        judge: Makes a case of an observation.
        guard: Lets Ctrl-C stop the look.
    """
    observation = subject.observation
    if observation is None:
        with guard() as cancel:
            target, options = subject.find()
            observation = observe(target, options, _Teller(talk).tell, cancel)
    from certwizard.wizard.confirming import outcome_of

    case = judge(observation, before)
    outcome = outcome_of(subject.message, case.diagnosis)
    return replace(case, title=subject.title, confirmation=outcome)


class _Teller:
    """Tells each phase once when it begins and each time something of it ends; threads may report."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._begun: set[Phase] = set()
        self._lock = Lock()

    def tell(self, progress: Progress) -> None:
        with self._lock:
            title, what = TITLES[progress.phase], WHAT[progress.phase]
            if progress.state is PhaseState.RUNNING:
                if progress.phase not in self._begun:
                    self._talk.tell(f"{title}: {what} ...")
                self._begun.add(progress.phase)
                return
            took = f", {progress.ms:.0f} ms" if progress.ms is not None else ""
            self._talk.tell(f"{title}, {progress.state.value}: {progress.detail or what}{took}")
