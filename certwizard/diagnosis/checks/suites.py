"""Which clients share a cipher suite with the server, by the kinds of suites it was seen to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import Handshake, Offer
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.handshakes import (
    BEST_KIND,
    ClientOffer,
    SuiteKind,
    client_offers,
    kind_of_suite,
    suite_kinds,
)

DH_SMALL = "dh-small"
"""The detail of a cause that is about the size of the server's Diffie-Hellman group."""
SAFE_DH_BITS = 2048
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """What a server was seen to take up to TLS 1.2."""

    kinds: tuple[SuiteKind, ...]
    """In the order in which it chose them."""
    dh_bits: int | None
    whole: bool
    """Whether it takes nothing else."""

    def chosen_for(self, offer: ClientOffer) -> SuiteKind | None:
        """Return the kind that a client with this offer is given, or None where it is given nothing."""
        return next((kind for kind in self.kinds if kind.id in offer.kinds), None)

    def is_refused_by(self, offer: ClientOffer) -> bool:
        """Return whether a client with this offer finds no suite, or a group that is too small for it."""
        kind = self.chosen_for(offer)
        return self.whole if kind is None else self.is_too_small(kind, offer)

    def is_too_small(self, kind: SuiteKind, offer: ClientOffer) -> bool:
        """Return whether the group that goes with a kind is smaller than a client takes."""
        finite = kind.id.startswith("dhe-")
        return finite and self.dh_bits is not None and self.dh_bits < offer.least_dh_bits


def taken_at(case: Case, address: str) -> Taken | None:
    """Return what the server at an address takes, or None where it was not asked or speaks TLS 1.3."""
    there = [each for each in case.observation.handshakes if each.address == address and each.cipher]
    asked = [each for each in there if each.offer is Offer.EVERYTHING and each.failure is None]
    if not asked or any(each.protocol == "TLSv1.3" for each in there):
        return None
    # What came about as a whole handshake is known as well.
    shaken = [each for each in there if each.offer is not Offer.EVERYTHING and each.failure is None]
    names = dict.fromkeys(each.cipher or "" for each in (*asked, *shaken))
    kinds = tuple(dict.fromkeys(kind.id for name in names if (kind := kind_of_suite(name)) is not None))
    known = {kind.id: kind for kind in suite_kinds()}
    bits = next((each.dh_bits for each in asked if each.dh_bits), None)
    return Taken(tuple(known[each] for each in kinds), bits, _is_whole(case, address, kinds))


def _is_whole(case: Case, address: str, kinds: Sequence[str]) -> bool:
    """Return whether the server refused all that was left, or takes what every client has."""
    asked = [
        each
        for each in case.observation.handshakes
        if each.address == address and each.offer is Offer.EVERYTHING
    ]
    return asked[-1].failure is not None or BEST_KIND in kinds


def suite_cause(case: Case, handshake: Handshake) -> Cause | None:
    """Return `cipher-mismatch` where some client shares no suite with the server of a handshake.

    Args:
        case: What was seen.
        handshake: The one that failed, or the one that came about.
    """
    taken = taken_at(case, handshake.address)
    if taken is None or not taken.kinds:
        return None
    refusing = [offer for offer in client_offers() if taken.is_refused_by(offer)]
    if not refusing:
        return None
    small = all(taken.chosen_for(offer) is not None for offer in refusing)
    clients = frozenset(client for offer in refusing for client in offer.clients)
    known = [profile for profile in profiles() if profile.mainstream]
    mainstream = tuple(profile.title for profile in known if profile.id in clients)
    everybody = len(mainstream) == len(known)
    who = "today's clients" if everybody else listing(mainstream, MOST_NAMES) or "some clients"
    severity = Severity.ERROR if mainstream else Severity.WARNING
    if small:
        return _small_group(taken, who, severity, clients)
    return Cause(
        CauseId.CIPHER_MISMATCH,
        severity,
        "Client and server share no cipher suite that today's clients offer."
        if everybody
        else f"The server takes no cipher suite that {who} offer.",
        f"Of all cipher suites up to TLS 1.2 it takes {_words(taken)} alone. {_why(taken)}The server's list of "
        "ciphers, its key type or its TLS library has to be brought up to date.",
        FieldId.CIPHER,
        _seen(taken),
        "an ECDHE suite with AES-GCM or ChaCha20",
        minded_by=None if len(refusing) == len(client_offers()) else clients,
    )


def _small_group(taken: Taken, who: str, severity: Severity, clients: frozenset[str]) -> Cause:
    return Cause(
        CauseId.CIPHER_MISMATCH,
        severity,
        f"The server's Diffie-Hellman group has only {taken.dh_bits} bits, which {who} refuse.",
        f"To clients that offer it the server prefers key exchange by finite-field Diffie-Hellman (DHE), with a "
        f"group that can be broken at large expense (Logjam). Browsers have no DHE and notice nothing. A group "
        f"of {SAFE_DH_BITS} bits helps, or DHE is switched off: ECDHE is faster and every client has it.",
        FieldId.CIPHER,
        f"DHE with {taken.dh_bits} bits",
        f"ECDHE, or a group of at least {SAFE_DH_BITS} bits",
        detail=DH_SMALL,
        minded_by=clients,
    )


def _words(taken: Taken) -> str:
    return listing(tuple(kind.words for kind in taken.kinds), 4)


def _seen(taken: Taken) -> str:
    group = f" (group of {taken.dh_bits} bits)" if taken.dh_bits else ""
    return f"{_words(taken)}{group}"


def _why(taken: Taken) -> str:
    reasons = tuple(dict.fromkeys(kind.why for kind in taken.kinds if kind.why))
    return f"{reasons[0]} " if reasons else ""
