"""A change that might remove a cause, with how it would show in the observation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repair import ChangeKind as K
from certwizard.diagnosis.repairs.supposition import Supposition
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate

Wording = Callable[[Sequence[Cause]], tuple[K, str]]
Proposer = Callable[[Judgement, Cause], "Proposal | None"]

EFFORT = {
    K.SET_CLOCK: 1,
    K.RELOAD: 1,
    K.RIGHT_ORDER: 2,
    K.LEAVE_OUT: 2,
    K.SEND_INTERMEDIATE: 2,
    K.STAPLE: 2,
    K.MEND_STORE: 3,
    K.SERVE_RIGHT_CERTIFICATE: 3,
    K.ALIGN_ADDRESSES: 4,
    K.MATCHING_KEY: 4,
    K.MODERN_TLS: 4,
    K.STOP_STAPLING: 3,
    K.DROP_PINS: 1,
    K.NO_CLIENT_CERTIFICATE: 4,
    K.RENEW: 5,
    K.NEW_CERTIFICATE: 5,
    K.CORRECT_AUTHORITY: 7,
    K.TRUSTED_CERTIFICATE: 8,
    K.INSTALL_ROOT: 9,
}
"""How much each kind asks, from one setting here to something on every client."""

ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            K.SET_CLOCK,
            K.MODERN_TLS,
            K.STOP_STAPLING,
            K.DROP_PINS,
            K.NO_CLIENT_CERTIFICATE,
            K.ALIGN_ADDRESSES,
            K.SERVE_RIGHT_CERTIFICATE,
            K.RELOAD,
            K.RIGHT_ORDER,
            K.LEAVE_OUT,
            K.SEND_INTERMEDIATE,
            K.STAPLE,
            K.CORRECT_AUTHORITY,
            K.INSTALL_ROOT,
            K.MEND_STORE,
            K.RENEW,
            K.NEW_CERTIFICATE,
            K.TRUSTED_CERTIFICATE,
            K.MATCHING_KEY,
        )
    )
}
"""In which order changes are made: what is there first, then what is new."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change, not yet judged."""

    kind: K
    target: str
    """What it is made to, by a name that other changes leave alone: two of one kind and target are one change."""
    text: str
    apply: Callable[[Supposition], Supposition]
    certificate: int | None = None
    effort: int = 0
    """Beyond what its kind asks."""
    wording: Wording | None = None
    """How it is called by what it removes; None: `text` says it."""
    after: int = 0
    """How many changes were made before what asks for it came to light."""

    @property
    def key(self) -> tuple[K, str]:
        """What tells it from other changes."""
        return self.kind, self.target

    @property
    def cost(self) -> int:
        """How much it asks."""
        return EFFORT[self.kind] + self.effort


def concerned(judgement: Judgement, cause: Cause) -> Certificate | None:
    """Return the certificate that a cause was found on, or None where it is no certificate's."""
    case = judgement.case
    if cause.certificate is not None:
        return case.sent[cause.certificate] if cause.certificate < len(case.sent) else None
    node = case.pool.nodes.get(cause.concerns)
    return None if node is None else node.certificate


def position_of(judgement: Judgement, certificate: Certificate) -> int | None:
    """Return the place of a certificate on the judged path, the leaf's being 0, or None."""
    best = judgement.case.choice.best
    nodes = best.path.nodes if best else ()
    return next((i for i, node in enumerate(nodes) if node.certificate.sha256 == certificate.sha256), None)


def issuer_of(judgement: Judgement, certificate: Certificate) -> Certificate | None:
    """Return the issuer of a certificate on the judged path; a root's is itself; None where it is not known."""
    best = judgement.case.choice.best
    place = position_of(judgement, certificate)
    if best is None or place is None:
        return None
    if place + 1 < len(best.path.nodes):
        return best.path.nodes[place + 1].certificate
    return certificate if certificate.is_self_issued else None
