"""Values for watching a certificate: the check as cron and systemd read it, and when to renew."""

from datetime import datetime, timedelta

from certwizard.domain.wording import span
from certwizard.remedies.model import Command
from certwizard.remedies.proof import certwizard_check
from certwizard.remedies.quoting import render
from certwizard.remedies.situation import Situation

_SHORT_LIFE = timedelta(days=10)
_THIRTY_DAYS = timedelta(days=30)


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


def nagios_line(situation: Situation) -> str:
    """Return the check as a Nagios command line, where ``$`` begins a macro and ``;`` a comment."""
    line = plain_line(situation).replace("$", "$$")
    return f"/usr/bin/env {line}".replace(";", "\\;")


def icinga_words(situation: Situation) -> str:
    """Return the check as the words of an Icinga array, with limits by share."""
    words = (*certwizard_check(situation), "--format", "nagios", "--warning", "33%", "--critical", "10%")
    return ", ".join(_icinga_word(word) for word in ("/usr/bin/env", *words))


def _icinga_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def renewal_day(situation: Situation) -> datetime | None:
    """Return when to renew: with a third of the life left, or half of a life under ten days."""
    leaf = situation.leaf
    if leaf is None or leaf.not_after is None or leaf.lifetime is None:
        return None
    return _before_end(
        leaf.not_after, leaf.lifetime / 2 if leaf.lifetime < _SHORT_LIFE else leaf.lifetime / 3
    )


def _before_end(end: datetime, left: timedelta) -> datetime:
    """Return the moment when so much is left; the end itself where that lies outside of the calendar."""
    try:
        return end - left
    except OverflowError:
        return end


def renew_from(situation: Situation) -> str | None:
    """Return the day to renew on."""
    due = renewal_day(situation)
    return f"{due:%Y-%m-%d}" if due else None


def alarm_from(situation: Situation) -> str | None:
    """Return the day from which a tenth of the life is left."""
    leaf = situation.leaf
    if leaf is None or leaf.not_after is None or leaf.lifetime is None:
        return None
    return f"{_before_end(leaf.not_after, leaf.lifetime / 10):%Y-%m-%d}"


def lifetime(situation: Situation) -> str | None:
    """Return how long the certificate lives."""
    leaf = situation.leaf
    return span(leaf.lifetime) if leaf is not None and leaf.lifetime else None


def third_of_life(situation: Situation) -> str | None:
    """Return a third of its life."""
    leaf = situation.leaf
    return span(leaf.lifetime / 3) if leaf is not None and leaf.lifetime else None


def thirty_days_means(situation: Situation) -> str | None:
    """Return what a fixed limit of 30 days would do to a certificate that lives so long."""
    leaf = situation.leaf
    if leaf is None or not leaf.lifetime:
        return None
    share = _THIRTY_DAYS / leaf.lifetime
    if share >= 1:
        return "from its first day to its last"
    return f"with {share:.0%} of that left"
