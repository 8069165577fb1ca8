"""Keys, signatures and usages that clients refuse, each told in words."""

from __future__ import annotations

from certwizard.domain.certificate import Certificate
from certwizard.domain.certificate import PublicKeyFacts as Key

MIN_RSA_BITS = 2048
CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
"""The curves of the CA/Browser Forum (BR 6.1.5), which browsers verify."""
OTHER_STRONG_CURVES = frozenset({"brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp256k1"})
NOT_OFFERED = "secp521r1"
"""The curve that Chromium verifies certificates with, and does not offer to servers (measured with 156)."""
WEAK_HASHES = frozenset({"md2", "md4", "md5", "sha1", "sha"})

SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
ANY_USAGE = "2.5.29.37.0"
OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
SIGNING_KINDS = frozenset({"EC", "Ed25519", "Ed448", "DSA"})


def weak_key(certificate: Certificate, *, leaf: bool = False) -> str:
    """Return why clients refuse the key, in words that follow "the key", or nothing.

    Args:
        certificate: Whose key.
        leaf: Whether a server has it, whose signatures in the handshake are verified too.
    """
    key = certificate.key
    if key.kind == "RSA":
        return _weak_rsa(key)
    if key.kind == "DSA":
        return "is a DSA key, which no browser accepts"
    if key.kind == "EC":
        return _weak_curve(key, leaf=leaf)
    if key.kind in ("Ed25519", "Ed448"):
        return f"is an {key.kind} key, which no browser accepts"
    return ""


def _weak_rsa(key: Key) -> str:
    if key.bits is not None and key.bits < MIN_RSA_BITS:
        return f"has only {key.bits} bits"
    if key.exponent is not None and (key.exponent < 3 or key.exponent % 2 == 0):
        return f"has the public exponent {key.exponent}, which makes it breakable"
    return ""


def other_kind(certificate: Certificate) -> bool:
    """Return whether a key is strong, and yet of a kind that some clients do not know."""
    key = certificate.key
    return key.kind in ("Ed25519", "Ed448") or key.curve in OTHER_STRONG_CURVES | {NOT_OFFERED}


def _weak_curve(key: Key, *, leaf: bool) -> str:
    if leaf and key.curve == NOT_OFFERED:
        return "is on the curve P-521, with which Chrome and Edge let no server sign"
    if key.curve in CURVES:
        return ""
    if key.bits is not None and key.bits < 256:
        return f"has only {key.bits} bits on the curve {key.curve or 'unknown'}"
    return f"is on the curve {key.curve or 'unknown'}, which browsers do not accept"


def weak_signature(certificate: Certificate) -> str:
    """Return the weak hash that the issuer signed with (``SHA-1``), or nothing."""
    name = certificate.signature.hash_name
    if name is None or name.lower().replace("-", "") not in WEAK_HASHES:
        return ""
    bare = name.upper().replace("-", "")
    return "SHA-1" if bare in {"SHA1", "SHA"} else bare


def usage_problem(certificate: Certificate, *, leaf: bool) -> str:
    """Return what the usage fields do not allow, or nothing.

    ``extended-key-usage`` and ``key-usage``: every client refuses; ``no-signing``: Chrome, Edge and Java refuse;
    ``any-usage``: OpenSSL and GnuTLS want the very usage from a CA too (measured).
    """
    usages = certificate.extended_key_usage
    if usages is not None and SERVER_AUTH not in usages:
        return "any-usage" if ANY_USAGE in usages and not leaf else "extended-key-usage"
    if not leaf:
        return ""
    return _key_usage_problem(certificate.key_usage)


def _key_usage_problem(usage: frozenset[str] | None) -> str:
    if usage is None or "digitalSignature" in usage:
        return ""
    # Without a signature only the old RSA key exchange is left, which TLS 1.3 and browsers dropped.
    return "no-signing" if usage & {"keyEncipherment", "keyAgreement"} else "key-usage"
