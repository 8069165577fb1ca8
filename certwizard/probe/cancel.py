"""Asking a probe to stop, from any thread."""

import threading


class CancelToken:
    """A flag that is raised once and that every waiting step looks at."""

    def __init__(self) -> None:
        """Start with the flag down."""
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the probe to stop; it does so within a twentieth of a second."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the probe was asked to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait that long or until cancelled; returns whether it was."""
        return self._event.wait(seconds)
