"""rustls, with the webpki verifier, in Deno."""

from __future__ import annotations

from collections.abc import Sequence

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run_batch
from tests.real.runtimes.found import which


class Rustls:
    """Deno's startTls; PyPI has a package of that name."""

    id = "rustls"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if which("deno") else "Deno is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        options = ["run", "--no-prompt", "--no-config", "--allow-net", "--allow-read"]
        return run_batch([which("deno"), *options, str(PROGRAMS / "visits.mjs")], visits)


DRIVER = Rustls()
