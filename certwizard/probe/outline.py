"""The few fields of a certificate that tell which other one it goes with, read fast and from any input.

Hundreds of roots are read for each probe, so this walks the bytes itself and builds no objects.
"""

from dataclasses import dataclass

from certwizard.domain.der import SEQUENCE

_VERSION, _EXTENSIONS, _KEY_ID = 0xA0, 0xA3, 0x80
_ORGANISATION = bytes.fromhex("0603 55040a")
_SUBJECT_KEY_ID = bytes.fromhex("0603 551d0e")
_AUTHORITY_KEY_ID = bytes.fromhex("0603 551d23")


@dataclass(frozen=True, slots=True)
class Outline:
    """What links a certificate to its issuer."""

    der: bytes
    subject: bytes
    """The encoded Name."""
    issuer: bytes
    subject_key_id: bytes = b""
    authority_key_id: bytes = b""

    @property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name."""
        return self.subject == self.issuer

    def could_issue(self, other: "Outline") -> bool:
        """Return whether names and key ids let this certificate be the issuer of the other."""
        if self.subject != other.issuer:
            return False
        ids = (self.subject_key_id, other.authority_key_id)
        return not all(ids) or ids[0] == ids[1]


def outline_of(encoded: bytes) -> Outline | None:
    """Return the outline of a certificate, or None where its names cannot be read."""
    try:
        at, end = _inside(encoded, _inside(encoded, 0)[0])
        if encoded[at] == _VERSION:
            at = _inside(encoded, at)[1]
        issuer = _inside(encoded, _inside(encoded, at)[1])[1]
        validity = _inside(encoded, issuer)[1]
        subject = _inside(encoded, validity)[1]
        key = _inside(encoded, subject)[1]
    except IndexError:
        return None
    if encoded[issuer] != SEQUENCE or encoded[subject] != SEQUENCE:
        return None
    subject_key, authority_key = _key_ids(encoded, key, end)
    return Outline(encoded, encoded[subject:key], encoded[issuer:validity], subject_key, authority_key)


def organisation_of(name: bytes) -> bytes:
    """Return the first O attribute of an encoded Name with its tag, empty where there is none."""
    at = name.find(_ORGANISATION) + len(_ORGANISATION)
    if at < len(_ORGANISATION):
        return b""
    try:
        return name[at : _inside(name, at)[1]]
    except IndexError:
        return b""


def _inside(data: bytes, at: int) -> tuple[int, int]:
    """Return where the content of the element at an offset starts and ends."""
    length, start = data[at + 1], at + 2
    if length == 0x80:
        raise IndexError(at)
    if length > 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[at + 2 : start])
    if start + length > len(data):
        raise IndexError(at)
    return start, start + length


def _key_ids(data: bytes, at: int, end: int) -> tuple[bytes, bytes]:
    """Return the subject's and the authority's key id, each empty where there is none."""
    subject, authority = b"", b""
    try:
        while at < end and data[at] != _EXTENSIONS:
            at = _inside(data, at)[1]
        at, end = _inside(data, _inside(data, at)[0]) if at < end else (end, end)
        while at < end:
            start, at = _inside(data, at)
            kind = data[start : start + 5]
            if kind == _SUBJECT_KEY_ID:
                subject = _value(data, start, at)
            elif kind == _AUTHORITY_KEY_ID:
                authority = _first_key_id(_value(data, start, at))
    except IndexError:
        pass
    return subject, authority


def _value(data: bytes, start: int, end: int) -> bytes:
    """Return what stands inside the value of the extension whose content is at an offset."""
    last = start
    while last < end:
        start, last = last, _inside(data, last)[1]
    inner, inner_end = _inside(data, _inside(data, start)[0])
    return data[inner:inner_end]


def _first_key_id(content: bytes) -> bytes:
    if content[:1] != bytes([_KEY_ID]):
        return b""
    start, end = _inside(content, 0)
    return content[start:end]
