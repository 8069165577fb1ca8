"""GNU Wget built with GnuTLS."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.named import cannot_name, named
from tests.real.clients.visit import Action, Outcome, Visit, one_by_one, run

NOT_ABOUT_TRUST = frozenset({0, 8})
"""Exit codes after a handshake that was completed; 8: the server answered with an error."""


class Wget:
    """wget, told to try once."""

    id = "wget"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        if shutil.which("wget") is None:
            return "wget is not installed"
        if "+ssl/gnutls" not in run(["wget", "--version"]).words:
            return "this wget is built with another TLS library"
        return cannot_name()

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return one_by_one(visits, _go)


def _go(visit: Visit) -> Outcome:
    options = ["-O", "/dev/null", "-t", "1", "-T", str(visit.patience), "--no-hsts", "--no-config"]
    # Without an empty folder it would trust the system's roots beside the file.
    options += [f"--ca-certificate={visit.roots}", "--ca-directory=/nonexistent"]
    with named(visit) as environment:
        said = run(["wget", *options, visit.url], env=environment, timeout=visit.patience + 10)
    return Outcome(Action.ACCEPTS if said.status in NOT_ABOUT_TRUST else Action.REJECTS, said.words)


DRIVER = Wget()
