"""Tells from the outer elements of a DER structure what it is, without trusting a name or an armour."""

from enum import StrEnum

from certwizard.domain import der
from certwizard.domain.der import DerError, Tlv
from certwizard.probe.ber import definite

CONTEXT_0 = 0xA0
SIGNED_DATA_OID = bytes.fromhex("2a864886f70d010702")
_ENUMERATED = 0x0A
_TIMES = (der.UTC_TIME, der.GENERALIZED_TIME)
_MOST_PARTS = 16


class Shape(StrEnum):
    """What a DER structure is."""

    CERTIFICATE = "certificate"
    CSR = "certificate signing request"
    CRL = "certificate revocation list"
    PKCS7 = "PKCS#7"
    PKCS12 = "PKCS#12"
    KEY = "private key"
    ENCRYPTED_KEY = "encrypted private key"
    PUBLIC_KEY = "public key"
    OCSP_RESPONSE = "OCSP answer"
    UNKNOWN = "unknown"


def shape_of(data: bytes) -> Shape:
    """Return what the structure at the start of the bytes is."""
    try:
        outer = der.read(definite(data))
    except DerError:
        return Shape.UNKNOWN
    if outer.tag != der.SEQUENCE:
        return Shape.UNKNOWN
    parts = _parts(outer)
    tags = tuple(part.tag for part in parts)
    if tags[:3] == (der.SEQUENCE, der.SEQUENCE, der.BIT_STRING):
        return _signed(parts[0])
    if tags[:1] == (der.INTEGER,):
        return _numbered(parts, tags)
    if tags[:2] == (der.SEQUENCE, der.BIT_STRING):
        return Shape.PUBLIC_KEY
    if tags == (der.SEQUENCE, der.OCTET_STRING):
        return Shape.ENCRYPTED_KEY
    if tags[:2] == (der.OID, CONTEXT_0) and parts[0].value == SIGNED_DATA_OID:
        return Shape.PKCS7
    return Shape.OCSP_RESPONSE if tags[:1] == (_ENUMERATED,) else Shape.UNKNOWN


def _signed(body: Tlv) -> Shape:
    """Tell the three things an issuer or applicant signs apart (RFC 5280 4.1, 5.1; RFC 2986 4.1)."""
    tags = [part.tag for part in _parts(body)]
    if tags[:1] == [CONTEXT_0]:
        return Shape.CERTIFICATE
    if tags[:3] == [der.INTEGER, der.SEQUENCE, der.SEQUENCE]:
        if len(tags) > 3 and tags[3] in _TIMES:
            return Shape.CRL
        return Shape.CERTIFICATE if tags[3:5] == [der.SEQUENCE, der.SEQUENCE] else Shape.CSR
    if tags[:2] == [der.SEQUENCE, der.SEQUENCE] and len(tags) > 2 and tags[2] in _TIMES:
        return Shape.CRL
    return Shape.UNKNOWN


def _numbered(parts: list[Tlv], tags: tuple[int, ...]) -> Shape:
    """Tell apart what starts with a version number: PKCS#12, PKCS#8 and the traditional keys."""
    if tags[:2] == (der.INTEGER, der.OCTET_STRING):
        return Shape.KEY
    if len(tags) >= 6 and set(tags) <= {der.INTEGER, der.SEQUENCE}:
        return Shape.KEY
    if tags[:3] == (der.INTEGER, der.SEQUENCE, der.OCTET_STRING):
        return Shape.KEY
    if tags[:2] == (der.INTEGER, der.SEQUENCE) and parts[0].value == b"\x03":
        return Shape.PKCS12
    return Shape.UNKNOWN


def _parts(whole: Tlv) -> list[Tlv]:
    """Return the first elements inside; stops quietly where the encoding breaks."""
    found: list[Tlv] = []
    try:
        for part in whole.children():
            found.append(part)
            if len(found) == _MOST_PARTS:
                break
    except DerError:
        pass
    return found
