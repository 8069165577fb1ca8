"""Perl's LWP over IO::Socket::SSL."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import PROGRAMS, Outcome, Visit, run, run_batch


class Perl:
    """LWP::UserAgent over IO::Socket::SSL."""

    id = "perl"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        if shutil.which("perl") is None:
            return "Perl is not installed"
        loaded = run(["perl", "-MLWP::Protocol::https", "-e", "1"]).status == 0
        return "" if loaded else "LWP::Protocol::https (package liblwp-protocol-https-perl) is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return run_batch(["perl", str(PROGRAMS / "visits.pl")], visits)


DRIVER = Perl()
