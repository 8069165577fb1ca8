"""Is what the server sends small enough for every client: in bytes, in number, in the length of the path?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.outcome import SEVERITY_ORDER
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.client_traits import Traits
from certwizard.knowledge.clients import ClientProfile, profiles

LARGE = 10 * 1024
"""What a server may send before the first answer to it comes (RFC 6928: ten packets), less its other messages."""
ONE_CERTIFICATE, NUMBER, DEPTH = "one-certificate", "number", "depth"
MANY_NAMES = 100
_SHOWN = 4
_HEAD, _BESIDE = 4, 5
"""Bytes at the head of the message and beside each certificate in TLS 1.3 (RFC 8446 section 4.4.2)."""


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of a chain as sent."""

    message: int
    """Bytes of the handshake message that carries it."""
    number: int
    largest: int
    """Bytes of its largest certificate."""
    where: int | None
    """Index of that one, where it is the larger part of the whole."""
    intermediates: int
    """CAs between the server's certificate and the root of the judged path."""


def size_of(case: Case) -> Size | None:
    """Return the measures of the chain, or None where none was sent."""
    chain = case.observation.chain
    if not chain:
        return None
    shown = case.handshake
    computed = _HEAD + sum(len(each) + _BESIDE for each in chain)
    message = shown.chain_bytes if shown and shown.chain_bytes else computed
    number = max(len(chain), shown.chain_number if shown else 0)
    where = max(range(len(chain)), key=lambda index: len(chain[index]))
    best = case.choice.best
    inside = best.path.nodes[1:-1] if best and best.path.anchored else ()
    largest = len(chain[where])
    return Size(message, number, largest, where if 2 * largest > message else None, len(inside))


Excess = Callable[[Size, Traits], bool]


def _too_many_bytes(size: Size, traits: Traits) -> bool:
    return bool(traits.limits.message_bytes) and size.message > traits.limits.message_bytes


def _one_too_large(size: Size, traits: Traits) -> bool:
    return bool(traits.limits.certificate_bytes) and size.largest > traits.limits.certificate_bytes


def _too_many(size: Size, traits: Traits) -> bool:
    return bool(traits.path.max_sent) and size.number > traits.path.max_sent


def _too_deep(size: Size, traits: Traits) -> bool:
    return bool(traits.path.max_intermediates) and size.intermediates > traits.path.max_intermediates


_VARIANTS: tuple[tuple[str, Excess], ...] = (
    ("", _too_many_bytes),
    (ONE_CERTIFICATE, _one_too_large),
    (NUMBER, _too_many),
    (DEPTH, _too_deep),
)


def size_causes(case: Case) -> list[Cause]:
    """Return `chain-too-large` for each measure by which clients refuse that take the others, or as a remark."""
    size = size_of(case)
    if size is None:
        return []
    causes, told = [], frozenset[str]()
    for detail, exceeds in _VARIANTS:
        refusing = [each for each in profiles() if exceeds(size, each.traits) and each.id not in told]
        if refusing:
            told |= {each.id for each in refusing}
            causes.append(_cause(case, size, detail, refusing))
    if not causes and size.message > LARGE:
        causes.append(_remark(case, size))
    return causes


def _cause(case: Case, size: Size, detail: str, refusing: list[ClientProfile]) -> Cause:
    mainstream = any(each.mainstream for each in refusing)
    headline, seen, expected = _words(case, size, detail, refusing)
    who = listing(tuple(each.title for each in refusing), _SHOWN)
    return Cause(
        CauseId.CHAIN_TOO_LARGE,
        Severity.ERROR if mainstream else Severity.WARNING,
        headline,
        f"{who} {'refuses' if len(refusing) == 1 else 'refuse'} it, whoever issued it: no standard sets this limit, "
        f"each program has its own. {_what_helps(case, size, detail)}",
        FieldId.CHAIN,
        seen,
        expected,
        certificate=size.where if detail in ("", ONE_CERTIFICATE) else None,
        detail=detail,
        minded_by=frozenset(each.id for each in refusing),
    )


def _words(case: Case, size: Size, detail: str, refusing: list[ClientProfile]) -> tuple[str, str, str]:
    limits = [each.traits for each in refusing]
    if detail == NUMBER:
        most = min(each.path.max_sent for each in limits)
        return (
            f"The server sends {size.number} certificates, more than some clients take.",
            f"{size.number} certificates",
            f"at most {most}",
        )
    if detail == DEPTH:
        most = min(each.path.max_intermediates for each in limits)
        return (
            f"There are {size.intermediates} CAs between the certificate and its root, more than some clients follow.",
            f"{size.intermediates} intermediate certificates in the path",
            f"at most {most}",
        )
    if detail == ONE_CERTIFICATE:
        most = min(each.limits.certificate_bytes for each in limits)
        return (
            f"A certificate is too large for some clients: {_kilobytes(size.largest)}.",
            f"{size.largest} bytes",
            f"at most {most} bytes in one certificate",
        )
    most = min(each.limits.message_bytes for each in limits)
    return (
        f"The certificates the server sends are too large for some clients: {_kilobytes(size.message)}.",
        f"{size.message} bytes in {_counted(size.number)}",
        f"at most {most} bytes",
    )


def _what_helps(case: Case, size: Size, detail: str) -> str:
    if detail == DEPTH:
        return "A certificate from a CA nearer to its root is needed."
    if detail == NUMBER:
        return "Two or three are usual; send only those that lead from the server's own to the root."
    largest = None if size.where is None or size.where >= len(case.sent) else case.sent[size.where]
    names = len(largest.san.all) if largest is not None and largest.san else 0
    if largest is not None and names > MANY_NAMES:
        return f"{quoted(largest)} lists {names} names; several certificates with fewer names help."
    return "Three to five kilobytes are usual; send only what leads from the server's own certificate to the root."


def _remark(case: Case, size: Size) -> Cause:
    return Cause(
        CauseId.CHAIN_TOO_LARGE,
        Severity.INFO,
        f"The certificates the server sends are large: {_kilobytes(size.message)}.",
        "Every client takes them, yet each new connection needs a further round trip or more before it can begin, "
        f"over QUIC too. {_what_helps(case, size, '')}",
        FieldId.CHAIN,
        f"{size.message} bytes in {_counted(size.number)}",
        f"less than {LARGE} bytes",
        certificate=size.where,
    )


def size_facts(case: Case, causes: list[Cause]) -> list[Fact]:
    """Return the row on the size, where the size is worth a word."""
    size = size_of(case)
    mine = [cause for cause in causes if cause.id is CauseId.CHAIN_TOO_LARGE]
    if size is None or not mine:
        return []
    worst = min((cause.severity for cause in mine), key=SEVERITY_ORDER.index)
    above = f"{size.intermediates} CA{'' if size.intermediates == 1 else 's'} up to the root"
    seen = f"{size.message} bytes in {_counted(size.number)}, {above}"
    return [Fact(FieldId.CHAIN, "Size as sent", seen, mine[0].expected, mark(worst))]


def _kilobytes(number: int) -> str:
    return f"{number / 1024:.0f} KB"


def _counted(number: int) -> str:
    return "1 certificate" if number == 1 else f"{number} certificates"
