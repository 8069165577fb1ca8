"""curl built with OpenSSL."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import Action, Outcome, Visit, one_by_one, run

NOT_ABOUT_TRUST = frozenset({0, 8, 22, 23, 52, 55, 67})
"""Exit codes after a handshake that was completed: what the server then said was of no use."""


class Curl:
    """curl, asked to fetch a page or to greet a mail server."""

    id = "curl"
    starttls = frozenset({"smtp"})

    def available(self) -> str:
        """Return why it cannot run here."""
        if shutil.which("curl") is None:
            return "curl is not installed"
        version = run(["curl", "--version"]).words.splitlines()[0]
        return "" if " OpenSSL/" in version else f"this curl is built with another TLS library: {version}"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return one_by_one(visits, _go)


def _go(visit: Visit) -> Outcome:
    options = ["-sS", "-o", "/dev/null", "-m", str(visit.patience), "--cacert", visit.roots]
    if visit.connect:
        where = f"[{visit.connect}]" if ":" in visit.connect else visit.connect
        options += ["--connect-to", f"::{where}:"]
    url = f"smtp://{visit.host}:{visit.port}/" if visit.starttls else visit.url
    options += ["--ssl-reqd", "-X", "NOOP"] if visit.starttls else []
    said = run(["curl", *options, url], timeout=visit.patience + 10)
    return Outcome(Action.ACCEPTS if said.status in NOT_ABOUT_TRUST else Action.REJECTS, said.words)


DRIVER = Curl()
