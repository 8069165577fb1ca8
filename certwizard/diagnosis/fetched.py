"""Certificates inside the answer of an AIA address: DER, PEM or a PKCS#7 bundle (RFC 5280 4.2.2.1)."""

from __future__ import annotations

import re
import warnings
from base64 import b64decode
from binascii import Error as Base64Error

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

MAX_CERTIFICATES = 20
_PEM = re.compile(
    rb"-----BEGIN (CERTIFICATE|PKCS7)-----([A-Za-z0-9+/=\s]{1,200000})-----END (?:CERTIFICATE|PKCS7)-----"
)
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")


def certificates_in(body: bytes) -> tuple[bytes, ...]:
    """Return the DER certificates of an answer, at most 20; nothing where it holds none."""
    if b"-----BEGIN" in body[:1000]:
        found: list[bytes] = []
        for kind, text in _PEM.findall(body):
            der = _decoded(text)
            found.extend(_from_der(der) if kind == b"PKCS7" else [der] if der else [])
        return tuple(found[:MAX_CERTIFICATES])
    return tuple(_from_der(body)[:MAX_CERTIFICATES])


def _from_der(body: bytes) -> list[bytes]:
    if not body.startswith(b"\x30"):
        return []
    return _from_pkcs7(body) if _SIGNED_DATA in body[:30] else [body]


def _from_pkcs7(body: bytes) -> list[bytes]:
    try:
        with warnings.catch_warnings():
            # Bundles in BER are common; the library reads them and remarks on it.
            warnings.simplefilter("ignore")
            return [each.public_bytes(Encoding.DER) for each in pkcs7.load_der_pkcs7_certificates(body)]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return []


def _decoded(text: bytes) -> bytes:
    try:
        return b64decode(b"".join(text.split()), validate=True)
    except (Base64Error, ValueError):
        return b""
