"""The public key and the signature, piece by piece."""

from certwizard.domain import der
from certwizard.domain.anatomy.oids import HASHES, KEY_ALGORITHMS
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.certificate import PublicKeyFacts, SignatureFacts
from certwizard.domain.vocabulary import FieldId

_KEY, _SIGNATURE = FieldId.PUBLIC_KEY, FieldId.SIGNATURE
_WRITTEN_OUT = ", its curve written out instead of named"
"""RFC 5480 section 2.1.1 wants the name alone in certificates."""
_PSS = "1.2.840.113549.1.1.10"
_PSS_MASK, _PSS_SALT = 0xA1, 0xA2
_DEFAULT_SALT = 20
_IN_WORDS = {
    "secp256r1": "P-256",
    "secp384r1": "P-384",
    "secp521r1": "P-521",
}


def key_part(tlv: der.Tlv, facts: PublicKeyFacts) -> Part:
    """Return the SubjectPublicKeyInfo: algorithm, the key itself, and its fingerprint."""
    algorithm, key = der.pair(tlv.expect(der.SEQUENCE))
    oid = der.oid(der.first(algorithm).expect(der.OID))
    pin = Part(
        "Fingerprint of the key (SPKI SHA-256)", hexadecimal(bytes.fromhex(facts.spki_sha256)), _KEY,
        tlv.start, tlv.end, note="the same key gives the same one in every certificate",
        copy=facts.spki_sha256,
    )  # fmt: skip
    children = (
        Part("Algorithm", KEY_ALGORITHMS.get(oid, oid), _KEY, algorithm.start, algorithm.end, note=oid),
        *_numbers(key, facts),
        pin,
    )
    written_out = facts.kind == "EC" and tuple(algorithm.children())[-1].tag == der.SEQUENCE
    words = f"{_key_words(facts)}{_WRITTEN_OUT if written_out else ''}"
    return Part("Public key", words, _KEY, tlv.start, tlv.end, children=children)


def _key_words(facts: PublicKeyFacts) -> str:
    if facts.kind == "EC" and facts.curve in _IN_WORDS:
        return f"EC {_IN_WORDS[facts.curve]} ({facts.curve}), {facts.bits} bits"
    return facts.text


def _numbers(key: der.Tlv, facts: PublicKeyFacts) -> tuple[Part, ...]:
    if facts.kind != "RSA":
        label = "Point on the curve" if facts.kind == "EC" else "Key"
        return (Part(label, hexadecimal(key.value[1:]), _KEY, key.start, key.end, copy=key.value[1:].hex()),)
    modulus, exponent = der.pair(der.read(key.data, key.content + 1, key.end).expect(der.SEQUENCE))
    digits = modulus.value.lstrip(b"\0")
    return (
        Part(
            "Modulus", hexadecimal(digits), _KEY, modulus.start, modulus.end,
            note=f"{facts.bits} bits", copy=digits.hex(),
        ),
        Part("Exponent", _exponent(exponent), _KEY, exponent.start, exponent.end),
    )  # fmt: skip


def _exponent(tlv: der.Tlv) -> str:
    return str(int.from_bytes(tlv.value, "big")) if len(tlv.value) <= 8 else hexadecimal(tlv.value)


def signature_part(algorithm: der.Tlv, signature: der.Tlv | None, facts: SignatureFacts) -> Part:
    """Return the issuer's signature with its algorithm."""
    children = [Part("Algorithm", facts.name, _SIGNATURE, algorithm.start, algorithm.end, note=facts.oid)]
    if facts.hash_name:
        children.append(Part("Hash", facts.hash_name.upper(), _SIGNATURE))
    if facts.oid == _PSS:
        children += _pss(algorithm)
    end = algorithm.end
    if signature is not None:
        octets = signature.value[1:]
        end = signature.end
        children.append(
            Part(
                "Signature value", hexadecimal(octets), _SIGNATURE, signature.start, signature.end,
                note=f"{len(octets)} bytes", copy=octets.hex(),
            )
        )  # fmt: skip
    return Part("Signature", facts.name, _SIGNATURE, algorithm.start, end, children=tuple(children))


def _pss(algorithm: der.Tlv) -> list[Part]:
    """Return the parameters of an RSASSA-PSS signature (RFC 4055 section 3.1)."""
    pieces = tuple(algorithm.children())
    given = {each.tag: each for each in pieces[1].children()} if len(pieces) > 1 else {}
    salt, mask = given.get(_PSS_SALT), given.get(_PSS_MASK)
    length = der.integer(salt.inside()) if salt is not None else _DEFAULT_SALT
    at = salt or algorithm
    parts = [Part("Salt", f"{length} bytes", _SIGNATURE, at.start, at.end)]
    if mask is not None:
        _, hash_algorithm = der.pair(mask.inside())
        oid = der.oid(der.first(hash_algorithm).expect(der.OID))
        words = f"MGF1 with {HASHES.get(oid, oid)}"
        parts.append(Part("Mask", words, _SIGNATURE, mask.start, mask.end, note=oid))
    return parts
