"""Tells how a probe goes, phase by phase, with the time each one took."""

import time

from certwizard.domain.cleantext import clean
from certwizard.domain.progress import Phase, PhaseState, Progress, Report


class Phases:
    """Reports phases to whoever wants to know."""

    def __init__(self, report: Report | None) -> None:
        """Report to `report`, or to nobody."""
        self._report = report
        self._started: dict[Phase, float] = {}

    def say(self, phase: Phase, state: PhaseState, detail: str = "") -> None:
        """Report where a phase stands."""
        now = time.monotonic()
        started = self._started.setdefault(phase, now)
        if self._report is not None:
            ms = None if state in (PhaseState.RUNNING, PhaseState.SKIPPED) else (now - started) * 1000
            self._report(Progress(phase, state, clean(detail, 200), ms))


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 certificate``, ``3 certificates``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
