"""The extensions, each with what it says; what is not described here is shown by its encoding."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.constraints import name_constraints, policy_constraints
from certwizard.domain.anatomy.generic import describe
from certwizard.domain.anatomy.names import general_name_part
from certwizard.domain.anatomy.oids import (
    ACCESS_METHODS,
    KEY_USAGE_WORDS,
    TLS_FEATURES,
    USAGES,
    named,
)
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.anatomy.policies import certificate_policies, policy_mappings
from certwizard.domain.anatomy.qualified import qualified_statements
from certwizard.domain.anatomy.revocation import distribution_points
from certwizard.domain.anatomy.timestamps import timestamps
from certwizard.domain.cleantext import clean
from certwizard.domain.extension_names import describe_extension, field_of
from certwizard.domain.extensions import KEY_USAGES
from certwizard.domain.names import describe_general_name
from certwizard.domain.vocabulary import FieldId

MAX_EXTENSIONS = 200
MAX_NAMES = 50_000

LABELS = {
    "2.5.29.14": "Id of this key (Subject Key Identifier)",
    "2.5.29.15": "What the key may do (Key Usage)",
    "2.5.29.17": "Names (Subject Alternative Name)",
    "2.5.29.18": "Issuer's other names (Issuer Alternative Name)",
    "2.5.29.19": "CA or not (Basic Constraints)",
    "2.5.29.30": "Names it may issue for (Name Constraints)",
    "2.5.29.31": "Revocation lists (CRL Distribution Points)",
    "2.5.29.32": "Policies (Certificate Policies)",
    "2.5.29.33": "Equal policies (Policy Mappings)",
    "2.5.29.35": "Id of the issuer's key (Authority Key Identifier)",
    "2.5.29.36": "Policy rules below (Policy Constraints)",
    "2.5.29.37": "What it is for (Extended Key Usage)",
    "2.5.29.46": "Newest changes (Freshest CRL)",
    "2.5.29.54": "No “any policy” below (Inhibit anyPolicy)",
    "1.3.6.1.5.5.7.1.3": "Qualified certificate (QC Statements)",
    "1.3.6.1.5.5.7.1.1": "Where to ask (Authority Information Access)",
    "1.3.6.1.5.5.7.1.24": "TLS features (must-staple)",
    "1.3.6.1.5.5.7.48.1.5": "Not to be checked itself (OCSP No Check)",
    "1.3.6.1.4.1.11129.2.4.2": "Public logs (Signed Certificate Timestamps)",
    "1.3.6.1.4.1.11129.2.4.3": "Precertificate, not for use (CT poison)",
}


def extension_parts(wrapper: der.Tlv) -> Iterator[Part]:
    """Yield every extension, in its order."""
    for place in islice(wrapper.inside().expect(der.SEQUENCE).children(), MAX_EXTENSIONS):
        try:
            yield _extension(place)
        except der.DerError as error:
            # One that cannot be read hides no other.
            note = clean(str(error))
            yield Part(
                "Unreadable extension",
                "cannot be read",
                FieldId.OTHER_EXTENSION,
                place.start,
                place.end,
                note,
            )


def _extension(place: der.Tlv) -> Part:
    parts = tuple(place.expect(der.SEQUENCE).children())
    oid = der.oid(der.first(place).expect(der.OID))
    critical = len(parts) == 3 and parts[1].tag == der.BOOLEAN and any(parts[1].value)
    field = FieldId(field_of(oid))
    label = LABELS.get(oid) or describe_extension(oid)
    note = f"{oid}{', critical' if critical else ''}"
    octets = parts[-1]
    if octets.start + 2 >= octets.end:
        return Part(label, "empty", field, place.start, place.end, note, critical=critical, topic=oid)
    try:
        value, children = _READERS.get(oid, _unknown)(octets.inside(), field)
    except der.DerError as error:
        value, children, note = "cannot be read", (_raw(octets, field),), f"{note}: {clean(str(error))}"
    return Part(
        label, value, field, place.start, place.end, note,
        critical=critical, topic=oid, children=tuple(children),
    )  # fmt: skip


Said = tuple[str, Sequence[Part]]


def _unknown(value: der.Tlv, field: FieldId) -> Said:
    described = describe(value, field)
    return f"{value.end - value.start} bytes", [described]


def _raw(octets: der.Tlv, field: FieldId) -> Part:
    return Part("Bytes", hexadecimal(octets.value), field, octets.start, octets.end, copy=octets.value.hex())


def _alt_names(value: der.Tlv, field: FieldId) -> Said:
    names = islice(value.expect(der.SEQUENCE).children(), MAX_NAMES)
    parts = [general_name_part(name, field) for name in names]
    first = ", ".join(part.value for part in parts[:3])
    more = f" and {len(parts) - 3} more" if len(parts) > 3 else ""
    return clean(first) + more, parts


def _basic_constraints(value: der.Tlv, field: FieldId) -> Said:
    parts = list(value.expect(der.SEQUENCE).children())
    ca = bool(parts and parts[0].tag == der.BOOLEAN and any(parts[0].value))
    numbers = [part for part in parts if part.tag == der.INTEGER]
    limit = der.integer(numbers[0]) if numbers else None
    words = "a CA (CA:TRUE)" if ca else "no CA (CA:FALSE)"
    if limit is None:
        return words, []
    place = numbers[0]
    longest = Part("Most CAs below it (path length)", str(limit), field, place.start, place.end)
    return f"{words}, at most {limit} CAs below it", [longest]


def _key_usage(value: der.Tlv, field: FieldId) -> Said:
    bits = der.bits(value.expect(der.BIT_STRING))
    names = [name for name, bit in zip(KEY_USAGES, bits, strict=False) if bit]
    parts = [Part(name, KEY_USAGE_WORDS[name], field, value.start, value.end) for name in names]
    return ", ".join(names) or "nothing", parts


def _extended_key_usage(value: der.Tlv, field: FieldId) -> Said:
    parts = []
    for usage in islice(value.expect(der.SEQUENCE).children(), MAX_EXTENSIONS):
        oid = der.oid(usage.expect(der.OID))
        name, words = named(oid, USAGES)
        parts.append(Part(name, words or "unknown to certwizard", field, usage.start, usage.end, note=oid))
    return ", ".join(part.label for part in parts) or "nothing", parts


def _key_id(value: der.Tlv, field: FieldId) -> Said:
    return hexadecimal(value.expect(der.OCTET_STRING).value), []


def _authority_key_id(value: der.Tlv, field: FieldId) -> Said:
    parts = []
    for piece in value.expect(der.SEQUENCE).children():
        label, words = _KEY_ID_PIECES.get(piece.tag, ("Unknown", _hexadecimal_of))
        parts.append(Part(label, clean(words(piece)), field, piece.start, piece.end))
    return next((part.value for part in parts), "empty"), parts


def _hexadecimal_of(piece: der.Tlv) -> str:
    return hexadecimal(piece.value)


def _names_of(piece: der.Tlv) -> str:
    return ", ".join(describe_general_name(name) for name in piece.children())


_KEY_ID_PIECES: dict[int, tuple[str, Callable[[der.Tlv], str]]] = {
    0x80: ("Key id", _hexadecimal_of),
    0xA1: ("Issuer's name", _names_of),
    0x82: ("Serial number", _hexadecimal_of),
}


def _information_access(value: der.Tlv, field: FieldId) -> Said:
    parts = []
    for description in islice(value.expect(der.SEQUENCE).children(), MAX_EXTENSIONS):
        method, location = der.pair(description.expect(der.SEQUENCE))
        oid = der.oid(method.expect(der.OID))
        where = general_name_part(location, field).value
        label = ACCESS_METHODS.get(oid, oid)
        parts.append(Part(label, where, field, description.start, description.end, note=oid))
    return ", ".join(part.value for part in parts[:2]) or "nothing", parts


def _tls_feature(value: der.Tlv, field: FieldId) -> Said:
    parts = []
    for feature in islice(value.expect(der.SEQUENCE).children(), MAX_EXTENSIONS):
        number = der.integer(feature.expect(der.INTEGER))
        name, words = TLS_FEATURES.get(number, (f"feature {number}", "unknown to certwizard"))
        parts.append(Part(name, words, field, feature.start, feature.end))
    return ", ".join(part.label for part in parts), parts


def _nothing(value: der.Tlv, field: FieldId) -> Said:
    return "set", []


def _number(value: der.Tlv, field: FieldId) -> Said:
    return f"after {der.integer(value.expect(der.INTEGER))} more CAs", []


_READERS: dict[str, Callable[[der.Tlv, FieldId], Said]] = {
    "2.5.29.14": _key_id,
    "2.5.29.15": _key_usage,
    "2.5.29.17": _alt_names,
    "2.5.29.18": _alt_names,
    "2.5.29.19": _basic_constraints,
    "2.5.29.30": name_constraints,
    "2.5.29.31": distribution_points,
    "2.5.29.32": certificate_policies,
    "2.5.29.33": policy_mappings,
    "2.5.29.35": _authority_key_id,
    "2.5.29.36": policy_constraints,
    "2.5.29.37": _extended_key_usage,
    "2.5.29.46": distribution_points,
    "2.5.29.54": _number,
    "1.3.6.1.5.5.7.1.1": _information_access,
    "1.3.6.1.5.5.7.1.3": qualified_statements,
    "1.3.6.1.5.5.7.1.11": _information_access,
    "1.3.6.1.5.5.7.1.24": _tls_feature,
    "1.3.6.1.5.5.7.48.1.5": _nothing,
    "1.3.6.1.4.1.11129.2.4.2": timestamps,
    "1.3.6.1.4.1.11129.2.4.3": _nothing,
}
