"""What a new certificate must be like, said by the causes that it removes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId as C

_DATES = frozenset({C.EXPIRED, C.NOT_YET_VALID, C.EXPIRING_SOON})
_UNTRUSTED = frozenset(
    {
        C.SELF_SIGNED,
        C.UNTRUSTED_ROOT,
        C.DISTRUSTED_CA,
        C.NOT_A_CA,
        C.PATH_LENGTH,
        C.NAME_CONSTRAINTS,
    }
)
_WORDS: dict[C, Callable[[Case, Cause], str]] = {
    C.HOSTNAME_MISMATCH: lambda case, cause: f"for {case.asked}",
    C.NO_SAN: lambda case, cause: f"with {case.asked} in its list of names",
    C.EXPIRED: lambda case, cause: "within its dates",
    C.NOT_YET_VALID: lambda case, cause: "within its dates",
    C.EXPIRING_SOON: lambda case, cause: "with more time left",
    C.BAD_SIGNATURE: lambda case, cause: "with a signature that verifies",
    C.NAME_CONSTRAINTS: lambda case, cause: "with only names that its CA may issue for",
    C.KEY_MISMATCH: lambda case, cause: "for the private key that is there",
    C.REVOKED: lambda case, cause: "with a new key, not revoked",
    C.MUST_STAPLE: lambda case, cause: "without must-staple",
    C.CT_MISSING: lambda case, cause: "that is logged publicly (with SCTs)",
    C.WEAK_KEY: lambda case, cause: "with a strong key",
    C.WEAK_SIGNATURE: lambda case, cause: "signed with SHA-256",
    C.VALIDITY_TOO_LONG: lambda case, cause: f"valid for {cause.expected}",
    C.WRONG_USAGE: lambda case, cause: "made for servers",
    C.UNKNOWN_CRITICAL_EXTENSION: lambda case, cause: (
        "without critical extensions that clients do not process"
    ),
    C.PROFILE_VIOLATION: lambda case, cause: f"with {cause.expected}",
    C.CHAIN_TOO_LARGE: lambda case, cause: "with fewer names or a smaller key",
    C.MALFORMED: lambda case, cause: "encoded as the standard says",
}


def new_certificate(case: Case, removed: Sequence[Cause]) -> tuple[ChangeKind, str]:
    """Return how a new certificate is called that removes these causes.

    Args:
        case: What was seen.
        removed: The causes that are gone with it.
    """
    if {cause.id for cause in removed} <= _DATES:
        return ChangeKind.RENEW, "renew the certificate"
    return ChangeKind.NEW_CERTIFICATE, f"get a new certificate {_like(case, removed)}".rstrip()


def certificate_with_chain(case: Case, removed: Sequence[Cause]) -> tuple[ChangeKind, str]:
    """Return how a certificate of a trusted CA with its chain is called that removes these causes.

    Args:
        case: What was seen.
        removed: The causes that are gone with it.
    """
    if any(cause.id in _UNTRUSTED for cause in removed):
        name = f" for {case.asked}" if case.asked else ""
        text = f"use a certificate{name} from a CA that clients trust, with its chain"
    else:
        text = (
            f"get a new certificate {_like(case, removed)}".rstrip() + ", with the chain that belongs to it"
        )
    return ChangeKind.TRUSTED_CERTIFICATE, text


def _like(case: Case, removed: Sequence[Cause]) -> str:
    leaf = [cause for cause in removed if cause.certificate == 0]
    if any(cause.id is C.NO_SAN for cause in leaf):
        leaf = [cause for cause in leaf if cause.id is not C.HOSTNAME_MISMATCH]
    said = tuple(dict.fromkeys(_WORDS[cause.id](case, cause) for cause in leaf if cause.id in _WORDS))
    return listing(said, 8)
