"""What a CA says of its certificates: OCSP answers (RFC 6960) and CRLs (RFC 5280 section 5)."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.lab.authority import Authority, Issued
from certwizard.lab.http import Request
from certwizard.lab.plan import Plan, distinguished_name, leaf_usage

_BACKDATED = timedelta(hours=1)
_FRESH_FOR = timedelta(days=4)

Signer = Issued
"""A delegated OCSP responder: a certificate with its key."""


@dataclass(frozen=True, slots=True)
class Question:
    """One certificate asked about, by the hashes of its issuer and its serial number."""

    issuer_name_hash: bytes
    issuer_key_hash: bytes
    serial: int
    algorithm: hashes.HashAlgorithm
    nonce: bytes | None = None


def ocsp_question(request: Request) -> Question | None:
    """Read an OCSP question from a POST, or from the path of a GET; None where there is none."""
    try:
        encoded = request.body or base64.b64decode(unquote(request.path.split("/", 3)[3]), validate=True)
        asked = ocsp.load_der_ocsp_request(encoded)
        nonces = [e.value.nonce for e in asked.extensions if isinstance(e.value, x509.OCSPNonce)]
    except (ValueError, IndexError, binascii.Error):
        return None
    return Question(
        asked.issuer_name_hash,
        asked.issuer_key_hash,
        asked.serial_number,
        asked.hash_algorithm,
        nonces[0] if nonces else None,
    )


def question_about(issued: Issued, authority: Authority) -> Question:
    """Ask about a certificate of a CA, as a server does for its staple."""
    request = (
        ocsp.OCSPRequestBuilder()
        .add_certificate(issued.certificate, authority.certificate, hashes.SHA256())
        .build()
    )
    return Question(
        request.issuer_name_hash, request.issuer_key_hash, request.serial_number, request.hash_algorithm
    )


def ocsp_answer(
    authority: Authority, question: Question, now: datetime, delegate: Signer | None = None
) -> bytes:
    """Sign the answer to a question; every serial number that was not revoked is good."""
    revoked = authority.revoked.get(question.serial)
    signer = delegate or authority.issued
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            question.issuer_name_hash,
            question.issuer_key_hash,
            question.serial,
            question.algorithm,
            ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD,
            now - _BACKDATED,
            now + _FRESH_FOR,
            revoked.when if revoked else None,
            revoked.reason if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
    )
    if delegate is not None:
        builder = builder.certificates([delegate.certificate])
    if question.nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(question.nonce), critical=False)
    return builder.sign(signer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def delegate_of(authority: Authority, now: datetime) -> Signer:
    """Let a CA issue a certificate that may sign its OCSP answers."""
    subject = distinguished_name("Practice OCSP responder", None)
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (leaf_usage(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False),
        (x509.OCSPNoCheck(), False),
    )
    plan = Plan(subject, now - timedelta(days=1), now + timedelta(days=30), extensions)
    return authority.issue(plan.silent())


def crl_bytes(authority: Authority, now: datetime) -> bytes:
    """Sign the CRL of a CA."""
    ca = authority.certificate
    key_id = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder(ca.subject, now - _BACKDATED, now + _FRESH_FOR)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for serial, revocation in authority.revoked.items():
        entry = (
            x509.RevokedCertificateBuilder(serial, revocation.when)
            .add_extension(x509.CRLReason(revocation.reason), critical=False)
            .build()
        )
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(authority.issued.key, hashes.SHA256()).public_bytes(Encoding.DER)
