"""Certificates inside the answer of an AIA address: DER, PEM or a PKCS#7 bundle (RFC 5280 4.2.2.1)."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error

from certwizard.domain import der

MAX_CERTIFICATES = 20
_PEM = re.compile(
    rb"-----BEGIN (CERTIFICATE|PKCS7)-----([A-Za-z0-9+/=\s]{1,200000})-----END (?:CERTIFICATE|PKCS7)-----"
)
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CERTIFICATES = 0xA0


def certificates_in(body: bytes) -> tuple[bytes, ...]:
    """Return the DER certificates of an answer, at most 20; nothing where it holds none."""
    if b"-----BEGIN" in body[:1000]:
        parts = [part for _, text in _PEM.findall(body) for part in _from_der(_decoded(text))]
        return tuple(parts[:MAX_CERTIFICATES])
    return tuple(_from_der(body)[:MAX_CERTIFICATES])


def _from_der(body: bytes) -> list[bytes]:
    try:
        outer = der.read(body).expect(der.SEQUENCE)
        first, second, *_ = (*outer.children(), None)
        if second is not None and first is not None and first.tag == der.OID:
            return _bundled(second) if der.oid(first) == _SIGNED_DATA else []
    except (der.DerError, ValueError):
        return []
    return [outer.raw]


def _bundled(content: der.Tlv) -> list[bytes]:
    """Return the certificates of a PKCS#7 SignedData (RFC 2315 9.1)."""
    groups = (part for part in content.inside().children() if part.tag == _CERTIFICATES)
    return [each.raw for group in groups for each in group.children() if each.tag == der.SEQUENCE]


def _decoded(text: bytes) -> bytes:
    try:
        return b64decode(b"".join(text.split()), validate=True)
    except (Base64Error, ValueError):
        return b""
