"""PHP's https:// streams."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch


class PHP:
    """file_get_contents; the curl extension has curl's words."""

    id = "php"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if shutil.which("php") else "PHP is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return run_batch(["php", str(PROGRAMS / "visits.php")], visits)


DRIVER = PHP()
