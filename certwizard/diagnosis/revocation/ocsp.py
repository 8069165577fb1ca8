"""One OCSP answer on one certificate: its status, signer, subject and dates (RFC 6960)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha1, sha256, sha384, sha512
from itertools import islice

from cryptography.x509 import ocsp
from cryptography.x509.oid import OCSPExtensionOID

from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.revocation.answer import (
    REASONS,
    Answer,
    Fault,
    is_from_future,
    outdated,
    revoked_or_good,
    unknown,
)
from certwizard.diagnosis.weakness import OCSP_SIGNING
from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.signatures import SignatureStatus, verify_signature, verify_signed

MAX_RESPONSES = 100
MAX_SIGNERS = 5
ENCLOSED = 0xA0
WITHOUT_END = timedelta(days=10)
"""How long an answer that names no end counts: the longest that CAs may give one (BR 4.9.10)."""
_NONCE = OCSPExtensionOID.NONCE
_HASHES: dict[str, Callable[[bytes], bytes]] = {
    "sha1": lambda data: sha1(data, usedforsecurity=False).digest(),
    "sha256": lambda data: sha256(data).digest(),
    "sha384": lambda data: sha384(data).digest(),
    "sha512": lambda data: sha512(data).digest(),
}
_WORDS = {
    ocsp.OCSPResponseStatus.MALFORMED_REQUEST: "the responder calls the question malformed",
    ocsp.OCSPResponseStatus.INTERNAL_ERROR: "the responder reports an internal error",
    ocsp.OCSPResponseStatus.TRY_LATER: "the responder asks to try later",
    ocsp.OCSPResponseStatus.SIG_REQUIRED: "the responder wants signed questions",
    ocsp.OCSPResponseStatus.UNAUTHORIZED: "the responder is not responsible for this certificate",
}


def ocsp_answer(body: bytes, certificate: Certificate, issuer: Certificate, when: datetime) -> Answer:
    """Return what an OCSP response says of a certificate, or why it says nothing."""
    try:
        response = ocsp.load_der_ocsp_response(body)
        status = response.response_status
        if status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            later = status is ocsp.OCSPResponseStatus.TRY_LATER
            words = _WORDS.get(status, "the responder refused to answer")
            return unknown(words, fault=Fault.TRY_LATER if later else Fault.REFUSED)
        return _judged(response, _basic(body), certificate, issuer, when)
    except Exception:  # noqa: BLE001 - whatever a library raises on hostile bytes, this is no answer
        return unknown("the answer is no readable OCSP response", fault=Fault.UNREADABLE)


def _basic(body: bytes) -> bytes:
    """Return the signed part of a response: tbsResponseData, algorithm and signature (RFC 6960 4.2.1)."""
    _, response_bytes, *_ = der.read(body).children()
    _, basic, *_ = response_bytes.inside().children()
    return basic.value


def _judged(
    response: ocsp.OCSPResponse, basic: bytes, certificate: Certificate, issuer: Certificate, when: datetime
) -> Answer:
    single = _matching(response, certificate, issuer)
    if single is None:
        return unknown("the answer is on another certificate", fault=Fault.OTHER_CERTIFICATE)
    this_update, next_update = single.this_update_utc, single.next_update_utc
    fault = _signer_fault(basic, issuer, when)
    if fault is not None:
        words, kind = fault
        return unknown(f"the answer does not count: {words}", this_update, next_update, fault=kind)
    # RFC 6960 3.2: thisUpdate and nextUpdate decide; producedAt only says when it was signed.
    stale = outdated(when, this_update, next_update or this_update + WITHOUT_END)
    if stale:
        kind = Fault.FUTURE if is_from_future(when, this_update) else Fault.OUTDATED
        words = f"the answer does not count: {stale}"
        return unknown(words, this_update, next_update, signed=True, fault=kind)
    odd = next((each for each in response.extensions if each.critical and each.oid != _NONCE), None)
    if odd is not None:
        words = f"the answer has the critical extension {odd.oid.dotted_string}, which is not known here"
        return unknown(words, this_update, next_update, signed=True)
    if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        words = "the responder does not know this certificate"
        return unknown(words, this_update, next_update, signed=True, fault=Fault.UNKNOWN_CERTIFICATE)
    reason = REASONS.get(single.revocation_reason, "") if single.revocation_reason else ""
    return revoked_or_good(single.revocation_time_utc, reason, this_update, next_update)


def _matching(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse | None:
    """Return the newest of the single answers that are on this certificate of this issuer."""
    key = _key_octets(issuer)
    found = (
        single
        for single in islice(response.responses, MAX_RESPONSES)
        if single.serial_number == certificate.serial and _names(single, certificate, key)
    )
    return max(found, key=lambda single: single.this_update_utc, default=None)


def _names(single: ocsp.OCSPSingleResponse, certificate: Certificate, key: bytes) -> bool:
    """Return whether the answer's id is of this issuer, by its name and its key (RFC 6960 4.1.1)."""
    digest = _HASHES.get(single.hash_algorithm.name)
    if digest is None:
        return False
    same_name = single.issuer_name_hash == digest(certificate.issuer.der)
    return same_name and single.issuer_key_hash == digest(key)


def _key_octets(issuer: Certificate) -> bytes:
    """Return the public key without its algorithm, which a CertID is made from (RFC 6960 4.1.1)."""
    try:
        *_, bits = der.read(issuer.key.spki_der).children()
    except der.DerError:
        return b""
    return bits.value[1:]


def _signer_fault(basic: bytes, issuer: Certificate, when: datetime) -> tuple[str, Fault | None] | None:
    """Return why the signature does not count, or None where it does."""
    status = verify_signed(basic, issuer.key.spki_der)
    if status is SignatureStatus.VALID:
        return None
    for signer in _enclosed(basic):
        found = verify_signed(basic, signer.key.spki_der)
        if found is SignatureStatus.VALID:
            words = _delegation_fault(signer, issuer, when)
            return (f"its signer {words}", Fault.SIGNER) if words else None
        status = found if found is SignatureStatus.UNSUPPORTED else status
    if status is SignatureStatus.UNSUPPORTED:
        return "its signature uses an algorithm that is not supported here", None
    return "its signature is not the issuer's", Fault.SIGNATURE


def _enclosed(basic: bytes) -> list[Certificate]:
    """Return the certificates that came with the response, at most five."""
    groups = [part for part in der.read(basic).children() if part.tag == ENCLOSED]
    each = (part.raw for group in groups for part in group.inside().children())
    return [parse_certificate(raw) for raw in islice(each, MAX_SIGNERS)]


def _delegation_fault(certificate: Certificate, issuer: Certificate, when: datetime) -> str:
    """Return why a certificate may not sign for its issuer (RFC 6960 4.2.2.2), or nothing."""
    if certificate.issuer.der != issuer.subject.der:
        return "was not appointed by the issuer"
    if verify_signature(certificate, issuer) is not SignatureStatus.VALID:
        return "was not appointed by the issuer"
    if OCSP_SIGNING not in (certificate.extended_key_usage or ()):
        return "may not sign OCSP answers"
    return "is outside its dates" if date_flaws(certificate, when) else ""
