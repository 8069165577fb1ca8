"""Any DER value in words, for what nobody has described: types, lengths, texts, to a bounded depth."""

from certwizard.domain import der
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.cleantext import clean
from certwizard.domain.names import decode_string
from certwizard.domain.structure import read_time
from certwizard.domain.vocabulary import FieldId
from certwizard.domain.wording import moment

MAX_DEPTH = 6
MAX_PARTS = 200
_CONSTRUCTED = 0x20
_STRINGS = {
    der.UTF8_STRING: "UTF8String",
    der.PRINTABLE_STRING: "PrintableString",
    der.TELETEX_STRING: "TeletexString",
    der.IA5_STRING: "IA5String",
    der.UNIVERSAL_STRING: "UniversalString",
    der.BMP_STRING: "BMPString",
    0x12: "NumericString",
    0x1A: "VisibleString",
}
_NAMES = {
    der.BOOLEAN: "BOOLEAN",
    der.INTEGER: "INTEGER",
    der.BIT_STRING: "BIT STRING",
    der.OCTET_STRING: "OCTET STRING",
    der.NULL: "NULL",
    der.OID: "OBJECT IDENTIFIER",
    0x0A: "ENUMERATED",
    der.UTC_TIME: "UTCTime",
    der.GENERALIZED_TIME: "GeneralizedTime",
    der.SEQUENCE: "SEQUENCE",
    der.SET: "SET",
    **_STRINGS,
}


def describe(tlv: der.Tlv, field: FieldId | None = None) -> Part:
    """Return a value and what is inside it, at most 200 parts and six levels deep.

    Args:
        tlv: The value.
        field: The field it belongs to.
    """
    return _Describer(field).describe(tlv, 0)


class _Describer:
    """Counts what it describes, so that a hostile value costs no more than an honest one."""

    def __init__(self, field: FieldId | None) -> None:
        self._field = field
        self._left = MAX_PARTS

    def describe(self, tlv: der.Tlv, depth: int) -> Part:
        self._left -= 1
        label = _NAMES.get(tlv.tag, f"[{tlv.tag & 0x1F}]")
        children = self._children(tlv, depth) if tlv.tag & _CONSTRUCTED else ()
        value = f"{len(children)} inside" if tlv.tag & _CONSTRUCTED else value_text(tlv)
        return Part(label, value, self._field, tlv.start, tlv.end, children=children)

    def _children(self, tlv: der.Tlv, depth: int) -> tuple[Part, ...]:
        if depth >= MAX_DEPTH:
            return ()
        found: list[Part] = []
        try:
            for child in tlv.children():
                if self._left <= 0:
                    break
                found.append(self.describe(child, depth + 1))
        except der.DerError:
            pass  # the bytes are shown as they stand
        return tuple(found)


def value_text(tlv: der.Tlv) -> str:
    """Return a primitive value in words."""
    try:
        return _text(tlv)
    except der.DerError:
        return hexadecimal(tlv.value)


def _text(tlv: der.Tlv) -> str:
    if tlv.tag in _STRINGS:
        return clean(decode_string(tlv))
    if tlv.tag == der.OID:
        return der.oid(tlv)
    if tlv.tag in (der.INTEGER, 0x0A):
        return str(der.integer(tlv))
    if tlv.tag == der.BOOLEAN:
        return "TRUE" if any(tlv.value) else "FALSE"
    if tlv.tag in (der.UTC_TIME, der.GENERALIZED_TIME):
        return moment(read_time(tlv))
    if tlv.tag == der.NULL:
        return ""
    printable = tlv.value.isascii() and tlv.value.decode("ascii").isprintable() and len(tlv.value) > 3
    return clean(tlv.value.decode("ascii")) if printable else hexadecimal(tlv.value)
