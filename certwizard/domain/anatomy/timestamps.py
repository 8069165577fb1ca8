"""Signed certificate timestamps in words (RFC 6962 section 3.3)."""

from certwizard.domain import der
from certwizard.domain.anatomy.part import Part
from certwizard.domain.cleantext import clean
from certwizard.domain.scts import tls_scts
from certwizard.domain.vocabulary import FieldId
from certwizard.domain.wording import moment

_HASHES = {4: "SHA-256", 5: "SHA-384", 6: "SHA-512"}
_KEYS = {1: "RSA", 3: "ECDSA"}


def timestamps(value: der.Tlv, field: FieldId) -> tuple[str, list[Part]]:
    """Return each timestamp with the id of its log."""
    inner = value.expect(der.OCTET_STRING)
    read = tls_scts(inner.value)
    parts = []
    for number, sct in enumerate(read.scts, start=1):
        algorithm = f"{_KEYS.get(sct.signature_algorithm, '?')} with {_HASHES.get(sct.hash_algorithm, '?')}"
        children = (
            Part("Log (SHA-256 of its key)", sct.log_id, field, inner.start, inner.end),
            Part("Promised at", moment(sct.timestamp), field, inner.start, inner.end),
            Part("Signature", algorithm, field, inner.start, inner.end, copy=sct.signature.hex()),
        )
        words = f"{moment(sct.timestamp)}, log {sct.log_id[:16]}…"
        parts.append(Part(f"Timestamp {number}", words, field, inner.start, inner.end, children=children))
    parts += [Part("Problem", clean(problem), field, inner.start, inner.end) for problem in read.problems]
    count = len(read.scts)
    return f"{count} {'timestamp' if count == 1 else 'timestamps'}", parts
