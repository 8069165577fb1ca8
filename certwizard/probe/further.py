"""More handshakes with a server that answered: the same again, and with the other kind of key alone.

Behind one address several machines may stand, each with a certificate of its own, and one machine may hold
an RSA certificate beside an ECDSA one. A client meets one of them; all of them are to be seen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from certwizard.domain.observation import FailureReason, Handshake, Offer
from certwizard.probe.handshake import Attempt, Route, Stage, attempt
from certwizard.probe.key_kind import KeyKind, kind_of

REPEATS = 4
"""Further handshakes like the first, at each address."""

MOST_REPEATS = 16
"""Of them at all addresses together."""

UPGRADED_REPEATS = 1
"""Of them where each costs a dialogue in the clear: mail servers count who comes too often."""

CLOSER = 8
"""More of them where the first ones met different certificates."""

IN_A_ROW = 4
"""More of them, one after the other, where some of the first failed."""

CLOSER_AT = 2
"""Addresses that are looked at so closely."""

OTHER_KEYS_AT = 4
"""Addresses where the other kind of key is asked for."""

SECONDS = 2.0
"""Least time a further handshake gets; a server that was slower before gets ten times what it took."""

_OTHERS = {
    KeyKind.ECDSA: (Offer.RSA,),
    KeyKind.RSA: (Offer.ECDSA,),
    KeyKind.OTHER: (Offer.RSA, Offer.ECDSA),
}
_OVER_TLS13 = {Offer.RSA: Offer.RSA_TLS13, Offer.ECDSA: Offer.ECDSA_TLS13}
_DECRYPT_ERROR, _PROTOCOL_VERSION, _UNRECOGNIZED_NAME = 51, 70, 112
_LESSER = (Offer.SMALL, Offer.TLS12)


@dataclass(frozen=True, slots=True)
class Further:
    """Looks closer at every address that showed a certificate."""

    pool: ThreadPoolExecutor

    def look(self, tried: Iterable[Attempt]) -> list[Handshake]:
        """Return the further handshakes with the addresses of these attempts.

        Args:
            tried: The first handshakes, closed again: some servers serve one connection at a time.
        """
        tried = list(tried)
        shown = {one.handshake.address: one for one in tried if _has_shown_itself(one)}
        firsts = list(shown.values())
        if not firsts:
            return self._at_refusing(tried)
        planned = [self.pool.submit(_again, one, n) for one in firsts for n in repetitions(len(firsts), one)]
        others = [self.pool.submit(_other_keys, one) for one in firsts[: _others_at(firsts)]]
        suites = self.pool.submit(_suites, firsts[0])
        again = [each.result() for each in planned]
        made = again + self._closer(firsts, again) + [one for each in others for one in each.result()]
        return made + suites.result()

    def _at_refusing(self, tried: Sequence[Attempt]) -> list[Handshake]:
        """Look closer at a server that took no offer of today."""
        refused = next((one for one in tried if _was_refused(one)), None)
        if refused is None:
            return []
        if any(one.handshake.offer in _LESSER and one.stage is Stage.DONE for one in tried):
            # Whether it was the offer or one machine of several, only the same offer can tell.
            return list(self.pool.map(lambda number: _again(refused, number), (2, 3)))
        return _suites(refused)

    def _closer(self, firsts: Sequence[Attempt], again: Sequence[Handshake]) -> list[Handshake]:
        """Make more of them where the first ones disagree, so that a share can be told."""
        made: list[Handshake] = []
        for first in [one for one in firsts if _disagree(_at(one, again))][:CLOSER_AT]:
            mine = _at(first, again)
            number = len(mine)
            if any(each.failure is not None for each in mine[1:]) and _goes_on(mine[1:]):
                # Several at once may be more than the server allows one client: now it has no such excuse.
                made += _in_a_row(first, range(number, number + IN_A_ROW))
                number += IN_A_ROW
            if len({each.chain for each in mine if each.failure is None}) > 1:
                numbers = range(number, number + CLOSER)
                made += self.pool.map(lambda n, first=first: _again(first, n), numbers)
        return made


def repetitions(addresses: int, first: Attempt) -> range:
    """Return the numbers of the handshakes that repeat a first one.

    Args:
        addresses: How many addresses are looked at.
        first: The first handshake with one of them.
    """
    most = REPEATS if first.route.starttls is None else UPGRADED_REPEATS
    return range(1, 1 + max(1, min(most, MOST_REPEATS // addresses)))


def _has_shown_itself(one: Attempt) -> bool:
    """Whether a handshake of today came about, or broke only on the server's proof of its key."""
    handshake, failure = one.handshake, one.handshake.failure
    if handshake.offer is not Offer.MODERN or not handshake.chain:
        return False
    return failure is None or failure.alert_sent == _DECRYPT_ERROR


def _others_at(firsts: Sequence[Attempt]) -> int:
    return OTHER_KEYS_AT if firsts[0].route.starttls is None else 1


def _again(first: Attempt, number: int, offer: Offer = Offer.MODERN) -> Handshake:
    like = first.handshake
    tried = attempt(_shorter(first), like.address, like.sni, offer, repeat=number)
    tried.close()
    return tried.handshake


def _goes_on(again: Sequence[Handshake]) -> bool:
    """Whether the server still answers: one that serves a single connection and ends is left in peace."""
    gone = (FailureReason.REFUSED, FailureReason.TIMEOUT)
    return any(each.failure is None or each.failure.reason not in gone for each in again)


def _in_a_row(first: Attempt, numbers: Iterable[int]) -> list[Handshake]:
    made = []
    for number in numbers:
        made.append(_again(first, number))
        failure = made[-1].failure
        if failure is not None and failure.reason in (FailureReason.TIMEOUT, FailureReason.CANCELLED):
            break  # Each one more would cost the whole time limit.
    return made


def _other_keys(first: Attempt) -> list[Handshake]:
    """Ask for the certificate with the other kind of key, and who else than those alone would get it."""
    made = []
    for offer in _OTHERS[kind_of(first.handshake.chain[0])]:
        other = _again(first, 0, offer)
        failure = other.failure
        if failure is not None and failure.alert == _PROTOCOL_VERSION and _can_choose():
            other = _again(first, 0, _OVER_TLS13[offer])
        made.append(other)
        found = other.failure is None and other.chain != first.handshake.chain
        if found and other.offer in (Offer.RSA, Offer.RSA_TLS13) and _can_choose():
            made.append(_again(first, 0, Offer.RSA_FIRST))
    return made


def _was_refused(one: Attempt) -> bool:
    """Whether a server broke off before it sent a certificate; for the name sent there is no more to ask."""
    failure = one.handshake.failure
    if failure is None or one.handshake.chain or one.stage is not Stage.TLS:
        return False
    return failure.reason is not FailureReason.CANCELLED and failure.alert != _UNRECOGNIZED_NAME


def _suites(first: Attempt) -> list[Handshake]:
    """Ask which cipher suites a server without TLS 1.3 takes, all of them where it chose none of the best."""
    from certwizard.knowledge.handshakes import BEST_KIND, kind_of_suite
    from certwizard.probe.old_greeting import MOST_GREETINGS, taken_kinds

    like = first.handshake
    if like.failure is None and like.protocol != "TLSv1.2":
        return []
    kind = kind_of_suite(like.cipher or "")
    best = kind is not None and kind.id == BEST_KIND
    if best and first.route.starttls is not None:
        return []
    # The one question shows whether clients with Diffie-Hellman are given that, and with which group.
    return taken_kinds(_shorter(first), like.address, like.sni, 1 if best else MOST_GREETINGS)


def _shorter(first: Attempt) -> Route:
    like = first.handshake
    took = 0.0 if like.failure is not None else like.ended_ms - like.started_ms
    seconds = max(SECONDS, took / 100)
    return dataclasses.replace(first.route, timeout=min(first.route.timeout, seconds))


def _can_choose() -> bool:
    from certwizard.probe.signatures import can_choose

    return can_choose()


def _at(first: Attempt, again: Sequence[Handshake]) -> list[Handshake]:
    return [first.handshake, *(each for each in again if each.address == first.handshake.address)]


def _disagree(handshakes: Sequence[Handshake]) -> bool:
    reasons = {each.failure.reason for each in handshakes[1:] if each.failure is not None}
    if FailureReason.CANCELLED in reasons:
        return False
    return len({each.chain for each in handshakes}) > 1 or bool(reasons)
