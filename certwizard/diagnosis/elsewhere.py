"""The other addresses of a name: which chain each of them sends, and what clients that land there do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import Handshake, Observation, Offer
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import profiles

MAX_GROUPS = 8
_NOT_THE_CHAINS = frozenset({CauseId.REVOCATION_UNKNOWN})
"""Whether a certificate was revoked is asked for the judged chain alone."""


@dataclass(frozen=True, slots=True)
class Served:
    """One chain, the addresses that send it, and the diagnosis as if they were all there is."""

    addresses: tuple[str, ...]
    diagnosis: Diagnosis

    @property
    def leaf(self) -> Certificate:
        """The server's certificate there."""
        return self.diagnosis.sent[0].certificate

    @property
    def where(self) -> str:
        """The addresses for a sentence."""
        return listing(self.addresses, 3)

    @property
    def refusing(self) -> frozenset[str]:
        """The mainstream clients that refuse what is served there."""
        mainstream = {profile.id for profile in profiles() if profile.mainstream}
        return frozenset(
            outcome.client
            for outcome in self.diagnosis.clients
            if outcome.action is ClientAction.REJECTS and outcome.client in mainstream
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


def alone(observation: Observation) -> tuple[Observation, ...]:
    """Return the observation as each group of addresses shows it by itself; nothing where all agree.

    Compared are the completed handshakes that offered the same as the judged one, with the same name.
    """
    groups: dict[tuple[bytes, ...], list[Handshake]] = {}
    judged = next((each for each in observation.handshakes if each.chain), None)
    if judged is None or judged.failure is not None or judged.offer is not Offer.MODERN:
        return ()
    for each in observation.handshakes:
        alike = each.offer is Offer.MODERN and each.sni == judged.sni
        if alike and each.chain and each.failure is None:
            groups.setdefault(each.chain, []).append(each)
    if len(groups) == 1:
        return ()
    # OpenSSL was asked about the judged chain alone.
    return tuple(
        replace(observation, handshakes=tuple(group), openssl=None)
        for group in list(groups.values())[:MAX_GROUPS]
    )


def addresses_of(observation: Observation) -> tuple[str, ...]:
    """Return the addresses contacted, each once."""
    return tuple(dict.fromkeys(each.address for each in observation.handshakes))


def anywhere(
    outcomes: Iterable[ClientOutcome], served: Sequence[Served], causes: Iterable[Cause]
) -> tuple[ClientOutcome, ...]:
    """Return the clients' outcomes, where one that is refused at another address only counts as refusing."""
    wanted = CauseId.INCONSISTENT_ADDRESSES
    if not any(cause.id is wanted and cause.severity is Severity.ERROR for cause in causes):
        return tuple(outcomes)
    return tuple(_worst(outcome, served) for outcome in outcomes)


def _worst(outcome: ClientOutcome, served: Sequence[Served]) -> ClientOutcome:
    if outcome.action is ClientAction.REJECTS:
        return outcome
    for group in served:
        for there in group.diagnosis.clients:
            if there.client == outcome.client and there.action is ClientAction.REJECTS:
                note = f"So at {group.where}; {served[0].where} is not refused."
                return replace(there, cause=CauseId.INCONSISTENT_ADDRESSES, note=note)
    return outcome
