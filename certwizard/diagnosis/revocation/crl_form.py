"""Where a CRL breaks the rules on its own form (RFC 5280 section 5, BR 7.2): what makes it void, what only flaws it."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509

from certwizard.domain import der
from certwizard.domain.structure import read_time

LAST_UTC_YEAR = 2049
MOST_COMPARED = 50_000
"""In a longer list no entry is looked for twice; public CAs split theirs long before."""
_TIMES = frozenset({der.UTC_TIME, der.GENERALIZED_TIME})


@dataclass(frozen=True, slots=True)
class FormFault:
    """One rule that a CRL breaks."""

    words: str
    """In words that follow "the CRL"."""
    expected: str
    """What the rule asks for, with its section."""


def void(body: bytes) -> FormFault | None:
    """Return why a CRL is none by RFC 5280, or None; what it lists then counts for nothing.

    Args:
        body: The CRL in DER.
    """
    try:
        tbs, *_ = der.read(body).children()
        parts = list(tbs.children())
        version = der.integer(parts.pop(0)) + 1 if parts and parts[0].tag == der.INTEGER else 1
        times = [part for part in parts[2:4] if part.tag in _TIMES]
        extended = any(part.tag == 0xA0 for part in parts)
        early = [each for each in times if _is_long_before_2050(each)]
    except (der.DerError, ValueError):
        return None  # The reader of the whole says so.
    if version > 2 or (extended and version != 2):
        return FormFault(f"says that its version is {version}", "version 2 (RFC 5280 5.1.2.1)")
    if early:
        return FormFault(
            "writes its dates in the form of the years from 2050 on",
            "UTCTime through 2049 (RFC 5280 5.1.2.4)",
        )
    if len(times) < 2:
        return FormFault("does not say when the next one comes", "a nextUpdate (RFC 5280 5.1.2.5)")
    return None


def _is_long_before_2050(time: der.Tlv) -> bool:
    return time.tag == der.GENERALIZED_TIME and read_time(time).year <= LAST_UTC_YEAR


def flaw(crl: x509.CertificateRevocationList) -> FormFault | None:
    """Return a rule that a CRL breaks although most programs read it all the same, or None."""
    for extension in crl.extensions:
        if isinstance(extension.value, x509.CRLNumber) and extension.critical:
            return FormFault("marks its number as critical", "a number that is not critical (RFC 5280 5.2.3)")
        if isinstance(extension.value, x509.IssuingDistributionPoint):
            names = extension.value.full_name or ()
            if not all(isinstance(name, x509.UniformResourceIdentifier) for name in names):
                return FormFault(
                    "names its place in other ways than by address", "addresses alone (BR 7.2.2.1)"
                )
    if not any(isinstance(extension.value, x509.CRLNumber) for extension in crl.extensions):
        return FormFault("has no number", "a CRL number (RFC 5280 5.2.3)")
    if _lists_twice(crl):
        return FormFault("lists a certificate twice", "one entry for each certificate (RFC 5280 5.1.2.6)")
    return None


def _lists_twice(crl: x509.CertificateRevocationList) -> bool:
    if len(crl) > MOST_COMPARED:
        return False
    numbers = [entry.serial_number for entry in crl]
    return len(set(numbers)) < len(numbers)
