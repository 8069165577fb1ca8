"""The certificates of a case, ready for the viewer: each taken apart, with the causes found on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from certwizard.diagnosis.result import Cause, Diagnosis, Origin
from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.anatomy.part import Part
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import FieldId, Severity
from certwizard.wizard.symbols import SEVERITY, Mark

_ORIGINS = {Origin.SENT: "sent", Origin.FETCHED: "fetched", Origin.STORE: "from the store"}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_SHOWN_AT = {FieldId.TRUST_ANCHOR: FieldId.ISSUER, FieldId.CHAIN: FieldId.ISSUER}
"""Fields that stand in no certificate, and where a reader looks instead."""


@dataclass(frozen=True, slots=True)
class ViewedCertificate:
    """One certificate of the case."""

    title: str
    certificate: Certificate
    causes: tuple[Cause, ...] = ()

    def faults(self) -> Mapping[str, Mark]:
        """Return the broken fields (values of FieldId) with how they are marked, the worst first."""
        found: dict[str, Mark] = {}
        for severity in _ORDER[:2]:
            for cause in self.causes:
                if cause.severity is severity:
                    found.setdefault(place_of(cause).value, SEVERITY[severity])
        return found

    def causes_at(self, field: FieldId | None) -> tuple[Cause, ...]:
        """Return the causes that a field shows.

        Args:
            field: A field of the certificate.
        """
        return tuple(cause for cause in self.causes if field is not None and place_of(cause) is field)


def place_of(cause: Cause) -> FieldId:
    """Return the field of the certificate where a cause is shown."""
    return _SHOWN_AT.get(cause.field, cause.field)


def viewed_certificates(diagnosis: Diagnosis) -> tuple[ViewedCertificate, ...]:
    """Return what was sent, then what the path took from elsewhere.

    Args:
        diagnosis: What was judged.
    """
    return tuple(_viewed(diagnosis))


def _viewed(diagnosis: Diagnosis) -> Iterator[ViewedCertificate]:
    seen: set[str] = set()
    for sent in diagnosis.sent:
        certificate = sent.certificate
        title = f"{sent.index + 1} {sent.role.value}"
        causes = tuple(cause for cause in diagnosis.causes if cause.certificate == sent.index)
        if sent.index == 0:
            causes += tuple(cause for cause in diagnosis.causes if _of_the_leaf(cause))
        seen.add(certificate.sha256)
        yield ViewedCertificate(title, certificate, causes)
    for link in diagnosis.path:
        if link.certificate.sha256 not in seen:
            sha256 = link.certificate.sha256
            causes = tuple(cause for cause in diagnosis.causes if cause.concerns == sha256)
            yield ViewedCertificate(f"{link.role.value} ({_ORIGINS[link.origin]})", link.certificate, causes)


def _of_the_leaf(cause: Cause) -> bool:
    """Whether a cause without a certificate is seen in the leaf, as a name that it does not cover is."""
    return cause.certificate is None and not cause.concerns and cause.field is FieldId.SUBJECT_ALT_NAME


@lru_cache(maxsize=64)
def anatomy_of(certificate: Certificate, now: datetime) -> Part:
    """Return the certificate taken apart; once for each.

    Args:
        certificate: The certificate.
        now: The time judged at.
    """
    return take_apart(certificate, now, in_own_zone)


def in_own_zone(when: datetime) -> datetime:
    """Return the moment in this computer's time zone.

    Args:
        when: Aware.
    """
    return when.astimezone()
