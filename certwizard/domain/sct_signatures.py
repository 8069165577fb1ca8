"""Whether a log really signed an SCT over this certificate (RFC 6962 section 3.2)."""

from hashlib import sha256

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.scts import CERTIFICATE_SCTS, Sct, SctSource
from certwizard.domain.signatures import SignatureStatus, verify_blob
from certwizard.domain.structure import EXTENSIONS

_TIMESTAMP = b"\0"
_X509_ENTRY, _PRECERT_ENTRY = b"\0\0", b"\0\1"
_SHA256, _RSA, _ECDSA = 4, 1, 3
_ALGORITHMS = {
    (_SHA256, _RSA): bytes.fromhex("300d06092a864886f70d01010b0500"),
    (_SHA256, _ECDSA): bytes.fromhex("300a06082a8648ce3d040302"),
}
"""The two that RFC 6962 section 2.1.4 allows, as AlgorithmIdentifier."""


def verify_sct(sct: Sct, log_key: bytes, leaf: Certificate, issuer: Certificate | None) -> SignatureStatus:
    """Check an SCT with its log's key.

    Args:
        sct: The promise.
        log_key: The log's key, as SubjectPublicKeyInfo.
        leaf: The certificate it came with.
        issuer: Who signed the certificate; embedded SCTs cannot be checked without.
    """
    algorithm = _ALGORITHMS.get((sct.hash_algorithm, sct.signature_algorithm))
    entry = log_entry(sct, leaf, issuer)
    if algorithm is None or entry is None:
        return SignatureStatus.UNSUPPORTED
    stamp = sct.milliseconds.to_bytes(8)
    extensions = len(sct.extensions).to_bytes(2) + sct.extensions
    data = bytes((sct.version,)) + _TIMESTAMP + stamp + entry + extensions
    return verify_blob(log_key, sct.signature, data, algorithm)


def log_entry(sct: Sct, leaf: Certificate, issuer: Certificate | None) -> bytes | None:
    """Return what the log took in: the certificate, or for embedded SCTs its precertificate's body."""
    if sct.source is not SctSource.CERTIFICATE:
        return _X509_ENTRY + _opaque24(leaf.der)
    body = precertificate_body(leaf.der)
    if body is None or issuer is None:
        return None
    return _PRECERT_ENTRY + sha256(issuer.key.spki_der).digest() + _opaque24(body)


def precertificate_body(certificate: bytes) -> bytes | None:
    """Return the TBSCertificate without its list of SCTs, as the log saw it; None where it is unreadable."""
    try:
        tbs = next(der.read(certificate).expect(der.SEQUENCE).children()).expect(der.SEQUENCE)
        parts = [_without_scts(part) if part.tag == EXTENSIONS else part.raw for part in tbs.children()]
    except (der.DerError, StopIteration):
        return None
    return der.wrap(der.SEQUENCE, *parts)


def _without_scts(wrapper: der.Tlv) -> bytes:
    places = wrapper.inside().expect(der.SEQUENCE).children()
    kept = [place.raw for place in places if not _is_sct_list(place)]
    return der.wrap(EXTENSIONS, der.wrap(der.SEQUENCE, *kept)) if kept else b""


def _is_sct_list(place: der.Tlv) -> bool:
    oid = next(place.expect(der.SEQUENCE).children(), None)
    return oid is not None and oid.tag == der.OID and der.oid(oid) == CERTIFICATE_SCTS


def _opaque24(data: bytes) -> bytes:
    return len(data).to_bytes(3) + data
