"""The handshakes of each address taken together: does it always, never, or only now and then answer?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certwizard.domain.observation import FailureReason, Handshake, Offer
from certwizard.domain.vocabulary import FieldId, Status

_DECRYPT_ERROR = 51
_OLD = {Offer.PERMISSIVE: ", old protocols allowed"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """An address where some handshakes fail and others come about."""

    failed: Handshake
    """One that failed with nothing else going on at that address."""
    times: int
    of: int


def by_address(handshakes: Iterable[Handshake]) -> list[list[Handshake]]:
    """Return the handshakes of each address, addresses in the order in which they first appear."""
    found: dict[str, list[Handshake]] = {}
    for each in handshakes:
        found.setdefault(each.address, []).append(each)
    return list(found.values())


def dead_ones(tried: Iterable[Handshake]) -> list[Handshake]:
    """Return a failed handshake for each address where none came about: one that got a chain, else the first."""
    return [
        next((each for each in group if each.chain), group[0])
        for group in by_address(tried)
        if all(each.failure is not None for each in group)
    ]


def flaws(tried: Iterable[Handshake], everything: Sequence[Handshake]) -> list[Flaw]:
    """Return the addresses that fail now and then.

    A failure counts where nothing else was going on at the address and a later handshake came about: who
    allows a client few connections, or only some at a time, is not at fault.

    Args:
        tried: The handshakes of today's clients.
        everything: All handshakes, whatever they offered.
    """
    found = []
    for group in by_address(tried):
        counting = [each for each in group if _is_alone(each, everything) and _came_later(each, group)]
        if counting:
            times = sum(each.failure is not None for each in group)
            found.append(Flaw(counting[0], times, len(group)))
    return found


def _is_alone(failed: Handshake, everything: Sequence[Handshake]) -> bool:
    failure = failed.failure
    if failure is None or failure.reason is FailureReason.CANCELLED or failure.alert_sent == _DECRYPT_ERROR:
        return False
    return failed.ended_ms > 0 and not any(
        other is not failed
        and other.address == failed.address
        and other.started_ms < failed.ended_ms
        and failed.started_ms < other.ended_ms
        for other in everything
    )


def _came_later(failed: Handshake, group: Sequence[Handshake]) -> bool:
    return any(each.failure is None and each.started_ms >= failed.ended_ms for each in group)


@dataclass(frozen=True, slots=True)
class Row:
    """What the handshakes of one kind with one address came to, in words."""

    field: FieldId
    label: str
    seen: str
    status: Status


def rows(handshakes: Iterable[Handshake]) -> list[Row]:
    """Return a row for each address, name sent, and offer of a whole client."""
    groups: dict[tuple[str, int, str | None, Offer], list[Handshake]] = {}
    for each in handshakes:
        if each.offer in (Offer.MODERN, Offer.PERMISSIVE):
            groups.setdefault((each.address, each.port, each.sni, each.offer), []).append(each)
    return [_row(group) for group in groups.values()]


def _row(group: Sequence[Handshake]) -> Row:
    first = next((each for each in group if each.failure is None), group[0])
    name = f"with the name {first.sni}" if first.sni else "without a name"
    label = f"{first.address} port {first.port}, {name}{_OLD.get(first.offer, '')}"
    failure = first.failure
    if failure is not None:
        words = failure.reason.value + (f": {failure.detail}" if failure.detail else "")
        return Row(FieldId.ADDRESS, label, words, Status.FAIL)
    good = sum(each.failure is None for each in group)
    often = "" if len(group) == 1 else f"; {good} of {len(group)} handshakes came about"
    return Row(FieldId.ADDRESS, label, f"{first.protocol}, {first.cipher}{often}", Status.PASS)
