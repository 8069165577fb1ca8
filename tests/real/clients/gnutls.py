"""GnuTLS's own client."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import Action, Outcome, Visit, one_by_one, run


class GnuTLS:
    """gnutls-cli."""

    id = "gnutls"
    starttls = frozenset({"smtp", "imap", "pop3", "ftp", "ldap", "xmpp", "postgres", "sieve", "lmtp", "nntp"})

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if shutil.which("gnutls-cli") else "gnutls-cli (package gnutls-bin) is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return one_by_one(visits, _go)


def _go(visit: Visit) -> Outcome:
    options = ["--x509cafile", visit.roots, "--verify-hostname", visit.host, "--sni-hostname", visit.host]
    options += ["--starttls-proto", visit.starttls] if visit.starttls else []
    said = run(
        ["gnutls-cli", *options, "-p", str(visit.port), visit.connect or visit.host], timeout=visit.patience
    )
    wanted = "Certificate is required" in said.words
    completed = "- Handshake was completed" in said.words and not wanted
    return Outcome(Action.ACCEPTS if completed else Action.REJECTS, said.words)


DRIVER = GnuTLS()
