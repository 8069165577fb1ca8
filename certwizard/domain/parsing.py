"""Turns DER bytes into a Certificate, whatever the bytes are.

The values are read by this package's own lenient reader, so that what is wrong can still be shown; where the
encoding breaks the rules is what a strict library says of the same bytes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from certwizard.domain import der
from certwizard.domain.algorithms import UNKNOWN_SIGNATURE, read_algorithm
from certwizard.domain.certificate import Certificate, DistinguishedName, ParseProblem
from certwizard.domain.extensions import Extensions, read_extensions
from certwizard.domain.keys import read_key, unknown_key
from certwizard.domain.names import read_name
from certwizard.domain.strictness import strict_problems
from certwizard.domain.structure import Structure, read_structure, read_time
from certwizard.domain.vocabulary import FieldId

_Value = TypeVar("_Value")
_NO_NAME = DistinguishedName(b"")


@lru_cache(maxsize=1024)
def parse_certificate(data: bytes) -> Certificate:
    """Return the facts of one DER certificate; never raises.

    A field that cannot be read is None or empty, and `problems` says why.
    """
    structure = read_structure(data)
    reader = _Reader()
    extensions = read_extensions(structure.extensions) if structure.extensions else Extensions()
    key = reader.take(FieldId.PUBLIC_KEY, structure.spki, read_key) or unknown_key(
        structure.spki.raw if structure.spki else b""
    )
    not_before, not_after = _validity(reader, structure)
    subject = reader.take(FieldId.SUBJECT, structure.subject, read_name)
    issuer = reader.take(FieldId.ISSUER, structure.issuer, read_name)
    signature = reader.take(FieldId.SIGNATURE, structure.algorithm, read_algorithm)
    serial = reader.take(FieldId.SERIAL, structure.serial, _serial)
    version = reader.take(FieldId.VERSION, structure.version, _version)
    _compare_algorithms(reader, structure)
    strict = strict_problems(data, extensions, key)
    return Certificate(
        der=data,
        sha256=sha256(data).hexdigest(),
        subject=subject or _NO_NAME,
        issuer=issuer or _NO_NAME,
        serial=serial,
        not_before=not_before,
        not_after=not_after,
        key=key,
        signature=signature or UNKNOWN_SIGNATURE,
        version=version if structure.version else 1,
        san=extensions.san,
        basic_constraints=extensions.basic_constraints,
        key_usage=extensions.key_usage,
        extended_key_usage=extensions.extended_key_usage,
        subject_key_id=extensions.subject_key_id,
        authority_key_id=extensions.authority_key_id,
        ocsp_urls=extensions.ocsp_urls,
        ca_issuer_urls=extensions.ca_issuer_urls,
        crl_urls=extensions.crl_urls,
        tls_features=extensions.tls_features,
        extensions=tuple(extensions.facts),
        problems=_gathered(structure, reader.problems + extensions.problems, strict),
    )


class _Reader:
    """Reads fields one by one and gathers what could not be read."""

    def __init__(self) -> None:
        self.problems: list[ParseProblem] = []

    def take(self, field: FieldId, tlv: der.Tlv | None, read: Callable[[der.Tlv], _Value]) -> _Value | None:
        """Return the value of a field, or None where it is missing or unreadable."""
        if tlv is None:
            return None
        try:
            return read(tlv)
        except der.DerError as error:
            self.problems.append(ParseProblem(field.value, str(error)))
            return None


def _validity(reader: _Reader, structure: Structure) -> tuple[datetime | None, datetime | None]:
    times = reader.take(FieldId.NOT_BEFORE, structure.validity, lambda tlv: (*tlv.children(),))
    first, second, *_ = (*(times or ()), None, None)
    return (
        reader.take(FieldId.NOT_BEFORE, first, read_time),
        reader.take(FieldId.NOT_AFTER, second, read_time),
    )


def _serial(tlv: der.Tlv) -> int:
    return der.integer(tlv.expect(der.INTEGER))


def _version(tlv: der.Tlv) -> int:
    return der.integer(tlv.inside().expect(der.INTEGER)) + 1


def _compare_algorithms(reader: _Reader, structure: Structure) -> None:
    """Both places that name the signature algorithm must say the same (RFC 5280 section 4.1.1.2)."""
    inner, outer = structure.inner_algorithm, structure.algorithm
    if inner is not None and outer is not None and inner.raw != outer.raw:
        words = "the signature algorithm inside the certificate differs from the one beside the signature"
        reader.problems.append(ParseProblem(FieldId.SIGNATURE.value, words))


def _gathered(
    structure: Structure, own: list[ParseProblem], strict: list[ParseProblem]
) -> tuple[ParseProblem, ...]:
    """Put the problems together, the strict library's only where the own reader has none for that field."""
    found = [ParseProblem("certificate", structure.fault)] if structure.fault else []
    found += own
    fields = {problem.field for problem in found}
    found += [problem for problem in strict if problem.field not in fields]
    return tuple(found)
