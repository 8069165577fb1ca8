"""One look at a target at a time: probed and judged in a thread, and numbered, so that late news is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from queue import Empty, SimpleQueue

from textual.message import Message

from certwizard.domain.options import PasswordSource, ProbeOptions
from certwizard.domain.progress import Progress
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.case import Case, Judge
from certwizard.wizard.messages import CaseOpened, LookBegan, PasswordWanted, ProbeReported
from certwizard.wizard.subject import Observe, Subject

POLL_SECONDS = 0.05


class Examination:
    """The running look, if any."""

    def __init__(self, observe: Observe, judge: Judge) -> None:
        """Prepare to look.

        Args:
            observe: Probes a target.
            judge: Makes a case of an observation.
        """
        self.observe = observe
        self.judge = judge
        self.subject: Subject | None = None
        self.run = 0
        self.asked: tuple[Target, ProbeOptions] | None = None
        """What was looked at last, and how."""
        self.awaited: str | None = None
        """Id of the step that was asked for while the look is under way."""
        self._cancel = CancelToken()

    def begin(self, subject: Subject) -> int:
        """Start a new look, ending the one that may be under way; returns its number.

        Args:
            subject: What to look at.
        """
        self.stop()
        self.subject = subject
        self._cancel = CancelToken()
        return self.run

    def stop(self) -> None:
        """End the look under way; nothing of it will be shown."""
        self._cancel.cancel()
        self.awaited = None
        self.run += 1

    def perform(self, run: int, before: Case | None, post: Callable[[Message], object]) -> None:
        """Probe and judge, in a thread; the case is posted at the end.

        Args:
            run: The number of this look.
            before: The case of the look before, for what changed.
            post: Hands a message to the interface.
        """
        subject, cancel = self.subject, self._cancel
        if subject is None:
            return
        observation = subject.observation
        target, options = subject.find()
        if not cancel.cancelled:
            self.asked = target, options
        if observation is None:
            post(LookBegan(run, target, options))

            def report(progress: Progress) -> None:
                post(ProbeReported(run, progress))

            asked = options.password or _from_the_screen(run, cancel, post)
            observation = self.observe(target, replace(options, password=asked), report, cancel)
        if not cancel.cancelled:
            case = self.judge(observation, before)
            from certwizard.wizard.confirming import outcome_of

            outcome = outcome_of(subject.message, case.diagnosis)
            post(CaseOpened(run, replace(case, title=subject.title, confirmation=outcome)))


def _from_the_screen(run: int, cancel: CancelToken, post: Callable[[Message], object]) -> PasswordSource:
    """Return a source that asks on the screen, and waits in the thread until it is answered or cancelled."""

    def ask(path: str) -> str | None:
        answers: SimpleQueue[str | None] = SimpleQueue()
        post(PasswordWanted(run, path, answers.put))
        while not cancel.cancelled:
            try:
                return answers.get(timeout=POLL_SECONDS)
            except Empty:
                continue
        return None

    return ask
