"""Whether a cause stands in a client's way, by its traits and by the path it takes."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.unfinished import PARTIAL
from certwizard.diagnosis.clients.limits import key_refused, lifetime_refused, signature_refused
from certwizard.diagnosis.clients.names import covers
from certwizard.diagnosis.clients.standpoint import OCSP, Standpoint, says_revoked
from certwizard.diagnosis.flaws import TRUST_FLAWS
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.client_traits import Asks, CommonName
from certwizard.knowledge.profile_rules import profile_rules

UNFINISHED = frozenset({CauseId.MISSING_INTERMEDIATE, CauseId.UNTRUSTED_ROOT})
"""Causes of a path that reaches no root."""
_OF_A_STORE = frozenset({CauseId.TRUST_STORE_MISSING, CauseId.TRUST_STORE_OUTDATED, CauseId.DISTRUSTED_CA})
_BY_NAME = _OF_A_STORE | {CauseId.CIPHER_MISMATCH}
"""Causes that speak of each client itself, whatever it is like: its store, the suites that it offers."""
_OF_THE_PATH = TRUST_FLAWS | {
    CauseId.EXPIRED,
    CauseId.NOT_YET_VALID,
    CauseId.WEAK_KEY,
    CauseId.WEAK_SIGNATURE,
    CauseId.WRONG_USAGE,
    CauseId.UNKNOWN_CRITICAL_EXTENSION,
}


def meets(case: Case, stand: Standpoint, cause: Cause) -> bool:
    """Return whether a client meets a cause and looks at what it is about."""
    if cause.severity is Severity.INFO:
        return False
    if cause.minded_by is not None and not _is_named(stand, cause, cause.minded_by):
        return False
    if cause.id in UNFINISHED:
        wants = cause.detail != PARTIAL or stand.profile.traits.path.self_signed_end
        return wants and not stand.reaches_root
    if cause.id is CauseId.PROFILE_VIOLATION:
        rule = profile_rules().get(cause.detail)
        minds = rule is None or stand.profile.is_among(rule.clients)
        return minds and _on_path(case, stand, cause)
    if cause.id in _OF_THE_PATH and cause.certificate != 0 and stand.path is not None:
        return any(
            flaw.cause is cause.id and _is_at(case, stand, flaw.position, cause) for flaw in stand.flaws
        )
    return _by_traits(case, stand, cause)


def _is_named(stand: Standpoint, cause: Cause, clients: frozenset[str]) -> bool:
    """Return whether a cause speaks of a client, by its own id or by that of the client it is like."""
    if cause.id in _BY_NAME:
        return stand.profile.id in clients
    return stand.profile.is_among(clients)


def _by_traits(case: Case, stand: Standpoint, cause: Cause) -> bool:
    """Decide for what clients differ in by a trait; for the rest their words do."""
    traits = stand.profile.traits
    match cause.id:
        case CauseId.NO_SAN:
            return traits.names.common_name is CommonName.NEVER
        case CauseId.HOSTNAME_MISMATCH if case.leaf is not None and case.asked is not None:
            return not covers(traits.names, case.leaf, case.asked, public=stand.public)
        case CauseId.CT_MISSING:
            return traits.limits.ct_public and stand.public
        case CauseId.MUST_STAPLE:
            return traits.revocation.must_staple
        case CauseId.REVOKED:
            return _hears_of(case, stand, cause)
        case CauseId.WRONG_USAGE if cause.detail == "extended-key-usage":
            return traits.path.purpose
    certificate = certificate_of(case, cause)
    if certificate is None:
        return True
    if cause.id is CauseId.WEAK_KEY:
        return key_refused(traits.limits, certificate, root=False, leaf=cause.certificate == 0)
    if cause.id is CauseId.WEAK_SIGNATURE:
        return signature_refused(traits.limits, certificate, public=stand.public)
    if cause.id is CauseId.VALIDITY_TOO_LONG:
        return lifetime_refused(traits.limits, certificate, public=stand.public)
    return True


def _hears_of(case: Case, stand: Standpoint, cause: Cause) -> bool:
    """Return whether a client may come to know of a revocation."""
    traits = stand.profile.traits.revocation
    if traits.reads_staple and says_revoked(stand, cause):
        return True
    match traits.asks if stand.public else traits.asks_private:
        case Asks.NOBODY | Asks.STAPLE:
            return False
        case Asks.SOFT | Asks.HARD:
            # Such clients ask about the server's own certificate, by OCSP.
            return cause.certificate == 0 and says_revoked(stand, cause, OCSP)
    return True


def certificate_of(case: Case, cause: Cause) -> Certificate | None:
    """Return the certificate that a cause is about, or None where it is about none."""
    if cause.certificate is not None and cause.certificate < len(case.sent):
        return case.sent[cause.certificate]
    node = case.pool.nodes.get(cause.concerns)
    return None if node is None else node.certificate


def _on_path(case: Case, stand: Standpoint, cause: Cause) -> bool:
    if stand.path is None:
        return True
    return any(_is_at(case, stand, position, cause) for position in range(len(stand.path.path.nodes)))


def _is_at(case: Case, stand: Standpoint, position: int, cause: Cause) -> bool:
    """Return whether a cause is about the certificate at a place of the client's path."""
    if stand.path is None:
        return False
    certificate = stand.path.path.nodes[position].certificate
    return case.index_of(certificate) == cause.certificate or certificate.sha256 == cause.concerns
