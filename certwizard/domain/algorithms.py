"""Signature algorithms by their object identifiers."""

from certwizard.domain import der
from certwizard.domain.certificate import SignatureFacts

RSA_PSS = "1.2.840.113549.1.1.10"
ALGORITHMS: dict[str, tuple[str, str | None]] = {
    "1.2.840.113549.1.1.2": ("md2WithRSAEncryption", "md2"),
    "1.2.840.113549.1.1.4": ("md5WithRSAEncryption", "md5"),
    "1.2.840.113549.1.1.5": ("sha1WithRSAEncryption", "sha1"),
    "1.3.14.3.2.29": ("sha1WithRSAEncryption", "sha1"),
    "1.2.840.113549.1.1.14": ("sha224WithRSAEncryption", "sha224"),
    "1.2.840.113549.1.1.11": ("sha256WithRSAEncryption", "sha256"),
    "1.2.840.113549.1.1.12": ("sha384WithRSAEncryption", "sha384"),
    "1.2.840.113549.1.1.13": ("sha512WithRSAEncryption", "sha512"),
    RSA_PSS: ("rsassaPss", "sha1"),
    "1.2.840.10045.4.1": ("ecdsa-with-SHA1", "sha1"),
    "1.2.840.10045.4.3.1": ("ecdsa-with-SHA224", "sha224"),
    "1.2.840.10045.4.3.2": ("ecdsa-with-SHA256", "sha256"),
    "1.2.840.10045.4.3.3": ("ecdsa-with-SHA384", "sha384"),
    "1.2.840.10045.4.3.4": ("ecdsa-with-SHA512", "sha512"),
    "1.2.840.10040.4.3": ("dsa-with-sha1", "sha1"),
    "2.16.840.1.101.3.4.3.1": ("dsa-with-sha224", "sha224"),
    "2.16.840.1.101.3.4.3.2": ("dsa-with-sha256", "sha256"),
    "1.3.101.112": ("Ed25519", None),
    "1.3.101.113": ("Ed448", None),
    "2.16.840.1.101.3.4.3.17": ("ML-DSA-44", None),
    "2.16.840.1.101.3.4.3.18": ("ML-DSA-65", None),
    "2.16.840.1.101.3.4.3.19": ("ML-DSA-87", None),
}
_HASHES = {
    "1.2.840.113549.2.5": "md5",
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "2.16.840.1.101.3.4.2.4": "sha224",
}
_PSS_HASH, _PSS_SALT = 0xA0, 0xA2
DEFAULT_SALT = 20

UNKNOWN_SIGNATURE = SignatureFacts("", "unknown", None)


def read_algorithm(tlv: der.Tlv) -> SignatureFacts:
    """Read an AlgorithmIdentifier of a signature (RFC 5280 section 4.1.1.2)."""
    parts = tuple(tlv.expect(der.SEQUENCE).children())
    if not parts:
        raise der.DerError("the signature has no algorithm")
    oid = der.oid(parts[0].expect(der.OID))
    name, hash_name = ALGORITHMS.get(oid, (oid, None))
    if oid == RSA_PSS and len(parts) > 1:
        hash_name, _ = pss_parameters(parts[1])
    return SignatureFacts(oid, name, hash_name)


def pss_parameters(tlv: der.Tlv) -> tuple[str | None, int]:
    """Return hash and salt length of RSASSA-PSS-params (RFC 4055 section 3.1), defaults included."""
    hash_name, salt = "sha1", DEFAULT_SALT
    for part in tlv.expect(der.SEQUENCE).children():
        if part.tag == _PSS_HASH:
            oid = der.oid(part.inside().inside().expect(der.OID))
            hash_name = _HASHES.get(oid, "")
        elif part.tag == _PSS_SALT:
            salt = der.integer(part.inside().expect(der.INTEGER))
    return hash_name or None, salt
