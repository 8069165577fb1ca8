"""Reads the public key of a certificate, also where a library refuses it."""

from hashlib import sha256

from certwizard.domain import der
from certwizard.domain.certificate import PublicKeyFacts

_RSA, _RSA_PSS, _EC, _DSA = (
    "1.2.840.113549.1.1.1",
    "1.2.840.113549.1.1.10",
    "1.2.840.10045.2.1",
    "1.2.840.10040.4.1",
)
_OTHER_KINDS = {
    "1.3.101.110": "X25519",
    "1.3.101.111": "X448",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
    "1.2.840.10046.2.1": "DH",
    "1.2.840.113549.1.3.1": "DH",
    "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
    "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
    "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
    "1.2.643.2.2.19": "GOST R 34.10-2001",
    "1.2.643.7.1.1.1.1": "GOST R 34.10-2012 256",
    "1.2.643.7.1.1.1.2": "GOST R 34.10-2012 512",
}
_LONGEST_NUMBER = 1 << 20
# OpenSSL uses no longer ones with keys of more than 3072 bits, and nobody makes them.
_LONGEST_EXPONENT_BITS = 1024
# Names as in `cryptography`; bits of the field (SEC 2, RFC 5639).
_CURVES = {
    "1.2.840.10045.3.1.1": ("secp192r1", 192),
    "1.2.840.10045.3.1.7": ("secp256r1", 256),
    "1.3.132.0.6": ("secp112r1", 112),
    "1.3.132.0.8": ("secp160r1", 160),
    "1.3.132.0.10": ("secp256k1", 256),
    "1.3.132.0.28": ("secp128r1", 128),
    "1.3.132.0.33": ("secp224r1", 224),
    "1.3.132.0.34": ("secp384r1", 384),
    "1.3.132.0.35": ("secp521r1", 521),
    "1.3.132.0.1": ("sect163k1", 163),
    "1.3.132.0.15": ("sect163r2", 163),
    "1.3.132.0.16": ("sect283k1", 283),
    "1.3.132.0.17": ("sect283r1", 283),
    "1.3.132.0.26": ("sect233k1", 233),
    "1.3.132.0.27": ("sect233r1", 233),
    "1.3.132.0.36": ("sect409k1", 409),
    "1.3.132.0.37": ("sect409r1", 409),
    "1.3.132.0.38": ("sect571k1", 571),
    "1.3.132.0.39": ("sect571r1", 571),
    "1.3.36.3.3.2.8.1.1.7": ("brainpoolP256r1", 256),
    "1.3.36.3.3.2.8.1.1.11": ("brainpoolP384r1", 384),
    "1.3.36.3.3.2.8.1.1.13": ("brainpoolP512r1", 512),
}


def unknown_key(spki: bytes = b"") -> PublicKeyFacts:
    """Return the facts of a key of which nothing could be read."""
    return PublicKeyFacts("unknown", None, None, None, spki, sha256(spki).hexdigest())


def read_key(spki: der.Tlv) -> PublicKeyFacts:
    """Read a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7)."""
    parts = tuple(spki.expect(der.SEQUENCE).children())
    algorithm = tuple(parts[0].expect(der.SEQUENCE).children()) if len(parts) == 2 else ()
    if not algorithm:
        raise der.DerError("the public key has no algorithm")
    oid = der.oid(algorithm[0].expect(der.OID))
    parameters = algorithm[1] if len(algorithm) > 1 else None
    kind, bits, curve, exponent = _details(oid, parameters, parts[1].expect(der.BIT_STRING))
    return PublicKeyFacts(kind, bits, curve, exponent, spki.raw, sha256(spki.raw).hexdigest())


Details = tuple[str, int | None, str | None, int | None]


def _details(oid: str, parameters: der.Tlv | None, key: der.Tlv) -> Details:
    if oid in (_RSA, _RSA_PSS):
        modulus, exponent = _rsa_numbers(key)
        shown = exponent if exponent.bit_length() <= _LONGEST_EXPONENT_BITS else None
        return "RSA", modulus.bit_length(), None, shown
    if oid == _EC:
        curve, bits = _curve(parameters)
        return "EC", bits, curve, None
    if oid == _DSA:
        return "DSA", _dsa_bits(parameters), None, None
    return _OTHER_KINDS.get(oid, "unknown"), None, None, None


def _rsa_numbers(key: der.Tlv) -> tuple[int, int]:
    numbers = tuple(der.read(key.value, 1).expect(der.SEQUENCE).children())
    if len(numbers) != 2:
        raise der.DerError("an RSA key has two numbers")
    modulus, exponent = (der.integer(number.expect(der.INTEGER), _LONGEST_NUMBER) for number in numbers)
    if modulus <= 0 or exponent <= 0:
        raise der.DerError("the numbers of an RSA key are positive")
    return modulus, exponent


def _curve(parameters: der.Tlv | None) -> tuple[str | None, int | None]:
    if parameters is None or parameters.tag != der.OID:
        return None, None  # the curve is spelled out, which RFC 5480 section 2.1.1 forbids
    oid = der.oid(parameters)
    return _CURVES.get(oid, (oid, None))


def _dsa_bits(parameters: der.Tlv | None) -> int | None:
    if parameters is None or parameters.tag != der.SEQUENCE:
        return None
    prime = next(parameters.children(), None)
    return None if prime is None else der.integer(prime.expect(der.INTEGER), _LONGEST_NUMBER).bit_length()
