"""The whole certificate as a tree of parts, in the order in which people ask."""

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha1, sha256

from certwizard.domain import der
from certwizard.domain.anatomy.extensions import extension_parts
from certwizard.domain.anatomy.keys import key_part, signature_part
from certwizard.domain.anatomy.names import name_part
from certwizard.domain.anatomy.part import Part, hexadecimal
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.structure import Structure, read_structure, read_time
from certwizard.domain.vocabulary import FieldId
from certwizard.domain.wording import moment, relative, span

MALFORMED = "malformed"
"""Topic of what cannot be read."""
UNIQUE_IDS = "unique-ids"
LONGEST_SERIAL = 20
Localise = Callable[[datetime], datetime]


def take_apart(certificate: Certificate, now: datetime, here: Localise | None = None) -> Part:
    """Return every field and extension of a certificate; never raises, whatever its bytes are.

    Args:
        certificate: The certificate, as `parse_certificate` gives it.
        now: The time that "in 12 days" counts from (UTC, aware).
        here: Turns a moment into the reader's own time zone, for the line beside UTC.
    """
    structure = read_structure(certificate.der)
    makers: tuple[tuple[str, FieldId | None, Callable[[], Iterator[Part]]], ...] = (
        ("Subject", FieldId.SUBJECT, lambda: _name("For whom (Subject)", structure.subject, FieldId.SUBJECT)),
        ("Issuer", FieldId.ISSUER, lambda: _name("Who vouches (Issuer)", structure.issuer, FieldId.ISSUER)),
        ("Validity", FieldId.NOT_AFTER, lambda: _validity(structure, certificate, now, here)),
        ("Public key", FieldId.PUBLIC_KEY, lambda: _key(structure, certificate)),
        ("Unique ids", None, lambda: _unique_ids(structure)),
        ("Extensions", FieldId.OTHER_EXTENSION, lambda: _extensions(structure)),
        ("Signature", FieldId.SIGNATURE, lambda: _signature(structure, certificate)),
        ("Serial number", FieldId.SERIAL, lambda: _serial(structure)),
        ("Version", FieldId.VERSION, lambda: _version(structure, certificate)),
        ("Fingerprints", FieldId.FINGERPRINT, lambda: _fingerprints(certificate)),
    )
    children: list[Part] = []
    for label, field, make in makers:
        children += _made(label, field, make)
    # The names are what most people come for.
    children.sort(key=lambda part: part.field is not FieldId.SUBJECT_ALT_NAME)
    if structure.fault:
        children.insert(
            0, Part("Fault", clean(structure.fault), note="reading stopped there", topic=MALFORMED)
        )
    whole = certificate.subject.short
    return Part(whole, "", None, 0, len(certificate.der), children=tuple(children))


def _made(label: str, field: FieldId | None, make: Callable[[], Iterator[Part]]) -> list[Part]:
    try:
        return list(make())
    except (der.DerError, ValueError) as error:
        return [Part(label, "cannot be read", field, note=clean(str(error)))]


def _name(label: str, tlv: der.Tlv | None, field: FieldId) -> Iterator[Part]:
    if tlv is not None:
        yield name_part(label, tlv, field)


def _validity(
    structure: Structure, certificate: Certificate, now: datetime, here: Localise | None
) -> Iterator[Part]:
    if structure.validity is None:
        return
    begins, ends = der.pair(structure.validity)
    yield _moment("Begins (Not Before)", begins, FieldId.NOT_BEFORE, now, here)
    yield _moment("Ends (Not After)", ends, FieldId.NOT_AFTER, now, here)
    if certificate.lifetime is not None:
        place = structure.validity
        yield Part("Lifetime", span(certificate.lifetime), FieldId.NOT_AFTER, place.start, place.end)


def _moment(label: str, tlv: der.Tlv, field: FieldId, now: datetime, here: Localise | None) -> Part:
    when = read_time(tlv)
    children = [Part("In UTC", moment(when), field, tlv.start, tlv.end)]
    if here is not None:
        local = here(when)
        words = f"{local:%Y-%m-%d %H:%M} {clean(local.tzname() or '')}"
        children.append(Part("In your time zone", words, field, tlv.start, tlv.end))
    children.append(Part("As encoded", clean(tlv.value.decode("latin-1")), field, tlv.start, tlv.end))
    value = f"{relative(when, now)} · {moment(when)}"
    return Part(label, value, field, tlv.start, tlv.end, copy=when.isoformat(), children=tuple(children))


def _key(structure: Structure, certificate: Certificate) -> Iterator[Part]:
    if structure.spki is not None:
        yield key_part(structure.spki, certificate.key)


def _extensions(structure: Structure) -> Iterator[Part]:
    if structure.extensions is not None:
        yield from extension_parts(structure.extensions)


def _unique_ids(structure: Structure) -> Iterator[Part]:
    for label, tlv, field in (
        ("Unique id of the issuer (issuerUniqueID)", structure.issuer_id, FieldId.ISSUER),
        ("Unique id of the owner (subjectUniqueID)", structure.subject_id, FieldId.SUBJECT),
    ):
        if tlv is not None:
            bits = tlv.value[1:]
            yield Part(label, hexadecimal(bits), field, tlv.start, tlv.end, copy=bits.hex(), topic=UNIQUE_IDS)


def _signature(structure: Structure, certificate: Certificate) -> Iterator[Part]:
    if structure.algorithm is not None:
        yield signature_part(structure.algorithm, structure.signature, certificate.signature)


def _serial(structure: Structure) -> Iterator[Part]:
    tlv = structure.serial
    if tlv is not None:
        yield Part(
            "Serial number", hexadecimal(tlv.value), FieldId.SERIAL, tlv.start, tlv.end,
            note=_about_serial(tlv.value), copy=tlv.value.hex(),
        )  # fmt: skip


def _about_serial(octets: bytes) -> str:
    """Say what is odd about a serial number (RFC 5280 4.1.2.2)."""
    if octets[:1] >= b"\x80":
        return "negative, where a positive number is expected"
    if not any(octets):
        return "zero, where a positive number is expected"
    return f"{len(octets)} bytes long, at most 20 are expected" if len(octets) > LONGEST_SERIAL else ""


def _version(structure: Structure, certificate: Certificate) -> Iterator[Part]:
    tlv = structure.version
    value = f"{certificate.version}" if certificate.version else "cannot be read"
    start, end = (tlv.start, tlv.end) if tlv else (0, 0)
    yield Part("Version", value, FieldId.VERSION, start, end, note="" if tlv else "not encoded, so it is 1")


def _fingerprints(certificate: Certificate) -> Iterator[Part]:
    whole = (0, len(certificate.der))
    # SHA-1 is no security here: old tools name certificates by it.
    digests = (sha256(certificate.der).digest(), sha1(certificate.der, usedforsecurity=False).digest())
    for label, digest in zip(("Fingerprint (SHA-256)", "Fingerprint (SHA-1)"), digests, strict=True):
        yield Part(label, hexadecimal(digest), FieldId.FINGERPRINT, *whole, copy=digest.hex())
