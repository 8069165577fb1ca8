"""OpenSSL's own client, told to check name and chain and to stop where either is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from ipaddress import ip_address

from tests.real.clients.visit import Action, Outcome, Visit, one_by_one, run


class OpenSSL:
    """openssl s_client."""

    id = "openssl"
    starttls = frozenset({"smtp", "imap", "pop3", "ftp", "xmpp", "postgres", "mysql", "ldap", "lmtp", "nntp"})

    def available(self) -> str:
        """Return why it cannot run here."""
        return "" if shutil.which("openssl") else "openssl is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server."""
        return one_by_one(visits, _go)


def _go(visit: Visit) -> Outcome:
    where = f"[{visit.connect}]" if ":" in visit.connect else visit.connect or visit.host
    options = [
        "-connect",
        f"{where}:{visit.port}",
        "-CAfile",
        visit.roots,
        "-verify_return_error",
        "-ign_eof",
    ]
    if is_address(visit.host):
        options += ["-verify_ip", visit.host]
    else:
        options += ["-verify_hostname", visit.host, "-servername", visit.host]
    options += ["-starttls", visit.starttls] if visit.starttls else []
    question = (
        "QUIT\r\n"
        if visit.starttls
        else f"HEAD / HTTP/1.1\r\nHost: {visit.host}\r\nConnection: close\r\n\r\n"
    )
    said = run(["openssl", "s_client", *options], sent=question, timeout=visit.patience)
    return Outcome(Action.ACCEPTS if said.status == 0 else Action.REJECTS, said.words)


def is_address(host: str) -> bool:
    """Return whether a host is an IP address."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


DRIVER = OpenSSL()
