"""The OCSP answers that a server sends along in its handshakes, seen over all of them."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.domain.observation import Handshake


def staple_of(case: Case) -> bytes | None:
    """Return the answer sent with the judged chain: in the judged handshake, else in another one."""
    return next((each.stapled_ocsp for each in alike(case) if each.stapled_ocsp), None)


def alike(case: Case) -> tuple[Handshake, ...]:
    """Return the handshakes that sent the judged chain as far as a staple would have come, the judged one first."""
    judged = case.handshake
    if judged is None:
        return ()
    same = [each for each in case.observation.handshakes if each is not judged and each.chain == judged.chain]
    return tuple(each for each in (judged, *same) if each.chain and _came_far(each))


def _came_far(handshake: Handshake) -> bool:
    """Return whether the server's side was seen whole; a refusal of our certificate comes after it."""
    return handshake.failure is None or handshake.client_certificate_requested or bool(handshake.stapled_ocsp)
