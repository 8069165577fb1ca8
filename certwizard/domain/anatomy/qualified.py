"""Statements of qualified certificates, piece by piece (ETSI EN 319 412-5, RFC 3739 3.2.6)."""

from itertools import islice

from certwizard.domain import der
from certwizard.domain.anatomy.generic import describe, value_text
from certwizard.domain.anatomy.oids import QC_TYPES, STATEMENTS, named
from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import FieldId

MAX_STATEMENTS = 100


def qualified_statements(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return what a CA states of a qualified certificate."""
    statements = islice(value.expect(der.SEQUENCE).children(), MAX_STATEMENTS)
    parts = [_statement(each, field) for each in statements]
    return ", ".join(part.label for part in parts[:4]) or "nothing", parts


def _statement(statement: der.Tlv, field: FieldId) -> Part:
    pieces = tuple(statement.expect(der.SEQUENCE).children())
    oid = der.oid(der.first(statement).expect(der.OID))
    name, words = named(oid, STATEMENTS)
    about = pieces[1] if len(pieces) > 1 else None
    said = _said(about) if about is not None else ""
    children = (describe(about, field),) if about is not None and not said else ()
    value = ": ".join(filter(None, (words or "unknown to certwizard", said)))
    return Part(name, value, field, statement.start, statement.end, oid, children=children)


def _said(about: der.Tlv) -> str:
    """Return a statement's own value in words; nothing where it has to be shown by its encoding."""
    if about.tag != der.SEQUENCE:
        return value_text(about)
    kinds = tuple(islice(about.children(), MAX_STATEMENTS))
    if not all(kind.tag in (der.OID, der.PRINTABLE_STRING) for kind in kinds):
        return ""
    texts = [value_text(kind) for kind in kinds]
    return ", ".join(QC_TYPES.get(text, text) for text in texts)
