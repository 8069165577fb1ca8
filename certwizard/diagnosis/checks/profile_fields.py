"""Rules on version, serial number, names of CAs, dates and RSA keys (RFC 5280 4.1, BR 6.1)."""

from __future__ import annotations

from certwizard.diagnosis.checks.profile_place import Place, Rule
from certwizard.domain import der
from certwizard.domain.certificate import DistinguishedName
from certwizard.domain.structure import read_structure, read_time

LONGEST_SERIAL = 20
LAST_UTC_YEAR = 2049
USUAL_EXPONENT = 65537


def _serial_zero(place: Place) -> str:
    # Long-lived public roots have it, and nobody asks a root for its number.
    return "0" if place.certificate.serial == 0 and not place.end else ""


def _serial_too_long(place: Place) -> str:
    serial = place.certificate.serial
    # A positive number whose first bit is set takes one byte more, which RFC 5280 counts.
    octets = serial.bit_length() // 8 + 1 if serial is not None and serial > 0 else 0
    return f"{octets} bytes" if octets > LONGEST_SERIAL and not place.end else ""


def _old_version(place: Place) -> str:
    version = place.certificate.version
    return (
        f"version {version}" if place.leaf and version in (1, 2) and not place.certificate.extensions else ""
    )


def _extensions_in_old_version(place: Place) -> str:
    version = place.certificate.version
    return f"version {version} with extensions" if version in (1, 2) and place.certificate.extensions else ""


def _old_version_root(place: Place) -> str:
    version = place.certificate.version
    bare = version in (1, 2) and not place.certificate.extensions
    return f"version {version}" if bare and place.end and not place.leaf else ""


def _is_empty(name: DistinguishedName) -> bool:
    """Return whether a name was read and has nothing in it."""
    return bool(name.der) and not name.attributes


def _empty_issuer(place: Place) -> str:
    return "empty" if _is_empty(place.certificate.issuer) else ""


def _empty_ca_subject(place: Place) -> str:
    certificate = place.certificate
    return "empty" if certificate.is_ca and _is_empty(certificate.subject) else ""


def _empty_subject_names_not_critical(place: Place) -> str:
    certificate = place.certificate
    names = certificate.san
    bare = place.server and _is_empty(certificate.subject)
    return "not critical" if bare and names is not None and not names.critical else ""


def _critical_names(place: Place) -> str:
    certificate = place.certificate
    named = place.server and bool(certificate.subject.attributes)
    return "critical" if named and certificate.san is not None and certificate.san.critical else ""


def _time_form(place: Place) -> str:
    validity = read_structure(place.certificate.der).validity
    try:
        times = tuple(validity.children()) if validity is not None else ()
        wrong = [time for time in times if _is_wrong(time)]
    except der.DerError:
        return ""  # The checks of the encoding say so.
    return ", ".join("GeneralizedTime " + time.value.decode("ascii", "replace") for time in wrong)


def _is_wrong(time: der.Tlv) -> bool:
    # UTCTime ends with 2049, so only the longer form can stand in the wrong place.
    return time.tag == der.GENERALIZED_TIME and read_time(time).year <= LAST_UTC_YEAR


def _rsa_size(place: Place) -> str:
    key = place.certificate.key
    return key.text if key.kind == "RSA" and key.bits is not None and key.bits % 8 else ""


def _rsa_exponent(place: Place) -> str:
    exponent = place.certificate.key.exponent
    # Even ones and 1 make the key weak, which is a cause of its own.
    small = exponent is not None and 3 <= exponent < USUAL_EXPONENT and exponent % 2 == 1
    return f"public exponent {exponent}" if small and place.certificate.key.kind == "RSA" else ""


RULES: dict[str, Rule] = {
    "serial-zero": _serial_zero,
    "serial-too-long": _serial_too_long,
    "old-version": _old_version,
    "extensions-in-old-version": _extensions_in_old_version,
    "old-version-root": _old_version_root,
    "empty-issuer": _empty_issuer,
    "empty-ca-subject": _empty_ca_subject,
    "empty-subject-names-not-critical": _empty_subject_names_not_critical,
    "critical-names": _critical_names,
    "time-form": _time_form,
    "rsa-size": _rsa_size,
    "rsa-exponent": _rsa_exponent,
}
"""The rules of this file by their ids."""
