"""What else a name serves: at other addresses, now and then at one, or to clients with other preferences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from certwizard.diagnosis.checks.negotiation import DECRYPT_ERROR
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import Handshake, Observation, Offer
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.handshakes import prefer_rsa

MAX_GROUPS = 8
_NOT_THE_CHAINS = frozenset({CauseId.REVOCATION_UNKNOWN})
"""Whether a certificate was revoked is asked for the judged chain alone."""
_OFFERS = (Offer.MODERN, Offer.SMALL, Offer.TLS12, Offer.PERMISSIVE)
_ONE_KIND = {
    Offer.RSA: "RSA",
    Offer.RSA_TLS13: "RSA",
    Offer.ECDSA: "ECDSA",
    Offer.ECDSA_TLS13: "ECDSA",
}


_Shown = tuple[tuple[bytes, ...], bool]
"""A chain, and whether the server could prove that it has the key."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often one address showed a chain."""

    address: str
    times: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether the address showed nothing else."""
        return self.times == self.of


@dataclass(frozen=True, slots=True)
class Group:
    """The handshakes that met one chain, as an observation of its own."""

    observation: Observation
    shares: tuple[Share, ...]
    kind: str = ""
    """``RSA`` or ``ECDSA`` where only clients that ask for this kind of key meet it; empty for all."""
    audience: frozenset[str] | None = None
    """Ids of the clients that meet it; None: any client that lands there."""


@dataclass(frozen=True, slots=True)
class Served:
    """One chain, where it was met, and the diagnosis as if it were all there is."""

    group: Group
    diagnosis: Diagnosis

    @property
    def shares(self) -> tuple[Share, ...]:
        """Its addresses, with how often each showed it."""
        return self.group.shares

    @property
    def leaf(self) -> Certificate:
        """The server's certificate there."""
        return self.diagnosis.sent[0].certificate

    @property
    def where(self) -> str:
        """The addresses for a sentence."""
        return listing(tuple(share.address for share in self.shares), 3)

    @property
    def how_often(self) -> str:
        """``in 2 of 5 handshakes`` where the same addresses show something else as well, or nothing."""
        if all(share.whole for share in self.shares):
            return ""
        times, of = sum(s.times for s in self.shares), sum(s.of for s in self.shares)
        return f"in {times} of {of} handshakes"

    @property
    def refusing(self) -> frozenset[str]:
        """The mainstream clients that meet what is served there and refuse it."""
        return frozenset(
            profile.id
            for profile in profiles()
            if profile.mainstream
            and (outcome := self.outcome_of(profile.id)) is not None
            and outcome.action is ClientAction.REJECTS
        )

    @property
    def errors(self) -> frozenset[CauseId]:
        """What clients refuse for."""
        return frozenset(cause.id for cause in self.faults if cause.severity is Severity.ERROR)

    @property
    def faults(self) -> tuple[Cause, ...]:
        """The errors and warnings of the chain, the one to repair first in front."""
        return tuple(
            cause
            for cause in self.diagnosis.causes
            if cause.severity is not Severity.INFO and cause.id not in _NOT_THE_CHAINS
        )

    def outcome_of(self, client: str) -> ClientOutcome | None:
        """Return what a client does there, or None where it is never given this chain."""
        if self.group.audience is not None and client not in self.group.audience:
            return None
        return next((each for each in self.diagnosis.clients if each.client == client), None)


def groups_of(observation: Observation) -> tuple[Group, ...]:
    """Return what each chain's handshakes show by themselves, the judged one first; nothing where all agree.

    Compared are the handshakes that offered the same as the judged one, with the same name, and came about as
    it did; then those that asked for one kind of key and were shown a chain that no other handshake was.
    """
    judged = next((each for each in observation.handshakes if each.chain), None)
    if judged is None or judged.offer not in _OFFERS:
        return ()
    alike = [
        each
        for each in observation.handshakes
        if each.offer is judged.offer
        and each.sni == judged.sni
        and (_counts(each) or _fell_short(judged, each))
    ]
    met: dict[_Shown, list[Handshake]] = {}
    for each in alike:
        met.setdefault(_shown(each), []).append(each)
    found = [_group(observation, group, alike) for group in list(met.values())[:MAX_GROUPS]]
    found += _by_kind(observation, judged, {shown[0] for shown in met})
    return tuple(found) if len(found) > 1 else ()


def _counts(handshake: Handshake) -> bool:
    failure = handshake.failure
    return bool(handshake.chain) and (failure is None or failure.alert_sent == DECRYPT_ERROR)


def _fell_short(judged: Handshake, handshake: Handshake) -> bool:
    """Return whether a handshake broke off after its chain had come, where the judged one did too."""
    return not _counts(judged) and bool(handshake.chain)


def _shown(handshake: Handshake) -> _Shown:
    failure = handshake.failure
    return handshake.chain, failure is None or failure.alert_sent != DECRYPT_ERROR


def _group(observation: Observation, group: list[Handshake], alike: list[Handshake]) -> Group:
    addresses = dict.fromkeys(each.address for each in group)
    shares = tuple(
        Share(address, _number_at(group, address), _number_at(alike, address)) for address in addresses
    )
    # OpenSSL was asked about the judged chain alone.
    return Group(replace(observation, handshakes=tuple(group), openssl=None, installed=()), shares)


def _number_at(handshakes: Iterable[Handshake], address: str) -> int:
    return sum(each.address == address for each in handshakes)


def _by_kind(observation: Observation, judged: Handshake, known: set[tuple[bytes, ...]]) -> list[Group]:
    met: dict[tuple[bytes, ...], list[Handshake]] = {}
    for each in observation.handshakes:
        if each.offer in _ONE_KIND and each.sni == judged.sni and _counts(each) and each.chain not in known:
            met.setdefault(each.chain, []).append(each)
    return [_kind_group(observation, group) for group in list(met.values())[:MAX_GROUPS]]


def _kind_group(observation: Observation, group: list[Handshake]) -> Group:
    kind = _ONE_KIND[group[0].offer]
    shares = tuple(Share(address, 1, 1) for address in dict.fromkeys(each.address for each in group))
    # Judged as what clients of today meet who prefer that kind.
    alone = tuple(replace(each, offer=Offer.MODERN) for each in group)
    preferring = (
        prefer_rsa(each.protocol or "")
        for each in observation.handshakes
        if each.offer is Offer.RSA_FIRST and each.chain == group[0].chain
    )
    audience = frozenset[str]().union(*preferring)
    return Group(replace(observation, handshakes=alone, openssl=None, installed=()), shares, kind, audience)


def anywhere(
    outcomes: Iterable[ClientOutcome], served: Sequence[Served], causes: Iterable[Cause]
) -> tuple[ClientOutcome, ...]:
    """Return the clients' outcomes by what each of them meets.

    A client that is refused at some address only counts as refusing; one that prefers the other kind of
    key meets that certificate and no other.
    """
    reported = [
        cause.minded_by
        for cause in causes
        if cause.id is CauseId.INCONSISTENT_ADDRESSES and cause.severity is Severity.ERROR
    ]
    by_address = [group for group in served if not group.group.kind] if None in reported else []
    by_kind = [group for group in served if group.group.kind]
    return tuple(_of_kind(_worst(each, by_address), by_kind, reported) for each in outcomes)


def _worst(outcome: ClientOutcome, served: Sequence[Served]) -> ClientOutcome:
    if outcome.action is ClientAction.REJECTS:
        return outcome
    for group in served:
        there = group.outcome_of(outcome.client)
        if there is not None and there.action is ClientAction.REJECTS:
            often = f" {group.how_often}" if group.how_often else f"; {served[0].where} is not refused"
            return replace(there, cause=CauseId.INCONSISTENT_ADDRESSES, note=f"So at {group.where}{often}.")
    return outcome


def _of_kind(
    outcome: ClientOutcome, served: Sequence[Served], reported: Sequence[frozenset[str] | None]
) -> ClientOutcome:
    for group in served:
        there = group.outcome_of(outcome.client)
        if there is None or there.action is outcome.action:
            continue
        note = f"It prefers {group.group.kind} keys, so it gets the certificate with one."
        if there.action is not ClientAction.REJECTS:
            return replace(there, note=note)
        if any(minded_by and outcome.client in minded_by for minded_by in reported):
            return replace(there, cause=CauseId.INCONSISTENT_ADDRESSES, note=note)
    return outcome
