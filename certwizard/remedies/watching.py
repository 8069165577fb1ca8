"""Values for watching a certificate: the check as cron and systemd read it, and when to renew."""

from datetime import timedelta

from certwizard.remedies.model import Command
from certwizard.remedies.proof import certwizard_check
from certwizard.remedies.quoting import render
from certwizard.remedies.situation import Situation

_SHORT_LIFE = timedelta(days=10)


def plain_line(situation: Situation) -> str:
    """Return the check as a line of a POSIX shell, for texts that name it."""
    return render(Command((certwizard_check(situation),)))


def cron_line(situation: Situation) -> str:
    """Return the check as a line for cron, in which a bare % would end the command."""
    return plain_line(situation).replace("%", "\\%")


def unit_line(situation: Situation) -> str:
    """Return the check as a unit file holds it (systemd.service(5), "Command lines")."""
    return " ".join(("/usr/bin/env", *map(_unit_word, certwizard_check(situation))))


def _unit_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")
    escaped = escaped.replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if " " in escaped else escaped


def renew_from(situation: Situation) -> str | None:
    """Return the day to renew on: with a third of the life left, or half of a life under ten days."""
    leaf = situation.leaf
    if leaf is None or leaf.not_after is None or leaf.lifetime is None:
        return None
    rest = leaf.lifetime / 2 if leaf.lifetime < _SHORT_LIFE else leaf.lifetime / 3
    return f"{leaf.not_after - rest:%Y-%m-%d}"
