"""CRL distribution points, piece by piece (RFC 5280 4.2.1.13)."""

from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.names import general_name_part
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.vocabulary import FieldId

MAX_POINTS = 200
REASONS = (
    "unused", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation",
    "certificateHold", "privilegeWithdrawn", "aACompromise",
)  # fmt: skip
"""The bits of ReasonFlags, in their order (RFC 5280 4.2.1.13)."""
_POINT, _REASONS, _ISSUER = 0xA0, 0x81, 0xA2


def distribution_points(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return where the revocation lists are published."""
    parts: list[Part] = []
    for point in islice(value.expect(der.SEQUENCE).children(), MAX_POINTS):
        for piece in point.expect(der.SEQUENCE).children():
            parts += _piece(piece, field)
    return ", ".join(part.value for part in parts[:2]) or "nothing", parts


def _piece(piece: der.Tlv, field: FieldId) -> list[Part]:
    if piece.tag == _POINT and piece.inside().tag == _POINT:
        return [general_name_part(name, field) for name in piece.inside().children()]
    if piece.tag == _ISSUER:
        names = [general_name_part(name, field) for name in piece.children()]
        return [Part("Signed by", name.value, field, name.start, name.end) for name in names]
    if piece.tag == _REASONS:
        return [Part("Reasons it covers", _reasons(piece), field, piece.start, piece.end)]
    return [Part("Relative name", hexadecimal(piece.value), field, piece.start, piece.end)]


def _reasons(piece: der.Tlv) -> str:
    named = [name for name, bit in zip(REASONS, der.bits(piece), strict=False) if bit]
    return ", ".join(named) or "none"
