"""The dates of a certificate as a calendar file (RFC 5545)."""

from datetime import datetime

from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.remedies.situation import Situation
from certwizard.remedies.watching import plain_line, renewal_day

_FOLD = 73
"""Octets a line, continuation space included: RFC 5545 3.1 allows 75."""


def calendar(situation: Situation) -> str | None:
    """Return an event for the renewal and one for the end; None where the end is not known."""
    leaf, due = situation.leaf, renewal_day(situation)
    if leaf is None or leaf.not_after is None or due is None:
        return None
    name = clean(situation.diagnosis.target.display_name)
    told = (
        f"Check it with: {plain_line(situation)}. Issued by {leaf.issuer.short}, SHA-256 {leaf.sha256}. "
        f"It ends {leaf.not_after:%Y-%m-%d %H:%M} UTC."
    )
    stamp = situation.diagnosis.judged_at
    renewal = _event("renew", leaf, stamp, due, f"Renew the certificate of {name}", told)
    end = _event("end", leaf, stamp, leaf.not_after, f"The certificate of {name} ends", told)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//certwizard//certificate dates//EN",
        *renewal,
        *end,
        "END:VCALENDAR",
    ]
    return "\n".join(part for line in lines for part in _folded(line))


def _event(
    kind: str, leaf: Certificate, stamp: datetime, when: datetime, summary: str, told: str
) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{kind}-{leaf.sha256[:32]}@certwizard",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{when:%Y%m%dT%H%M%SZ}",
        # No end is reckoned: behind 9999-12-31, which means "without end" (RFC 5280 4.1.2.5), there is no moment.
        "DURATION:PT30M",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(told)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(summary)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Return text as a TEXT value (RFC 5545 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Return a content line in pieces of at most 75 octets, never inside a character (RFC 5545 3.1)."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return [*pieces, piece]
