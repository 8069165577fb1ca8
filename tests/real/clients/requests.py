"""requests, in the Python of the tests."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.real.clients.interpreters import newest_python
from tests.real.clients.python import STRICT_SINCE
from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch


class Requests:
    """requests.get, run by the newest Python here: its flags depend on that."""

    id = "requests"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        if newest_python()[1] < STRICT_SINCE:
            return "there is no Python 3.13 or newer here"
        return "" if importlib.util.find_spec("requests") else "requests is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        spec = importlib.util.find_spec("requests")
        packages = str(Path(spec.origin).parents[1]) if spec and spec.origin else ""
        python = newest_python()[0] if newest_python()[1] != sys.version_info[:2] else sys.executable
        program = str(PROGRAMS / "requests_visits.py")
        return run_batch([python, "-W", "ignore", program], visits, {"PYTHONPATH": packages})


DRIVER = Requests()
