"""What else is offered to a server that refuses what today's clients offer, to see which part it refuses.

One after the other, and each connection that came about stays open for a question in HTTP: some servers serve
one at a time.
"""

from __future__ import annotations

import dataclasses

from certwizard.domain.observation import FailureReason, Offer
from certwizard.probe.handshake import Attempt, Stage, attempt

SECONDS = 2.0
"""Time for each offer where the first one met silence."""

_BROKEN_OFF = (FailureReason.ALERT, FailureReason.TLS, FailureReason.RESET)
_NO_ACCIDENT = (70, 112)
"""Alerts about version and name: trying again would bring the same."""
_UNRECOGNIZED_NAME = 112


def try_otherwise(modern: Attempt) -> list[Attempt]:
    """Return further attempts with a server that sent no certificate to the modern offer; it is not among them.

    First the same once more: one machine of several may be the one that failed. Then less of it, then all that
    OpenSSL still knows, until one shows a certificate.
    """
    failure, like = modern.handshake.failure, modern.handshake
    if modern.stage is not Stage.TLS or like.chain or failure is None:
        return []
    if failure.reason is FailureReason.TIMEOUT and not modern.received:
        route = dataclasses.replace(modern.route, timeout=min(SECONDS, modern.route.timeout))
        return _until_one_works(dataclasses.replace(modern, route=route), _lesser())
    if failure.reason not in _BROKEN_OFF:
        return []
    again = () if failure.alert in _NO_ACCIDENT else (Offer.MODERN,)
    less = () if failure.alert == _UNRECOGNIZED_NAME else (*_lesser(), Offer.PERMISSIVE)
    return _until_one_works(modern, (*again, *less))


def _lesser() -> tuple[Offer, ...]:
    from certwizard.probe.signatures import can_choose

    return (Offer.SMALL, Offer.TLS12) if can_choose() else (Offer.TLS12,)


def _until_one_works(modern: Attempt, offers: tuple[Offer, ...]) -> list[Attempt]:
    like, made = modern.handshake, list[Attempt]()
    for offer in offers:
        repeat = int(offer is like.offer)
        made.append(attempt(modern.route, like.address, like.sni, offer, repeat=repeat))
        if made[-1].stage is Stage.DONE or (repeat and made[-1].handshake.chain):
            break
    return made
