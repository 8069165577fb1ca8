"""One look at a subject, told line by line while it goes on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from threading import Lock, Timer

from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.case import Case, Judge
from certwizard.wizard.phase_words import TITLES, WHAT
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.retrying import Asked
from certwizard.wizard.subject import Observe, Subject

PATIENCE = 1.0
"""Seconds after which a phase that has not ended is told of; one that ends sooner is told once."""


class Stopped(Exception):
    """The user stopped the look with Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look gave."""

    case: Case
    asked: Asked
    """What was looked at, and how."""


Guard = Callable[[], AbstractContextManager[CancelToken]]
"""Gives the token that stops a look, for as long as it lasts."""


def look(
    subject: Subject, before: Case | None, talk: Talk, observe: Observe, judge: Judge, guard: Guard
) -> Seen:
    """Probe and judge a subject, and return its case.

    Args:
        subject: What to look at.
        before: The case of the look before, for what changed.
        talk: Where progress is told.
        observe: Probes a target.
        judge: Makes a case of an observation.
        guard: Lets Ctrl-C stop the look.

    Raises:
        Stopped: Where the user stopped it.
        CertwizardError: Where it cannot be looked at.
    """
    if (observation := subject.observation) is not None:
        asked = subject.find()
    else:
        teller = _Teller(talk)
        try:
            with guard() as cancel:
                asked = subject.find()
                observation = observe(*asked, teller.tell, cancel)
        except KeyboardInterrupt:
            if talk.echo:  # nobody sits there who could name another target
                raise
            talk.say("")
            raise Stopped from None
        finally:
            teller.close()
    from certwizard.wizard.confirming import outcome_of

    case = judge(observation, before)
    outcome = outcome_of(subject.message, case.diagnosis)
    return Seen(replace(case, title=subject.title, confirmation=outcome), asked)


class _Teller:
    """Tells each phase when something of it ends, and that it began where that takes long; threads may report."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._waiting: dict[Phase, Timer] = {}
        self._lock = Lock()

    def tell(self, progress: Progress) -> None:
        with self._lock:
            title, what = TITLES[progress.phase], WHAT[progress.phase]
            if progress.state is PhaseState.RUNNING:
                self._wait(progress.phase, f"{title}: {what} ...")
                return
            self._forget(progress.phase)
            took = f", {progress.ms:.0f} ms" if progress.ms is not None else ""
            self._talk.tell(f"{title}, {progress.state.value}: {progress.detail or what}{took}")

    def _wait(self, phase: Phase, words: str) -> None:
        if phase not in self._waiting:
            timer = Timer(PATIENCE, self._talk_late, (phase, words))
            timer.daemon = True
            self._waiting[phase] = timer
            timer.start()

    def _talk_late(self, phase: Phase, words: str) -> None:
        with self._lock:
            if phase in self._waiting:
                self._talk.tell(words)

    def _forget(self, phase: Phase) -> None:
        if (timer := self._waiting.pop(phase, None)) is not None:
            timer.cancel()

    def close(self) -> None:
        """Let nothing more be told."""
        with self._lock:
            for phase in tuple(self._waiting):
                self._forget(phase)
