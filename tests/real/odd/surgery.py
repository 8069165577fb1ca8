"""Signs a certificate again whose fields were changed by hand."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from certwizard.domain import der
from certwizard.domain.structure import read_structure
from tests import factory as f


def resigned(data: bytes, issuer: f.Issued) -> bytes:
    """Return the certificate with the signature that its issuer would make, with an elliptic curve key."""
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    body, algorithm, _ = der.read(data).expect(der.SEQUENCE).children()
    signature = issuer.key.sign(body.raw, ec.ECDSA(hashes.SHA256()))
    assert read_structure(data).algorithm is not None
    return der.wrap(der.SEQUENCE, body.raw, algorithm.raw, der.wrap(der.BIT_STRING, b"\x00" + signature))
