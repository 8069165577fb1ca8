"""What OCSP and CRL answers have in common: a verdict on one certificate, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509

from certwizard.diagnosis.result import RevocationStatus
from certwizard.diagnosis.revocation.crl_form import FormFault
from certwizard.domain.wording import moment

SKEW = timedelta(minutes=5)
"""Clocks of CAs and clients differ by a little."""

REASONS = {
    x509.ReasonFlags.unspecified: "unspecified",
    x509.ReasonFlags.key_compromise: "keyCompromise",
    x509.ReasonFlags.ca_compromise: "cACompromise",
    x509.ReasonFlags.affiliation_changed: "affiliationChanged",
    x509.ReasonFlags.superseded: "superseded",
    x509.ReasonFlags.cessation_of_operation: "cessationOfOperation",
    x509.ReasonFlags.certificate_hold: "certificateHold",
    x509.ReasonFlags.remove_from_crl: "removeFromCRL",
    x509.ReasonFlags.privilege_withdrawn: "privilegeWithdrawn",
    x509.ReasonFlags.aa_compromise: "aACompromise",
}
"""The names of RFC 5280 5.3.1."""


class Fault(StrEnum):
    """Why an OCSP answer does not count; the words of clients differ by it."""

    OUTDATED = "outdated"
    FUTURE = "future"
    OTHER_CERTIFICATE = "other-certificate"
    SIGNATURE = "signature"
    SIGNER = "signer"
    TRY_LATER = "try-later"
    REFUSED = "refused"
    UNKNOWN_CERTIFICATE = "unknown-certificate"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer says, after everything about it was checked."""

    status: RevocationStatus
    reason: str = ""
    revoked_at: datetime | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    signed: bool = False
    flaw: FormFault | None = None
    """What of its form strict readers do not accept."""
    fault: Fault | None = None
    """What makes an OCSP answer useless, as clients tell it apart; None where it could not be judged."""


def unknown(
    reason: str,
    this_update: datetime | None = None,
    next_update: datetime | None = None,
    *,
    signed: bool = False,
    fault: Fault | None = None,
) -> Answer:
    """Return an answer that settles nothing, and why."""
    return Answer(
        RevocationStatus.UNKNOWN, reason, None, this_update, next_update, signed=signed, fault=fault
    )


def revoked_or_good(
    revoked_at: datetime | None, reason: str, this_update: datetime, next_update: datetime | None
) -> Answer:
    """Return the verdict of an answer that is current: what it lists is revoked, whatever date stands beside it."""
    if revoked_at is None:
        return Answer(RevocationStatus.GOOD, "", None, this_update, next_update, signed=True)
    return Answer(
        RevocationStatus.REVOKED, reason or "unspecified", revoked_at, this_update, next_update, True
    )


def outdated(when: datetime, this_update: datetime, next_update: datetime | None) -> str:
    """Return why an answer does not hold at a time, or nothing."""
    if is_from_future(when, this_update):
        return f"it is from the future ({moment(this_update)})"
    if next_update is not None and when - next_update > SKEW:
        return f"it is outdated since {moment(next_update)}"
    return ""


def is_from_future(when: datetime, this_update: datetime) -> bool:
    """Return whether an answer was made later than a time, clocks apart."""
    return this_update - when > SKEW
