"""What the coming years bring for this very certificate: dated changes, and the ends above it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.certificate import Certificate
from certwizard.domain.wording import span
from certwizard.knowledge.coming import Coming, coming

CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
_VENDORS = frozenset({"mozilla", "microsoft", "java", "apple", "android"})
_YEAR = 365
_SOON_ABOVE = timedelta(days=400)
_OLD_GENERATION = frozenset({"R10", "R11", "R12", "R13", "R14", "E5", "E6", "E7", "E8", "E9"})
_WORDS = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Ahead:
    """One thing that is to come."""

    id: str
    since: date
    text: str
    source: str


def ahead_of(diagnosis: Diagnosis) -> tuple[Ahead, ...]:
    """Return what is to come for the leaf of a diagnosis, the nearest first; nothing without a leaf."""
    if not diagnosis.sent:
        return ()
    today = diagnosis.judged_at.date()
    tags = _tags(diagnosis)
    leaf = diagnosis.sent[0].certificate
    rows = [
        Ahead(row.id, row.since, _filled(row, leaf), row.source)
        for row in coming()
        if row.until > today and all(_holds(word, tags, leaf) for word in row.when)
    ]
    rows += _ends_above(diagnosis)
    return tuple(sorted(rows, key=lambda row: (row.since, row.id)))


def _tags(diagnosis: Diagnosis) -> frozenset[str]:
    leaf = diagnosis.sent[0].certificate
    anchor = diagnosis.path[-1] if diagnosis.trusted and diagnosis.path else None
    stores = set(anchor.stores) if anchor else set()
    tags = {"public" if stores & _VENDORS else "private-root"}
    if leaf.issuer.first("O") == "Let's Encrypt":
        tags |= {"lets-encrypt", *({"old-generation"} if leaf.issuer.first("CN") in _OLD_GENERATION else ())}
    if CLIENT_AUTH in (leaf.extended_key_usage or ()):
        tags.add("client-usage")
    if leaf.must_staple:
        tags.add("must-staple")
    return frozenset(tags)


def _holds(word: str, tags: frozenset[str], leaf: Certificate) -> bool:
    kind, _, number = word.rpartition("-")
    if kind in ("lives-over", "lives-under"):
        if leaf.lifetime is None:
            return False
        days = leaf.lifetime / timedelta(days=1)
        return days > int(number) if kind == "lives-over" else days < int(number)
    return word in tags


def _filled(row: Coming, leaf: Certificate) -> str:
    now = math.ceil(_YEAR / max(leaf.lifetime / timedelta(days=1), 1)) if leaf.lifetime else 0
    then = math.ceil(_YEAR / row.days) if row.days else now
    return row.text.format(
        lifetime=span(leaf.lifetime) if leaf.lifetime else "for a time that cannot be read",
        times_now=_times(now),
        times_then=_times(then),
    )


def _times(count: int) -> str:
    return _WORDS.get(count, f"{count} times")


def _ends_above(diagnosis: Diagnosis) -> Iterator[Ahead]:
    """Yield the certificates of the path above the leaf that end within the next 400 days."""
    for link in diagnosis.path[1:]:
        end = link.certificate.not_after
        if end is None or not diagnosis.judged_at < end < diagnosis.judged_at + _SOON_ABOVE:
            continue
        name = link.certificate.subject.short
        yield Ahead(
            f"ends-{link.certificate.sha256[:16]}",
            end.date(),
            f"The {link.role.value} “{name}” ends. A renewal that lives longer has to come with another "
            "chain; look at the chain file then, not at the certificate alone.",
            "the certificate itself",
        )
