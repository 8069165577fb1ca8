"""Whether each field and extension of a certificate has a lesson, or the general one where that is stated."""

from __future__ import annotations

from datetime import UTC, datetime

from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.anatomy.part import Part
from certwizard.domain.parsing import parse_certificate
from certwizard.knowledge.part_lessons import fallback, lesson_on_extension
from certwizard.wizard.teaching import lesson_of

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GENERAL = {
    "1.2.3.4": "a made-up number of a test",
    "1.3.6.1.4.1.32473.1.1": "the practice lab: a number kept for examples (RFC 5612)",
    "2.16.840.1.101.2.1.12.2": "PKITS: an extension that nobody knows, made for its tests",
    "1.3.6.1.4.1.55738.666.1": "x509-limbo: likewise",
}
"""Extensions that the general lesson stands for, and why they have none of their own."""


def anatomy(der: bytes) -> Part:
    """Return a certificate taken apart as the viewer does."""
    return take_apart(parse_certificate(der), NOW)


def unexplained(der: bytes) -> list[str]:
    """Return what of a certificate has no lesson of its own, or only the general one without a reason."""
    root = anatomy(der)
    missing = [part.label for part in root.walk() if part is not root and lesson_of(part, root) is None]
    for facts in parse_certificate(der).extensions:
        lesson = lesson_on_extension(facts.oid)
        if lesson is None or (lesson.key == fallback() and facts.oid not in GENERAL):
            missing.append(facts.oid)
    return missing
