"""Certificate policies and their mappings, piece by piece (RFC 5280 4.2.1.4 and 4.2.1.5)."""

from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.generic import describe, value_text
from certwizard.domain.anatomy.oids import POLICIES, QUALIFIERS, named
from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import FieldId

MAX_POLICIES = 200


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
    children = (describe(value, field),) if value.tag == der.SEQUENCE else ()
    words = "" if children else value_text(value)
    return Part(QUALIFIERS.get(oid, oid), words, field, pair.start, pair.end, oid, children=children)


def policy_mappings(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return which policies of issuer and subject count as equal."""
    parts = []
    for mapping in islice(value.expect(der.SEQUENCE).children(), MAX_POLICIES):
        above, below = der.pair(mapping)
        parts.append(Part(der.oid(above), f"equals {der.oid(below)}", field, mapping.start, mapping.end))
    return f"{len(parts)} {'pair' if len(parts) == 1 else 'pairs'}", parts
