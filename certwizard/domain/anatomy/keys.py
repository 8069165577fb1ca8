"""The public key and the signature, piece by piece."""

from certwizard.domain import der
from certwizard.domain.anatomy.oids import KEY_ALGORITHMS
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.certificate import PublicKeyFacts, SignatureFacts
from certwizard.domain.vocabulary import FieldId

_KEY, _SIGNATURE = FieldId.PUBLIC_KEY, FieldId.SIGNATURE
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
    return Part("Public key", _key_words(facts), _KEY, tlv.start, tlv.end, children=children)


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
