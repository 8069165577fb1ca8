"""Certificate policies and their mappings, piece by piece (RFC 5280 4.2.1.4 and 4.2.1.5)."""

from collections.abc import Iterator
from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.generic import describe, value_text
from certwizard.domain.anatomy.oids import POLICIES, QUALIFIERS, named
from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import FieldId

MAX_POLICIES = 200
_USER_NOTICE = "1.3.6.1.5.5.7.2.2"


def certificate_policies(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return the policies a certificate was issued under."""
    parts = [_policy(policy, field) for policy in islice(value.expect(der.SEQUENCE).children(), MAX_POLICIES)]
    return ", ".join(part.label for part in parts[:4]) or "nothing", parts


def _policy(policy: der.Tlv, field: FieldId) -> Part:
    pieces = tuple(policy.expect(der.SEQUENCE).children())
    oid = der.oid(der.first(policy).expect(der.OID))
    name, words = named(oid, POLICIES)
    qualifiers = tuple(_qualifier(each, field) for each in pieces[1].children()) if len(pieces) > 1 else ()
    value = words or "a policy of the CA's own"
    return Part(name, value, field, policy.start, policy.end, oid, oid, children=qualifiers)


def _qualifier(pair: der.Tlv, field: FieldId) -> Part:
    kind, value = der.pair(pair)
    oid = der.oid(kind.expect(der.OID))
    label = QUALIFIERS.get(oid, oid)
    if value.tag != der.SEQUENCE:
        return Part(label, value_text(value), field, pair.start, pair.end, oid)
    if oid != _USER_NOTICE:
        return Part(label, "", field, pair.start, pair.end, oid, children=(describe(value, field),))
    children = tuple(_notice(value, field))
    words = next((part.value for part in reversed(children)), "empty")
    return Part(label, words, field, pair.start, pair.end, oid, children=children)


def _notice(notice: der.Tlv, field: FieldId) -> Iterator[Part]:
    """Yield the pieces of a UserNotice: who refers to which of its notices, and the text to show."""
    for piece in notice.children():
        if piece.tag != der.SEQUENCE:
            yield Part("Text to show", value_text(piece), field, piece.start, piece.end)
            continue
        organisation, numbers = der.pair(piece)
        listed = ", ".join(value_text(each) for each in islice(numbers.children(), MAX_POLICIES))
        words = f"notice {listed} of {value_text(organisation)}"
        yield Part("Refers to", words, field, piece.start, piece.end)


def policy_mappings(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return which policies of issuer and subject count as equal."""
    parts = []
    for mapping in islice(value.expect(der.SEQUENCE).children(), MAX_POLICIES):
        above, below = der.pair(mapping)
        parts.append(Part(der.oid(above), f"equals {der.oid(below)}", field, mapping.start, mapping.end))
    return f"{len(parts)} {'pair' if len(parts) == 1 else 'pairs'}", parts
