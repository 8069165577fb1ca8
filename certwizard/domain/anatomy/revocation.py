"""CRL distribution points, piece by piece (RFC 5280 4.2.1.13)."""

from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.names import general_name_part
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.vocabulary import FieldId

MAX_POINTS = 200
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
    label = "Reasons it covers" if piece.tag == _REASONS else "Relative name"
    return [Part(label, hexadecimal(piece.value), field, piece.start, piece.end)]
