"""Distinguished names and general names, piece by piece."""

from collections.abc import Iterator, Sequence

from certwizard.domain import der
from certwizard.domain.anatomy.part import Part
from certwizard.domain.cleantext import clean, escape
from certwizard.domain.names import (
    ATTRIBUTE_LABELS,
    canonical_ip,
    decode_string,
    describe_general_name,
    loose_text,
    read_name,
)
from certwizard.domain.vocabulary import FieldId

_WORDS = {
    "CN": "Common name",
    "O": "Organisation",
    "OU": "Department",
    "C": "Country",
    "ST": "State or province",
    "L": "Town",
    "STREET": "Street",
    "postalCode": "Postal code",
    "serialNumber": "Registration number",
    "businessCategory": "Kind of organisation",
    "DC": "Domain component",
    "emailAddress": "E-mail address",
    "organizationIdentifier": "Organisation identifier",
    "jurisdictionC": "Country it is registered in",
    "jurisdictionST": "State it is registered in",
    "jurisdictionL": "Town it is registered in",
}
_DNS, _EMAIL, _URI, _IP, _DIRECTORY, _REGISTERED = 0x82, 0x81, 0x86, 0x87, 0xA4, 0x88
_KINDS = {
    _DNS: "DNS name", _EMAIL: "E-mail", _URI: "URI", _IP: "IP address", _DIRECTORY: "Directory name",
    _REGISTERED: "Registered id",
}  # fmt: skip
MAX_ATTRIBUTES = 100


def name_part(label: str, tlv: der.Tlv, field: FieldId) -> Part:
    """Return a distinguished name with its attributes."""
    name = read_name(tlv)
    value = clean(name.text) or "(empty name)"
    return Part(label, value, field, tlv.start, tlv.end, children=tuple(_attributes(tlv, field)))


def _attributes(tlv: der.Tlv, field: FieldId) -> Iterator[Part]:
    count = 0
    for group in tlv.expect(der.SEQUENCE).children():
        pairs = tuple(group.children())
        for pair in pairs:
            count += 1
            if count > MAX_ATTRIBUTES:
                return
            kind, value = der.pair(pair)
            oid = der.oid(kind.expect(der.OID))
            short = ATTRIBUTE_LABELS.get(oid, oid)
            words = _WORDS.get(short)
            label = f"{words} ({short})" if words else short
            together = f", in one part of the name with {_others(pairs, pair)}" if len(pairs) > 1 else ""
            yield Part(
                label, clean(decode_string(value)), field, pair.start, pair.end, note=f"{oid}{together}"
            )


def _others(pairs: Sequence[der.Tlv], own: der.Tlv) -> str:
    """Return what shares a relative distinguished name with an attribute (RFC 5280 4.1.2.4)."""
    kinds = [der.oid(der.first(pair).expect(der.OID)) for pair in pairs[:MAX_ATTRIBUTES] if pair is not own]
    return ", ".join(ATTRIBUTE_LABELS.get(kind, kind) for kind in kinds)


def general_name_part(tlv: der.Tlv, field: FieldId) -> Part:
    """Return one GeneralName with its kind."""
    kind = _KINDS.get(tlv.tag, "Other name")
    if tlv.tag in (_DNS, _EMAIL, _URI):
        value = escape(loose_text(tlv.value))
    elif tlv.tag == _IP:
        value = canonical_ip(tlv.value) or describe_general_name(tlv)
    else:
        # The kind stands before it already.
        value = describe_general_name(tlv).removeprefix(f"{kind.lower()} ")
    return Part(kind, value, field, tlv.start, tlv.end)
