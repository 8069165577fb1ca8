"""What stands first in the chain as sent: the server's certificate, or one that belongs after it."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.hostname import match_names
from certwizard.domain.signatures import SignatureStatus, verify_signature

MAX_COMPARED = 20


def issued_by_first(case: Case) -> int | None:
    """Return the index of a certificate sent later that the first one issued, or None."""
    first = case.leaf
    if first is None:
        return None
    for index, other in enumerate(case.sent[1:MAX_COMPARED], start=1):
        if other.sha256 == first.sha256 or other.issuer.der != first.subject.der:
            continue
        if verify_signature(other, first) is SignatureStatus.VALID:
            return index
    return None


def ca_stands_first(case: Case) -> int | None:
    """Return where the server's own certificate really stands when a CA's was sent before it, or None."""
    first = case.leaf
    if first is None or len(case.sent) < 2:
        return None
    own = next((i for i, other in enumerate(case.sent[1:], start=1) if _serves(case, other)), None)
    issued = issued_by_first(case)
    if issued is not None:
        return own if own is not None else issued
    return own if first.is_ca and not case.name_matches else None


def _serves(case: Case, certificate: Certificate) -> bool:
    if certificate.is_ca:
        return False
    if case.asked is None:
        key = case.observation.private_key
        return key is not None and key.spki_sha256 == certificate.key.spki_sha256
    return any(match.matches for match in match_names(case.asked, certificate.san or SubjectAltNames()))
