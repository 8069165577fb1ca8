"""Whether a key signed something: certificates, CRLs and OCSP answers, which are all signed alike."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from certwizard.domain import der
from certwizard.domain.algorithms import DEFAULT_SALT, RSA_PSS, pss_parameters, read_algorithm
from certwizard.domain.certificate import Certificate
from certwizard.domain.keys import read_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

# Checking with such numbers could take minutes (the limits of OpenSSL itself).
_LARGEST_RSA = 16384
_LARGEST_EXPONENT_BITS = 64
_LARGEST_DSA = 10000
_EDWARDS = ("Ed25519", "Ed448")
_POST_QUANTUM = ("ML-DSA-44", "ML-DSA-65", "ML-DSA-87")
_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")


class SignatureStatus(StrEnum):
    """Whether a signature is right."""

    VALID = "valid"
    INVALID = "invalid"
    UNSUPPORTED = "unsupported"
    """Could not be checked: an unknown algorithm, an unreadable key, or numbers too large."""


def verify_signature(child: Certificate, issuer: Certificate) -> SignatureStatus:
    """Check the child's signature with the issuer's key; names and dates do not matter here."""
    if child.supposed_signer:
        made = child.supposed_signer == issuer.key.spki_sha256
        return SignatureStatus.VALID if made else SignatureStatus.INVALID
    return verify_signed(child.der, issuer.key.spki_der)


def is_self_signed(certificate: Certificate) -> bool:
    """Whether subject and issuer are the same name and the certificate's own key signed it."""
    return certificate.is_self_issued and verify_signature(certificate, certificate) is SignatureStatus.VALID


@lru_cache(maxsize=2048)
def verify_signed(signed_der: bytes, spki_der: bytes) -> SignatureStatus:
    """Check a certificate, a CRL or a BasicOCSPResponse: body, algorithm and signature in a SEQUENCE."""
    try:
        body, algorithm, signature, *_ = der.read(signed_der).expect(der.SEQUENCE).children()
        octets = signature.expect(der.BIT_STRING).value
    except (der.DerError, ValueError):
        return SignatureStatus.UNSUPPORTED
    if octets[:1] != b"\0":
        return SignatureStatus.INVALID  # a signature is whole octets
    return verify_blob(spki_der, octets[1:], body.raw, algorithm.raw)


def verify_blob(spki_der: bytes, signature: bytes, data: bytes, algorithm_der: bytes) -> SignatureStatus:
    """Check a signature over bytes.

    Args:
        spki_der: The key, as SubjectPublicKeyInfo.
        signature: The signature's octets.
        data: What was signed.
        algorithm_der: The AlgorithmIdentifier.
    """
    from cryptography.exceptions import InvalidSignature

    try:
        check = _checker(spki_der, algorithm_der)
        if check is None:
            return SignatureStatus.UNSUPPORTED
        check(signature, data)
    except InvalidSignature:
        return SignatureStatus.INVALID
    except Exception:  # noqa: BLE001 - hostile keys make the library raise many kinds; none is a verdict
        return SignatureStatus.UNSUPPORTED
    return SignatureStatus.VALID


Checker = Callable[[bytes, bytes], None]


def _checker(spki_der: bytes, algorithm_der: bytes) -> Checker | None:
    """Return what checks a signature by this key and algorithm, or None where that is not supported.

    Raises:
        InvalidSignature: The key is of another kind than the algorithm, so that it never made the signature.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    if not _is_bearable(spki_der):
        return None
    facts = read_algorithm(der.read(algorithm_der))
    digest = _hash(facts.hash_name)
    if digest is None and facts.name not in (*_EDWARDS, *_POST_QUANTUM):
        return None
    key = load_der_public_key(spki_der)
    if facts.oid == RSA_PSS:
        check = _pss_checker(key, algorithm_der)
    elif facts.name in _POST_QUANTUM:
        return _post_quantum_checker(key, facts.name)
    elif digest is None:
        check = _edwards_checker(key, facts.name)
    else:
        check = _hashing_checker(key, facts.name, digest)
    if check is None:
        raise InvalidSignature
    return check


def _is_bearable(spki_der: bytes) -> bool:
    key = read_key(der.read(spki_der))
    if key.kind == "RSA":
        small_exponent = key.exponent is not None and key.exponent.bit_length() <= _LARGEST_EXPONENT_BITS
        return (key.bits or 0) <= _LARGEST_RSA and small_exponent
    return key.kind != "DSA" or (key.bits or 0) <= _LARGEST_DSA


def _hash(name: str | None) -> "HashAlgorithm | None":
    from cryptography.hazmat.primitives import hashes

    if name not in _HASHES:
        return None
    algorithm: HashAlgorithm = getattr(hashes, name.upper())()
    return algorithm


def _hashing_checker(key: "PublicKeyTypes", name: str, digest: "HashAlgorithm") -> Checker | None:
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

    if isinstance(key, rsa.RSAPublicKey) and name.endswith("RSAEncryption"):
        return lambda signature, data: key.verify(signature, data, padding.PKCS1v15(), digest)
    if isinstance(key, ec.EllipticCurvePublicKey) and name.startswith("ecdsa"):
        return lambda signature, data: key.verify(signature, data, ec.ECDSA(digest))
    if isinstance(key, dsa.DSAPublicKey) and name.startswith("dsa"):
        return lambda signature, data: key.verify(signature, data, digest)
    return None


def _edwards_checker(key: "PublicKeyTypes", name: str) -> Checker | None:
    from cryptography.hazmat.primitives.asymmetric import ed448, ed25519

    if isinstance(key, ed25519.Ed25519PublicKey) and name == "Ed25519":
        return key.verify
    if isinstance(key, ed448.Ed448PublicKey) and name == "Ed448":
        return key.verify
    return None


def _post_quantum_checker(key: object, name: str) -> Checker | None:
    """Return what checks an ML-DSA signature (RFC 9881), or None where the library is too old for it.

    Raises:
        InvalidSignature: The key is of another kind.
    """
    from cryptography.exceptions import InvalidSignature

    try:
        from cryptography.hazmat.primitives.asymmetric import mldsa
    except ImportError:
        return None
    if name == "ML-DSA-44" and isinstance(key, mldsa.MLDSA44PublicKey):
        return key.verify
    if name == "ML-DSA-65" and isinstance(key, mldsa.MLDSA65PublicKey):
        return key.verify
    if name == "ML-DSA-87" and isinstance(key, mldsa.MLDSA87PublicKey):
        return key.verify
    raise InvalidSignature


def _pss_checker(key: "PublicKeyTypes", algorithm_der: bytes) -> Checker | None:
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    parts = tuple(der.read(algorithm_der).children())
    name, salt = pss_parameters(parts[1]) if len(parts) > 1 else ("sha1", DEFAULT_SALT)
    digest = _hash(name)
    if digest is None or not isinstance(key, rsa.RSAPublicKey):
        return None
    scheme = padding.PSS(padding.MGF1(digest), salt)
    return lambda signature, data: key.verify(signature, data, scheme, digest)
