"""Whether a client accepts a key, a signature's hash and a lifetime."""

from __future__ import annotations

from datetime import timedelta

from certwizard.diagnosis.weakness import weak_signature
from certwizard.domain.certificate import Certificate
from certwizard.knowledge.client_traits import LimitTraits


def key_refused(limits: LimitTraits, certificate: Certificate, *, root: bool, leaf: bool) -> bool:
    """Return whether a client refuses a certificate for its key."""
    key = certificate.key
    if key.kind == "RSA":
        # An even exponent, or 1, makes a key that no library verifies with.
        if key.exponent is not None and (key.exponent < 3 or key.exponent % 2 == 0):
            return True
        least = limits.rsa_bits if leaf else limits.rsa_bits_root if root else limits.rsa_bits_ca
        return key.bits is not None and key.bits < least
    if key.kind == "DSA":
        return not root and not (limits.dsa if leaf else limits.dsa_ca)
    if key.kind == "EC":
        curves = (limits.leaf_curves or limits.curves) if leaf else limits.curves
        unknown = bool(curves) and key.curve not in curves
        return unknown or (key.bits is not None and key.bits < limits.ec_bits)
    return key.kind in {"Ed25519", "Ed448"} and not limits.ed25519


def signature_refused(limits: LimitTraits, certificate: Certificate, *, public: bool) -> bool:
    """Return whether a client refuses the hash that a certificate's signature rests on."""
    refused = limits.refused_hashes + (limits.refused_hashes_public if public else ())
    return weak_signature(certificate) in refused


def lifetime_refused(limits: LimitTraits, certificate: Certificate, *, public: bool) -> bool:
    """Return whether a client refuses a certificate for how long it is valid."""
    days = limits.max_days_public if public else limits.max_days_private
    if not days or certificate.not_before is None or certificate.not_after is None:
        return False
    return certificate.not_after - certificate.not_before > timedelta(days=days)
