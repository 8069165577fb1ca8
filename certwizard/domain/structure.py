"""Takes a certificate apart into its fields (RFC 5280 section 4.1) as far as they can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from re import compile as compiled

from certwizard.domain import der

EXTENSIONS = 0xA3
_VERSION = 0xA0
_AFTER_THE_KEY = {
    0x81: "issuer_id", 0xA1: "issuer_id", 0x82: "subject_id", 0xA2: "subject_id", EXTENSIONS: "extensions",
}  # fmt: skip
_IN_ORDER = ("serial", "inner_algorithm", "issuer", "validity", "subject", "spki")
_TIMES = {
    der.UTC_TIME: compiled(rb"(\d{10})(\d\d)?(Z|[+-]\d{4})"),
    der.GENERALIZED_TIME: compiled(rb"(\d{12})(\d\d)?(?:[.,]\d+)?(Z|[+-]\d{4})"),
}


@dataclass(slots=True)
class Structure:
    """The fields of one certificate by their places; None where reading did not come that far."""

    tbs: der.Tlv | None = None
    algorithm: der.Tlv | None = None
    signature: der.Tlv | None = None
    version: der.Tlv | None = None
    serial: der.Tlv | None = None
    inner_algorithm: der.Tlv | None = None
    issuer: der.Tlv | None = None
    validity: der.Tlv | None = None
    subject: der.Tlv | None = None
    spki: der.Tlv | None = None
    issuer_id: der.Tlv | None = None
    """The [1] of RFC 5280 section 4.1.2.8."""
    subject_id: der.Tlv | None = None
    """The [2] of the same."""
    extensions: der.Tlv | None = None
    """The [3] wrapper."""
    fault: str = ""
    """Why reading stopped, or empty."""


def read_structure(data: bytes) -> Structure:
    """Read the outline of a certificate; what follows a fault stays None."""
    found = Structure()
    try:
        _read_outside(data, found)
    except der.DerError as error:
        found.fault = str(error)
    return found


def _read_outside(data: bytes, found: Structure) -> None:
    whole = der.read(data).expect(der.SEQUENCE)
    parts = whole.children()
    found.tbs = _next(parts, "no certificate body").expect(der.SEQUENCE)
    _read_tbs(found.tbs, found)
    found.algorithm = _next(parts, "no signature algorithm").expect(der.SEQUENCE)
    found.signature = _next(parts, "no signature").expect(der.BIT_STRING)
    if whole.end != len(data):
        raise der.DerError(f"{len(data) - whole.end} bytes after the end of the certificate")


def _read_tbs(tbs: der.Tlv, found: Structure) -> None:
    waiting = list(_IN_ORDER)
    for part in tbs.children():
        if part.tag == _VERSION and len(waiting) == len(_IN_ORDER):
            found.version = part
        elif waiting:
            setattr(found, waiting.pop(0), part)
        elif part.tag in _AFTER_THE_KEY:
            setattr(found, _AFTER_THE_KEY[part.tag], part)
    if waiting:
        raise der.DerError(f"the certificate has no {waiting[0].replace('_', ' ')}")


def _next(parts: Iterator[der.Tlv], missing: str) -> der.Tlv:
    part = next(parts, None)
    if part is None:
        raise der.DerError(missing)
    return part


def read_time(tlv: der.Tlv) -> datetime:
    """Return a UTCTime or GeneralizedTime in UTC, also in the forms that RFC 5280 section 4.1.2.5 forbids."""
    match = _TIMES[tlv.tag].fullmatch(tlv.value) if tlv.tag in _TIMES else None
    if match is None:
        raise der.DerError(f"unreadable time at byte {tlv.start}")
    minutes, seconds, zone = (group.decode("ascii") for group in match.groups(b""))
    if tlv.tag == der.UTC_TIME:
        minutes = ("19" if minutes >= "50" else "20") + minutes
    month, day, hour, minute = (int(minutes[at : at + 2]) for at in range(4, 12, 2))
    try:
        local = datetime(int(minutes[:4]), month, day, hour, minute, int(seconds or 0), tzinfo=_zone(zone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise der.DerError(f"no such time at byte {tlv.start}") from error


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return timezone(-offset if text[0] == "-" else offset)
