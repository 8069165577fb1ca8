"""The public half of a loaded private key, which is all that is kept of it."""

import hashlib
from typing import TYPE_CHECKING

from certwizard.domain.observation import PrivateKeyFacts

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

_KINDS = ("RSA", "EC", "DSA", "Ed25519", "Ed448", "X25519", "X448", "DH")


def public_half(key: "PrivateKeyTypes", path: str) -> PrivateKeyFacts:
    """Return the kind and the SHA-256 of the public half of a loaded key."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    # Classes are named RSAPrivateKey, ECPrivateKey and so on; their modules move between versions.
    kind = next((kind for kind in _KINDS if type(key).__name__.startswith(kind)), "unknown")
    return PrivateKeyFacts(path, kind, hashlib.sha256(spki).hexdigest())
