"""Faults that no builder makes: they are worked into the encoded certificate."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from certwizard.lab.der import bit_string, elements, sequence, value_span

# RFC 8017 appendix A.2.4; both OIDs have the same length, so one replaces the other in place.
_SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")


def with_broken_signature(der: bytes) -> bytes:
    """Return a certificate with one bit of its signature flipped; the signature's encoding stays whole."""
    return der[:-1] + bytes((der[-1] ^ 1,))


def with_sha1_signature(der: bytes, issuer_key: rsa.RSAPrivateKey) -> bytes:
    """Return a certificate signed again by its issuer, with SHA-1 and RSA."""
    start, end = value_span(der)
    body, algorithm, _ = elements(der[start:end])
    body = body.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA, 1)
    algorithm = algorithm.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA, 1)
    # The fault on show is exactly this hash.
    signature = issuer_key.sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    return sequence(body, algorithm, bit_string(signature))
