"""Ruby's Net::HTTP."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch


class Ruby:
    """Net::HTTP."""

    id = "ruby"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if shutil.which("ruby") else "Ruby is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return run_batch(["ruby", str(PROGRAMS / "visits.rb")], visits)


DRIVER = Ruby()
