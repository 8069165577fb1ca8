"""Name constraints and policy constraints, piece by piece (RFC 5280 4.2.1.10 and 4.2.1.11)."""

import ipaddress
from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.names import general_name_part
from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import FieldId

MAX_SUBTREES = 10_000
_IP = 0x87
_SIDES = {0xA0: "Permitted", 0xA1: "Excluded"}
_RULES = {
    0x80: "A policy must be named after (requireExplicitPolicy)",
    0x81: "No equal policies after (inhibitPolicyMapping)",
}


def name_constraints(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return the permitted and excluded names of a CA."""
    sides = []
    for side in value.expect(der.SEQUENCE).children():
        trees = islice(side.children(), MAX_SUBTREES)
        names = tuple(_subtree(der.first(tree), field) for tree in trees)
        label = _SIDES.get(side.tag, "Unknown")
        words = ", ".join(name.value for name in names[:4]) + (" …" if len(names) > 4 else "")
        sides.append(Part(label, words, field, side.start, side.end, children=names))
    return "; ".join(f"{side.label.lower()} {side.value}" for side in sides) or "nothing", sides


def _subtree(name: der.Tlv, field: FieldId) -> Part:
    if name.tag == _IP and len(name.value) in (8, 32):
        half = len(name.value) // 2
        address, mask = (ipaddress.ip_address(octets) for octets in (name.value[:half], name.value[half:]))
        return Part("IP addresses", f"{address} mask {mask}", field, name.start, name.end)
    part = general_name_part(name, field)
    return Part(part.label, part.value or "every one of this kind", field, name.start, name.end)


def policy_constraints(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return after how many CAs a policy must be named and mappings end."""
    parts = [
        Part(_RULES.get(rule.tag, "Unknown"), f"{der.integer(rule)} more CAs", field, rule.start, rule.end)
        for rule in value.expect(der.SEQUENCE).children()
    ]
    return f"{len(parts)} {'rule' if len(parts) == 1 else 'rules'}", parts
