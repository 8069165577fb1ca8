"""Odd keys and signatures: small, rare, or with a hash of long ago; and odd versions of TLS."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from OpenSSL import SSL

from tests import factory as f
from tests.real.odd.server import Odd, Recipe, ca, leaf, root, top, with_ca, with_leaf

CURVES = (ec.SECP224R1, ec.SECP384R1, ec.SECP521R1, ec.SECP256K1, ec.BrainpoolP256R1, ec.SECP192R1)


@cache
def curve_key(curve: type[ec.EllipticCurve]) -> ec.EllipticCurvePrivateKey:
    """Return a key on a curve; the same one again within a run."""
    return ec.generate_private_key(curve())


@cache
def edwards_key(label: str) -> ed25519.Ed25519PrivateKey:
    """Return an Ed25519 key; the same one again for a label."""
    return ed25519.Ed25519PrivateKey.generate()


@cache
def odd_rsa_key(bits: int, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """Return an RSA key of any size; the same one again within a run."""
    return rsa.generate_private_key(exponent, bits)


@cache
def old_key() -> dsa.DSAPrivateKey:
    """Return a DSA key; the same one again within a run."""
    return dsa.generate_private_key(2048)


def _with_ca_key(key: f.Key) -> Odd:
    return with_ca(ca(top(), "Odd Key CA", key=key))


def _with_root_key(key: f.Key, **changes: Any) -> Odd:
    anchor = root("Odd Key Root", key=key, **changes)
    return with_ca(ca(anchor), roots=(anchor,))


def _digest(digest: str, *, of: str) -> Odd:
    """Sign one certificate of the chain with a hash of long ago."""
    key = f.rsa_key(2048, "odd digest root")
    anchor = root("Odd Digest Root", key=key, digest=digest if of == "root" else "sha256")
    lower = f.rsa_key(2048, "odd digest ca")
    authority = ca(anchor, "Odd Digest CA", key=lower, digest=digest if of == "ca" else "sha256")
    made = leaf(authority, digest=digest if of == "leaf" else "sha256")
    return Odd((made, authority), made.key, (anchor,))


def _tls(oldest: int, newest: int, key: f.Key | None = None, **changes: Any) -> Odd:
    return with_leaf(key=key, settings={"oldest": oldest, "newest": newest}, **changes)


def _with_leaf_curve(curve: type[ec.EllipticCurve]) -> Odd:
    return with_leaf(key=curve_key(curve))


def _with_ca_curve(curve: type[ec.EllipticCurve]) -> Odd:
    return _with_ca_key(curve_key(curve))


def _with_rsa_bits(bits: int) -> Odd:
    return with_leaf(key=odd_rsa_key(bits))


KEYS: dict[str, Recipe] = {
    **{f"leaf-{curve.name}": partial(_with_leaf_curve, curve) for curve in CURVES},
    **{f"ca-{curve.name}": partial(_with_ca_curve, curve) for curve in CURVES},
    "root-secp192r1": lambda: _with_root_key(curve_key(ec.SECP192R1)),
    "leaf-ed25519": lambda: with_leaf(key=edwards_key("leaf")),
    "ca-ed25519": lambda: _with_ca_key(edwards_key("ca")),
    "leaf-rsa-1024": lambda: with_leaf(key=odd_rsa_key(1024)),
    **{f"leaf-rsa-{bits}": partial(_with_rsa_bits, bits) for bits in (1960, 1962, 1964, 1966)},
    "leaf-rsa-2047": lambda: with_leaf(key=odd_rsa_key(2047)),
    "leaf-rsa-2048": lambda: with_leaf(key=odd_rsa_key(2048)),
    "leaf-rsa-8192": lambda: with_leaf(key=odd_rsa_key(8192)),
    "leaf-rsa-exponent-3": lambda: with_leaf(key=odd_rsa_key(2048, 3)),
    "ca-rsa-1024": lambda: _with_ca_key(odd_rsa_key(1024)),
    "root-rsa-1024": lambda: _with_root_key(odd_rsa_key(1024)),
    "leaf-dsa": lambda: with_leaf(key=old_key(), settings={"newest": SSL.TLS1_2_VERSION, "ciphers": "ALL"}),
    "ca-dsa": lambda: _with_ca_key(old_key()),
    **{
        f"{digest}-{of}": partial(_digest, digest, of=of)
        for digest in ("sha1", "md5")
        for of in ("leaf", "ca", "root")
    },
    "tls-1.0-alone": lambda: _tls(SSL.TLS1_VERSION, SSL.TLS1_VERSION),
    "tls-1.1-alone": lambda: _tls(SSL.TLS1_1_VERSION, SSL.TLS1_1_VERSION),
    "tls-1.2-alone": lambda: _tls(SSL.TLS1_2_VERSION, SSL.TLS1_2_VERSION),
    "tls-1.3-alone": lambda: _tls(SSL.TLS1_3_VERSION, SSL.TLS1_3_VERSION),
    "tls-1.2-rsa-1024": lambda: _tls(SSL.TLS1_2_VERSION, SSL.TLS1_2_VERSION, odd_rsa_key(1024)),
    "rsa-1024-expired": lambda: with_leaf(key=odd_rsa_key(1024), days=(-90, -5)),
    "rsa-1024-wrong-name": lambda: with_leaf(names=["other.test"], key=odd_rsa_key(1024)),
}
