"""Whether bytes were signed with a key, by the algorithm's number."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from certwizard.domain.signatures import SignatureStatus

_RSA: dict[str, hashes.HashAlgorithm] = {
    "1.2.840.113549.1.1.5": hashes.SHA1(),  # noqa: S303 - OCSP answers of old CAs; forging needs a collision
    "1.2.840.113549.1.1.11": hashes.SHA256(),
    "1.2.840.113549.1.1.12": hashes.SHA384(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
}
_EC: dict[str, hashes.HashAlgorithm] = {
    "1.2.840.10045.4.3.2": hashes.SHA256(),
    "1.2.840.10045.4.3.3": hashes.SHA384(),
    "1.2.840.10045.4.3.4": hashes.SHA512(),
}
_EDWARDS = {"1.3.101.112": ed25519.Ed25519PublicKey, "1.3.101.113": ed448.Ed448PublicKey}


def is_signed_by(data: bytes, signature: bytes, algorithm: str, spki: bytes) -> SignatureStatus:
    """Return whether a key made the signature under a dotted algorithm number."""
    try:
        key = load_der_public_key(spki)
        if algorithm in _RSA:
            if not isinstance(key, rsa.RSAPublicKey):
                return SignatureStatus.INVALID
            key.verify(signature, data, padding.PKCS1v15(), _RSA[algorithm])
        elif algorithm in _EC:
            if not isinstance(key, ec.EllipticCurvePublicKey):
                return SignatureStatus.INVALID
            key.verify(signature, data, ec.ECDSA(_EC[algorithm]))
        elif algorithm in _EDWARDS:
            if not isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
                return SignatureStatus.INVALID
            key.verify(signature, data)
        else:
            return SignatureStatus.UNSUPPORTED
    except InvalidSignature:
        return SignatureStatus.INVALID
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return SignatureStatus.UNSUPPORTED
    return SignatureStatus.VALID
