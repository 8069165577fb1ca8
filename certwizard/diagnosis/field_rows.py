"""A row for every field that a cause is about: whoever reads a step finds the one field that fails in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import FieldId, Severity, Status

LABELS = {
    FieldId.ADDRESS: "What answers",
    FieldId.PORT: "Port",
    FieldId.PROTOCOL: "TLS version",
    FieldId.CIPHER: "Cipher",
    FieldId.STARTTLS: "Upgrade (STARTTLS)",
    FieldId.SNI: "Name asked for (SNI)",
    FieldId.CLOCK: "This computer's clock",
    FieldId.CHAIN: "Chain as sent",
    FieldId.PRIVATE_KEY: "Private key",
    FieldId.TRUST_ANCHOR: "Trusted root (trust anchor)",
    FieldId.VERSION: "Version",
    FieldId.SERIAL: "Serial number",
    FieldId.SUBJECT: "For whom (Subject)",
    FieldId.ISSUER: "Who vouches (Issuer)",
    FieldId.NOT_BEFORE: "Begins (Not Before)",
    FieldId.NOT_AFTER: "Ends (Not After)",
    FieldId.PUBLIC_KEY: "Public key",
    FieldId.SIGNATURE: "Signature",
    FieldId.SUBJECT_ALT_NAME: "Names (Subject Alternative Name)",
    FieldId.BASIC_CONSTRAINTS: "CA or not (Basic Constraints)",
    FieldId.KEY_USAGE: "Key usage",
    FieldId.EXTENDED_KEY_USAGE: "Extended key usage",
    FieldId.SUBJECT_KEY_ID: "Own key's id (Subject Key Identifier)",
    FieldId.AUTHORITY_KEY_ID: "Issuer's key (Authority Key Identifier)",
    FieldId.AUTHORITY_INFO_ACCESS: "Where the issuer is (AIA)",
    FieldId.CRL_DISTRIBUTION_POINTS: "Addresses of CRLs (CRL Distribution Points)",
    FieldId.CERTIFICATE_POLICIES: "Policies",
    FieldId.NAME_CONSTRAINTS: "Name limits (Name Constraints)",
    FieldId.SCT_LIST: "Proofs of logging (SCT)",
    FieldId.TLS_FEATURE: "Must-staple (TLS Feature)",
    FieldId.OCSP: "OCSP answer",
    FieldId.CRL: "Revocation list (CRL)",
    FieldId.FINGERPRINT: "Fingerprint",
    FieldId.OTHER_EXTENSION: "Another extension",
}
_MARKS = {Severity.ERROR: Status.FAIL, Severity.WARNING: Status.WARN, Severity.INFO: Status.PASS}
_MARKED = frozenset({Status.FAIL, Status.WARN, Status.UNKNOWN})
_TOLD_BY = {FieldId.PORT: FieldId.ADDRESS, FieldId.STARTTLS: FieldId.ADDRESS}
"""Fields whose failure stands in the row of the address that was tried."""


def mark(severity: Severity) -> Status:
    """Return the status that a fact of this severity gets."""
    return _MARKS[severity]


def with_failing_fields(causes: Iterable[Cause], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts, before them a row for each cause whose field no row marks yet.

    Args:
        causes: The causes of a check, the worst first.
        facts: Its rows.
    """
    rows: list[Fact] = []
    for cause in causes:
        if cause.severity is Severity.INFO or any(_marks(fact, cause) for fact in (*facts, *rows)):
            continue
        label = LABELS[cause.field] + (
            f", number {cause.certificate + 1} as sent" if cause.certificate else ""
        )
        status = mark(cause.severity)
        rows.append(Fact(cause.field, label, cause.seen, cause.expected, status, cause.certificate))
    return (*rows, *facts)


def _marks(fact: Fact, cause: Cause) -> bool:
    if fact.status not in _MARKED or fact.field not in (cause.field, _TOLD_BY.get(cause.field)):
        return False
    return cause.certificate in (None, fact.certificate) or fact.certificate is None
