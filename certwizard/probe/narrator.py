"""Tells how contacting a server goes, one report at a time, from whichever thread it happens in."""

import threading

from certwizard.domain.observation import Failure, FailureReason, Handshake, Resolution
from certwizard.domain.progress import Phase, PhaseState, Progress, Report

_IN_WORDS = {
    FailureReason.DNS: "the name does not resolve",
    FailureReason.REFUSED: "connection refused",
    FailureReason.TIMEOUT: "no answer in time",
    FailureReason.RESET: "connection closed",
    FailureReason.UNREACHABLE: "unreachable",
    FailureReason.TLS: "handshake failed",
    FailureReason.STARTTLS_REFUSED: "STARTTLS refused",
    FailureReason.PROXY: "proxy failed",
    FailureReason.TOO_LARGE: "answer too large",
    FailureReason.CANCELLED: "cancelled",
}


def in_words(failure: Failure) -> str:
    """Return a failure as a short phrase for progress lines."""
    if failure.reason is FailureReason.ALERT:
        return f"TLS alert {failure.alert}"
    if failure.reason is FailureReason.NOT_TLS:
        return f"speaks {failure.spoke or 'something else'}, not TLS"
    return _IN_WORDS.get(failure.reason, failure.reason.value)


class Narrator:
    """Turns what happens into Progress for phases RESOLVE, CONNECT and HANDSHAKE."""

    def __init__(self, report: Report | None) -> None:
        """Report to `report`, or to nobody."""
        self._report = report
        self._lock = threading.Lock()
        self._connected = False

    def resolving(self, host: str) -> None:
        """A host is being resolved."""
        self._say(Phase.RESOLVE, PhaseState.RUNNING, host)

    def resolved(self, resolution: Resolution) -> None:
        """The addresses are known, or cannot be."""
        if resolution.failure is not None:
            self._say(Phase.RESOLVE, PhaseState.FAILED, in_words(resolution.failure), resolution.ms)
            return
        count = len(resolution.addresses)
        words = resolution.addresses[0] if count == 1 else f"{count} addresses"
        self._say(Phase.RESOLVE, PhaseState.DONE, words, resolution.ms)
        self._say(Phase.CONNECT, PhaseState.RUNNING)

    def connected(self, address: str, ms: float) -> None:
        """TCP with one address is up."""
        with self._lock:
            first, self._connected = not self._connected, True
        self._say(Phase.CONNECT, PhaseState.DONE if first else PhaseState.RUNNING, address, ms)
        if first:
            self._say(Phase.HANDSHAKE, PhaseState.RUNNING)

    def tried(self, handshake: Handshake) -> None:
        """One address was tried with one offer."""
        if handshake.failure is not None:
            phase = Phase.HANDSHAKE if handshake.handshake_ms else Phase.CONNECT
            words = f"{handshake.address}: {in_words(handshake.failure)}"
            self._say(phase, PhaseState.RUNNING, words, handshake.handshake_ms or handshake.connect_ms)

    def finished(self, judged: Handshake | None) -> None:
        """All addresses were tried; `judged` is the handshake that will be judged."""
        words = "" if judged is None or judged.failure is None else in_words(judged.failure)
        if not self._connected:
            self._say(Phase.CONNECT, PhaseState.FAILED, words)
            self._say(Phase.HANDSHAKE, PhaseState.SKIPPED)
        elif judged is not None and judged.failure is None:
            count = len(judged.chain)
            chain = "1 certificate" if count == 1 else f"{count} certificates"
            self._say(Phase.HANDSHAKE, PhaseState.DONE, f"{judged.protocol}, {chain}", judged.handshake_ms)
        else:
            self._say(Phase.HANDSHAKE, PhaseState.FAILED, words)

    def _say(self, phase: Phase, state: PhaseState, detail: str = "", ms: float | None = None) -> None:
        if self._report is not None:
            with self._lock:
                self._report(Progress(phase, state, detail, ms))
