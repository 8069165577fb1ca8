"""git with the libcurl that Debian and Ubuntu build it with: GnuTLS."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from tests.real.clients.visit import Action, Outcome, Visit, one_by_one, run

NO_REPOSITORY = (
    "is this a git repository",
    "not found",
    "not valid: is this",
    "The requested URL returned error",
)
"""What it says after a handshake that was completed: the practice servers hold no repository."""


class Git:
    """git ls-remote."""

    id = "git"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        if shutil.which("git") is None or shutil.which("ldd") is None:
            return "git is not installed"
        helpers = run(["git", "--exec-path"]).words.strip()
        linked = run(["ldd", f"{helpers}/git-remote-https"]).words
        return "" if "libcurl-gnutls" in linked else "this git is built with another TLS library"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return one_by_one(visits, _go)


def _go(visit: Visit) -> Outcome:
    options = ["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=3"]
    if visit.connect and visit.connect != visit.host:
        options += ["-c", f"http.curloptResolve={visit.host}:{visit.port}:{visit.connect}"]
    environment = {
        "GIT_SSL_CAINFO": visit.roots,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    said = run(["git", *options, "ls-remote", visit.url], env=environment, timeout=visit.patience)
    accepted = said.status == 0 or any(words in said.words for words in NO_REPOSITORY)
    return Outcome(Action.ACCEPTS if accepted else Action.REJECTS, said.words)


DRIVER = Git()
