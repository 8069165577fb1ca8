"""Python 3.11, whose default context is not strict."""

from __future__ import annotations

from collections.abc import Sequence

from tests.real.clients.interpreters import python_of
from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch


class Python311:
    """urllib of Python 3.11 (3.12 is alike)."""

    id = "python-3.11"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if _python() else "there is no Python 3.11 or 3.12 here"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return run_batch([_python(), str(PROGRAMS / "urllib_visits.py")], visits)


def _python() -> str:
    return python_of(11) or python_of(12)


DRIVER = Python311()
