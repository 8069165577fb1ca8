"""The kind of key in a certificate, as far as a cipher or signature algorithm can ask for it."""

from enum import StrEnum


class KeyKind(StrEnum):
    """What a server's certificate can be asked for by."""

    RSA = "rsa"
    ECDSA = "ecdsa"
    OTHER = "other"


def kind_of(der: bytes) -> KeyKind:
    """Return the kind of a certificate's key; never raises."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        key = x509.load_der_x509_certificate(der).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return KeyKind.OTHER
    if isinstance(key, rsa.RSAPublicKey):
        return KeyKind.RSA
    return KeyKind.ECDSA if isinstance(key, ec.EllipticCurvePublicKey) else KeyKind.OTHER
