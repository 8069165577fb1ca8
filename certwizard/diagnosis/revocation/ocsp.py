"""One OCSP answer on one certificate: its status, signer, subject and dates (RFC 6960)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha1, sha256, sha384, sha512
from itertools import islice

from cryptography.x509 import ocsp

from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.revocation.answer import REASONS, Answer, outdated, revoked_or_good, unknown
from certwizard.diagnosis.weakness import OCSP_SIGNING
from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.signatures import SignatureStatus, verify_signature, verify_signed

MAX_RESPONSES = 100
MAX_SIGNERS = 5
ENCLOSED = 0xA0
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
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return unknown(_WORDS.get(response.response_status, "the responder refused to answer"))
        return _judged(response, _basic(body), certificate, issuer, when)
    except Exception:  # noqa: BLE001 - whatever a library raises on hostile bytes, this is no answer
        return unknown("the answer is no readable OCSP response")


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
        return unknown("the answer is on another certificate")
    this_update, next_update = single.this_update_utc, single.next_update_utc
    fault = _signer_fault(basic, issuer, when)
    if fault:
        return unknown(fault, this_update, next_update)
    # RFC 6960 3.2: thisUpdate and nextUpdate decide; producedAt only says when it was signed.
    stale = outdated(when, this_update, next_update)
    if stale:
        return unknown(f"the answer does not count: {stale}", this_update, next_update, signed=True)
    if single.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        return unknown("the responder does not know this certificate", this_update, next_update, signed=True)
    reason = REASONS.get(single.revocation_reason, "") if single.revocation_reason else ""
    return revoked_or_good(single.revocation_time_utc, reason, this_update, next_update)


def _matching(
    response: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate
) -> ocsp.OCSPSingleResponse | None:
    key = _key_octets(issuer)
    for count, single in enumerate(response.responses):
        if count >= MAX_RESPONSES:
            return None
        digest = _HASHES.get(single.hash_algorithm.name)
        if digest is None or single.serial_number != certificate.serial:
            continue
        same_name = single.issuer_name_hash == digest(certificate.issuer.der)
        if same_name and single.issuer_key_hash == digest(key):
            return single
    return None


def _key_octets(issuer: Certificate) -> bytes:
    """Return the public key without its algorithm, which a CertID is made from (RFC 6960 4.1.1)."""
    try:
        *_, bits = der.read(issuer.key.spki_der).children()
    except der.DerError:
        return b""
    return bits.value[1:]


def _signer_fault(basic: bytes, issuer: Certificate, when: datetime) -> str:
    """Return why the signature does not count, or nothing."""
    status = verify_signed(basic, issuer.key.spki_der)
    if status is SignatureStatus.VALID:
        return ""
    fault = "its signature is not the issuer's"
    for signer in _enclosed(basic):
        found = verify_signed(basic, signer.key.spki_der)
        if found is SignatureStatus.VALID:
            return _delegation_fault(signer, issuer, when)
        status = found if found is SignatureStatus.UNSUPPORTED else status
    if status is SignatureStatus.UNSUPPORTED:
        fault = "its signature uses an algorithm that is not supported here"
    return f"the answer does not count: {fault}"


def _enclosed(basic: bytes) -> list[Certificate]:
    """Return the certificates that came with the response, at most five."""
    groups = [part for part in der.read(basic).children() if part.tag == ENCLOSED]
    each = (part.raw for group in groups for part in group.inside().children())
    return [parse_certificate(raw) for raw in islice(each, MAX_SIGNERS)]


def _delegation_fault(certificate: Certificate, issuer: Certificate, when: datetime) -> str:
    prefix = "the answer does not count: its signer"
    if certificate.issuer.der != issuer.subject.der:
        return f"{prefix} was not appointed by the issuer"
    if verify_signature(certificate, issuer) is not SignatureStatus.VALID:
        return f"{prefix} was not appointed by the issuer"
    if OCSP_SIGNING not in (certificate.extended_key_usage or ()):
        return f"{prefix} may not sign OCSP answers"
    if date_flaws(certificate, when):
        return f"{prefix} is outside its dates"
    return ""
