"""Signed certificate timestamps (RFC 6962 section 3): a log's promise to publish a certificate.

They reach a client in the certificate, in a TLS extension or in the stapled OCSP answer. Nothing here raises
on hostile bytes: what is broken is told as a value beside what could be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from certwizard.domain import der
from certwizard.domain.certificate import Certificate

CERTIFICATE_SCTS = "1.3.6.1.4.1.11129.2.4.2"
OCSP_SCTS = "1.3.6.1.4.1.11129.2.4.5"
MAX_SCTS = 64
"""Looked at in one list; honest ones hold two to five."""

_MAX_ANSWERS = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_V1 = 0
_LEAF_INDEX, _LEAF_INDEX_SIZE = 0, 5  # C2SP static-ct-api, "SCT extension"
_CONTEXT_0, _CONTEXT_1 = 0xA0, 0xA1


class SctSource(StrEnum):
    """How an SCT reached the client."""

    CERTIFICATE = "certificate"
    TLS = "TLS extension"
    OCSP = "OCSP answer"


@dataclass(frozen=True, slots=True)
class Sct:
    """One signed certificate timestamp of version 1."""

    version: int
    """0 means v1, the only one in use."""
    log_id: str
    """SHA-256 of the log's public key, lower-case hex."""
    timestamp: datetime
    """When the log promised, UTC, exact to the millisecond."""
    hash_algorithm: int
    """By its number in TLS 1.2 (RFC 5246 section 7.4.1.4.1); 4 is SHA-256."""
    signature_algorithm: int
    """By its number in TLS 1.2; 3 is ECDSA, 1 is RSA."""
    signature: bytes
    source: SctSource
    extensions: bytes = b""

    @property
    def milliseconds(self) -> int:
        """The timestamp as it was signed: milliseconds since 1970."""
        return (self.timestamp - _EPOCH) // timedelta(milliseconds=1)

    @property
    def has_leaf_index(self) -> bool:
        """Whether it says where in the log it stands, as SCTs of static-ct-api logs must."""
        rest = self.extensions
        while len(rest) >= 3:
            end = 3 + int.from_bytes(rest[1:3])
            if rest[0] == _LEAF_INDEX:
                return end == 3 + _LEAF_INDEX_SIZE <= len(rest)
            rest = rest[end:]
        return False


@dataclass(frozen=True, slots=True)
class SctList:
    """The SCTs of one source, and what of it could not be read."""

    scts: tuple[Sct, ...] = ()
    problems: tuple[str, ...] = ()


class _SctError(ValueError):
    """A part that breaks the encoding; the message says how."""


def certificate_scts(certificate: Certificate) -> SctList:
    """Return the SCTs embedded in a certificate; nothing where it has no such extension."""
    value = next((each.value_der for each in certificate.extensions if each.oid == CERTIFICATE_SCTS), None)
    return SctList() if value is None else _wrapped_list(value, SctSource.CERTIFICATE)


def tls_scts(data: bytes) -> SctList:
    """Return the SCTs of the TLS extension signed_certificate_timestamp, from its raw bytes."""
    return _read_list(data, SctSource.TLS) if data else SctList()


def ocsp_scts(response_der: bytes, serial: int | None = None) -> SctList:
    """Return the SCTs in an OCSP response.

    Args:
        response_der: The whole OCSPResponse, such as a stapled one.
        serial: Look only at answers on the certificate with this serial number.
    """
    try:
        values = list(_ocsp_extensions(response_der, serial))
    except der.DerError as error:
        return SctList(problems=(f"the OCSP answer cannot be read: {error}",))
    lists = [_wrapped_list(value, SctSource.OCSP) for value in values]
    return SctList(
        tuple(sct for each in lists for sct in each.scts)[:MAX_SCTS],
        tuple(problem for each in lists for problem in each.problems),
    )


def _ocsp_extensions(response_der: bytes, serial: int | None) -> Iterator[bytes]:
    """Yield the values of the SCT extension of each single answer (RFC 6960 section 4.2.1)."""
    parts = tuple(der.read(response_der).expect(der.SEQUENCE).children())
    if len(parts) < 2:  # an error such as tryLater carries no answer
        return
    _, encoded = der.pair(parts[1].expect(_CONTEXT_0).inside().expect(der.SEQUENCE))
    signed = next(encoded.expect(der.OCTET_STRING).inside().expect(der.SEQUENCE).children(), None)
    if signed is None:
        return
    answers = (part for part in signed.expect(der.SEQUENCE).children() if part.tag == der.SEQUENCE)
    # responderID stands under a tag of its own, so the first plain SEQUENCE is the list of answers.
    listed = next(answers, None)
    for count, answer in enumerate(listed.children() if listed else ()):
        if count >= _MAX_ANSWERS:
            return
        yield from _single_extensions(answer, serial)


def _single_extensions(answer: der.Tlv, serial: int | None) -> Iterator[bytes]:
    parts = tuple(answer.expect(der.SEQUENCE).children())
    if not parts or (serial is not None and _serial_of(parts[0]) != serial):
        return
    for part in parts[3:]:
        if part.tag != _CONTEXT_1:
            continue
        for extension in part.inside().expect(der.SEQUENCE).children():
            fields = tuple(extension.expect(der.SEQUENCE).children())
            if len(fields) >= 2 and der.oid(fields[0].expect(der.OID)) == OCSP_SCTS:
                yield fields[-1].expect(der.OCTET_STRING).value


def _serial_of(cert_id: der.Tlv) -> int | None:
    parts = tuple(cert_id.expect(der.SEQUENCE).children())
    return der.integer(parts[3].expect(der.INTEGER)) if len(parts) == 4 else None


def _wrapped_list(value: bytes, source: SctSource) -> SctList:
    """Read an extension's value: the list stands in an OCTET STRING of its own."""
    try:
        return _read_list(der.read(value).expect(der.OCTET_STRING).value, source)
    except der.DerError as error:
        return SctList(problems=(f"the list of SCTs cannot be read: {error}",))


def _read_list(data: bytes, source: SctSource) -> SctList:
    """Read a SignedCertificateTimestampList (RFC 6962 section 3.3); one bad entry hides no other."""
    try:
        whole, rest = _vector(data)
    except _SctError as error:
        return SctList(problems=(f"the list of SCTs cannot be read: {error}",))
    problems = [f"{len(rest)} bytes stand behind the list of SCTs"] if rest else []
    if not whole:
        problems.append("the list of SCTs is empty")
    scts: list[Sct] = []
    count = 0
    while whole and count < MAX_SCTS:
        count += 1
        try:
            entry, whole = _vector(whole)
        except _SctError as error:
            problems.append(f"SCT {count} cannot be read: {error}")
            return SctList(tuple(scts), tuple(problems))
        try:
            scts.append(_read_sct(entry, source))
        except _SctError as error:
            problems.append(f"SCT {count} cannot be read: {error}")
    if whole:
        problems.append(f"only the first {MAX_SCTS} SCTs were looked at")
    return SctList(tuple(scts), tuple(problems))


def _read_sct(entry: bytes, source: SctSource) -> Sct:
    if not entry:
        raise _SctError("it is empty")
    if entry[0] != _V1:
        raise _SctError(f"it is of version {entry[0] + 1}, and only version 1 is known")
    if len(entry) < 41:
        raise _SctError("it is cut off")
    extensions, rest = _vector(entry[41:])
    if len(rest) < 2:
        raise _SctError("its signature is cut off")
    signature, behind = _vector(rest[2:])
    if behind:
        raise _SctError(f"{len(behind)} bytes stand behind its signature")
    when = _time(int.from_bytes(entry[33:41]))
    return Sct(_V1, entry[1:33].hex(), when, rest[0], rest[1], signature, source, extensions)


def _time(milliseconds: int) -> datetime:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise _SctError("its time is in no calendar") from None


def _vector(data: bytes) -> tuple[bytes, bytes]:
    """Return what stands behind a length of two bytes, and what follows it."""
    end = 2 + int.from_bytes(data[:2])
    if len(data) < 2 or end > len(data):
        raise _SctError("it is cut off")
    return data[2:end], data[end:]
