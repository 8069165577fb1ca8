"""One CRL on one certificate: its issuer, signature, scope and dates (RFC 5280 section 5)."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key

from certwizard.diagnosis.result import RevocationStatus
from certwizard.diagnosis.revocation.answer import REASONS, Answer, outdated, revoked_or_good, unknown
from certwizard.diagnosis.revocation.crl_form import FormFault, flaw, void
from certwizard.domain.certificate import Certificate

_KNOWN_CRITICAL = frozenset({"2.5.29.28", "2.5.29.20", "2.5.29.27", "2.5.29.35"})
"""The scope, the number, the delta indicator and the key id; whether they may be critical is a matter of form."""
_BEGIN, _END = b"-----BEGIN X509 CRL-----", b"-----END X509 CRL-----"


@dataclass(frozen=True, slots=True)
class ReadCrl:
    """A CRL that was read once, to be asked for several certificates."""

    crl: x509.CertificateRevocationList | None
    issuer_der: bytes = b""
    void: FormFault | None = None
    """Why it is no CRL by the standard."""
    flaw: FormFault | None = None
    """What of its form strict readers do not accept."""

    def is_about(self, certificate: Certificate) -> bool:
        """Return whether its issuer is the certificate's, by name."""
        return self.crl is not None and self.issuer_der == certificate.issuer.der


def read_crl(body: bytes) -> ReadCrl:
    """Read a CRL in DER or PEM; never raises."""
    try:
        encoded = _der(body)
        crl = x509.load_der_x509_crl(encoded)
        return ReadCrl(crl, crl.issuer.public_bytes(), void(encoded), flaw(crl))
    except Exception:  # noqa: BLE001 - whatever a library raises on hostile bytes, this is no readable CRL
        return ReadCrl(None)


def _der(body: bytes) -> bytes:
    start = body.find(_BEGIN)
    if start < 0:
        return body
    end = body.find(_END, start)
    return b64decode(b"".join(body[start + len(_BEGIN) : end].split())) if end > 0 else b""


def crl_answer(read: ReadCrl, certificate: Certificate, issuer: Certificate, when: datetime) -> Answer:
    """Return what a CRL says of a certificate, or why it says nothing."""
    if read.crl is None:
        return unknown("what was given is no readable CRL")
    if not read.is_about(certificate):
        return unknown("the CRL was issued by another CA")
    try:
        answer = _judged(read, read.crl, certificate, issuer, when)
        return replace(answer, flaw=read.flaw) if answer.status is RevocationStatus.GOOD else answer
    except Exception:  # noqa: BLE001 - as above; extensions are read late
        return unknown("the CRL cannot be read completely")


def _judged(
    read: ReadCrl,
    crl: x509.CertificateRevocationList,
    certificate: Certificate,
    issuer: Certificate,
    when: datetime,
) -> Answer:
    this_update, next_update = crl.last_update_utc, crl.next_update_utc
    fault = _signature_fault(crl, issuer)
    if fault:
        return unknown(fault, this_update, next_update)
    fault = _scope_fault(crl, certificate)
    if not fault and (stale := outdated(when, this_update, next_update)):
        fault = f"the CRL does not count: {stale}"
    if fault:
        return unknown(fault, this_update, next_update, signed=True)
    entry = None
    if certificate.serial is not None:
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial)
    reason = "" if entry is None else _reason(entry)
    if entry is not None and reason == "removeFromCRL":
        entry = None
    if read.void is not None:
        listed = "; it lists the certificate as revoked" if entry is not None else ""
        words = (
            f"the CRL does not count, because it {read.void.words}, where {read.void.expected} is due{listed}"
        )
        return unknown(words, this_update, next_update, signed=True)
    revoked_at = None if entry is None else entry.revocation_date_utc
    return revoked_or_good(revoked_at, reason, this_update, next_update)


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        return REASONS.get(
            entry.extensions.get_extension_for_class(x509.CRLReason).value.reason, "unspecified"
        )
    except x509.ExtensionNotFound:
        return "unspecified"


def _signature_fault(crl: x509.CertificateRevocationList, issuer: Certificate) -> str:
    if issuer.key_usage is not None and "cRLSign" not in issuer.key_usage:
        return "the CRL does not count: its issuer may not sign CRLs (key usage without cRLSign)"
    key = load_der_public_key(issuer.key.spki_der)
    try:
        valid = crl.is_signature_valid(key)  # type: ignore[arg-type] # other key kinds raise TypeError
    except TypeError:
        valid = False
    return "" if valid else "the CRL does not count: its signature is not the issuer's"


def _scope_fault(crl: x509.CertificateRevocationList, certificate: Certificate) -> str:
    for extension in crl.extensions:
        oid = extension.oid.dotted_string
        if isinstance(extension.value, x509.DeltaCRLIndicator):
            return "the CRL is a delta CRL, which says nothing without its base"
        if extension.critical and oid not in _KNOWN_CRITICAL:
            return f"the CRL has the critical extension {oid}, which is not known here"
        if isinstance(extension.value, x509.IssuingDistributionPoint):
            outside = _outside(extension.value, certificate)
            if outside:
                return f"the CRL does not cover this certificate: {outside}"
    return ""


def _outside(scope: x509.IssuingDistributionPoint, certificate: Certificate) -> str:
    if scope.only_contains_user_certs and certificate.is_ca:
        return "it lists no CA certificates"
    if scope.only_contains_ca_certs and not certificate.is_ca:
        return "it lists CA certificates alone"
    if scope.only_contains_attribute_certs:
        return "it lists attribute certificates alone"
    if scope.indirect_crl:
        return "it is an indirect CRL"
    if scope.only_some_reasons:
        return "it lists some reasons of revocation alone"
    if scope.relative_name is not None:
        return "it names its place relative to its issuer, which clients do not follow"
    places = {name.value for name in scope.full_name or () if isinstance(name.value, str)}
    # CAs split their CRLs; the part that counts is the one the certificate names (RFC 5280 6.3.3 b 2).
    if places and not places & set(certificate.crl_urls):
        told = "names no CRL" if not certificate.crl_urls else "names another part"
        return f"it is one part of a divided CRL, and the certificate {told}"
    return ""
