"""Python 3.13 or newer with its default context."""

from __future__ import annotations

from collections.abc import Sequence

from tests.real.clients.interpreters import newest_python
from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch

STRICT_SINCE = (3, 13)
NONE_AS_MADE = "there is no Python here with its own cipher suites"


class Python:
    """urllib; where there is no Python that new, an older one with the flags that 3.13 sets itself."""

    id = "python"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if newest_python()[0] else NONE_AS_MADE

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        path, version = newest_python()
        flags = [] if version >= STRICT_SINCE else ["--strict"]
        return run_batch([path, str(PROGRAMS / "urllib_visits.py"), *flags], visits)


DRIVER = Python()
