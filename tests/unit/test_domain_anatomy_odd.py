"""Certificates of every odd kind taken apart: readable, in order, and never broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from certwizard.domain import der
from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.anatomy.part import Part
from certwizard.domain.anatomy.text import as_text
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.structure import read_structure
from tests import factory as f
from tests.surgery import dns, extension, extensions_of, rebuilt, san, subject, with_extensions

P = f.pki()
PLAIN = f.leaf(P.intermediate).der


def parts(data: bytes) -> dict[str, Part]:
    """Return every part by its label; of several alike the first."""
    found: dict[str, Part] = {}
    for part in take_apart(parse_certificate(data), f.NOW).walk():
        found.setdefault(part.label, part)
    return found


def _enc(text: str) -> bytes:
    first, second, *rest = (int(each) for each in text.split("."))
    out = bytearray([first * 40 + second])
    for number in rest:
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return bytes(out)


def _with(oid: str, value: bytes, critical: bool = False) -> bytes:
    return with_extensions(PLAIN, *extensions_of(PLAIN), extension(_enc(oid), value, critical))


def _sequence(*values: bytes) -> bytes:
    return der.wrap(der.SEQUENCE, *values)


def _identifier(text: str) -> bytes:
    return der.wrap(der.OID, _enc(text))


def _times(begins: bytes, ends: bytes) -> bytes:
    return rebuilt(PLAIN, validity=_sequence(*(der.wrap(der.GENERALIZED_TIME, t) for t in (begins, ends))))


def _spki(algorithm: str, parameters: bytes = b"") -> bytes:
    key = der.wrap(der.BIT_STRING, b"\0" + bytes(range(64)))
    return rebuilt(PLAIN, spki=_sequence(_sequence(_identifier(algorithm), parameters), key))


def test_qualified_statements_are_said_in_words() -> None:
    value = _sequence(
        _sequence(_identifier("0.4.0.1862.1.1")),
        _sequence(_identifier("0.4.0.1862.1.3"), der.wrap(der.INTEGER, b"\x0a")),
        _sequence(_identifier("0.4.0.1862.1.6"), _sequence(_identifier("0.4.0.1862.1.6.3"))),
        _sequence(_identifier("1.2.3.4"), _sequence(_sequence())),
    )
    found = parts(_with("1.3.6.1.5.5.7.1.3", value))
    whole = found["Qualified certificate (QC Statements)"]
    assert whole.value == "QcCompliance, QcRetentionPeriod, QcType, 1.2.3.4"
    assert found["QcCompliance"].value == "a qualified certificate under EU law"
    assert found["QcRetentionPeriod"].value == "years that the CA keeps its records: 10"
    assert found["QcType"].value == "what kind of qualified certificate: web site"
    assert found["1.2.3.4"].children


def test_what_stands_in_one_part_of_a_name_is_said_to_stand_together() -> None:
    both = x509.RelativeDistinguishedName(
        [x509.NameAttribute(NameOID.COMMON_NAME, "a"), x509.NameAttribute(NameOID.USER_ID, "b")]
    )
    issued = f.issue(f._spec(x509.Name([both]), f.ec_key("multi"), (-1, 1), {}), P.intermediate)
    found = parts(issued.der)
    assert "in one part of the name with UID" in found["Common name (CN)"].note


def test_the_parameters_of_a_pss_signature_are_shown() -> None:
    pss = (
        "30 41 06 09 2a 86 48 86 f7 0d 01 01 0a 30 34 a0 0f 30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00 "
        "a1 1c 30 1a 06 09 2a 86 48 86 f7 0d 01 01 08 30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00 a2 03 02 01 20"
    )
    found = parts(rebuilt(PLAIN, algorithm=bytes.fromhex(pss), inner_algorithm=bytes.fromhex(pss)))
    assert found["Salt"].value == "32 bytes"
    assert found["Mask"].value == "MGF1 with SHA-256"


def test_the_reasons_of_a_revocation_list_are_named() -> None:
    reasons = der.wrap(0x81, bytes.fromhex("0560"))
    name = der.wrap(0xA0, der.wrap(0xA0, der.wrap(0x86, b"http://c.test/")))
    found = parts(_with("2.5.29.31", _sequence(_sequence(name, reasons))))
    assert found["Reasons it covers"].value == "keyCompromise, cACompromise"


@pytest.mark.parametrize(
    ("serial", "note"),
    [
        (b"\xfb", "negative, where a positive number is expected"),
        (b"\x00", "zero, where a positive number is expected"),
        (b"\x7f" * 40, "40 bytes long, at most 20 are expected"),
        (b"\x01", ""),
    ],
)
def test_an_odd_serial_number_is_said_to_be_odd(serial: bytes, note: str) -> None:
    assert parts(rebuilt(PLAIN, serial=der.wrap(der.INTEGER, serial)))["Serial number"].note == note


def test_a_curve_that_is_written_out_is_said_to_be() -> None:
    found = parts(_spki("1.2.840.10045.2.1", _sequence(der.wrap(der.INTEGER, b"\x01"))))
    assert found["Public key"].value.endswith("its curve written out instead of named")


ODD: dict[str, Callable[[], bytes]] = {
    "ten thousand names": lambda: with_extensions(PLAIN, san(*(dns(b"n%d.test" % n) for n in range(10_000)))),
    "no names": lambda: with_extensions(PLAIN, san()),
    "bytes that are no text": lambda: rebuilt(PLAIN, subject=subject((b"\x55\x04\x03", 0x0C, b"\xff\xfe\x1b[31m"))),
    "odd string type": lambda: rebuilt(PLAIN, subject=subject((b"\x55\x04\x03", 0x1E, b"\xd8\x00a"))),
    "empty subject": lambda: rebuilt(PLAIN, subject=_sequence()),
    "year 1": lambda: _times(b"00010101000000Z", b"99991231235959Z"),
    "year 1970": lambda: _times(b"19700101000000Z", b"19700101000000Z"),
    "no date": lambda: _times(b"20261399000000Z", b"x"),
    "unknown critical": lambda: _with("1.2.3.4.5.6.7", b"\x30\x80\x00\x00", critical=True),
    "poison": lambda: _with("1.3.6.1.4.1.11129.2.4.3", b"\x05\x00", critical=True),
    "broken statements": lambda: _with("1.3.6.1.5.5.7.1.3", b"\x30\x03\x02\x01\x05"),
    "broken policies": lambda: _with("2.5.29.32", b"\x30\x02\x30\x00"),
    "gost": lambda: _spki("1.2.643.7.1.1.1.1", _sequence(_identifier("1.2.643.2.2.35.1"))),
    "unknown key": lambda: _spki("1.2.3.4.5"),
    "ml-dsa": lambda: _spki("2.16.840.1.101.3.4.3.18"),
    "brainpool": lambda: _spki("1.2.840.10045.2.1", _identifier("1.3.36.3.3.2.8.1.1.7")),
    "long identifier": lambda: _with("1.2." + ".".join(["4294967295"] * 30), b"\x05\x00"),
    "cut": lambda: PLAIN[:100],
}  # fmt: skip


@pytest.mark.parametrize("case", ODD, ids=str)
def test_an_odd_certificate_is_taken_apart_into_clean_lines(case: str) -> None:
    root = take_apart(replace(parse_certificate(ODD[case]())), f.NOW)
    assert root.children
    text = as_text(root)
    assert all(char.isprintable() or char == "\n" for char in text)
    for part in root.walk():
        assert 0 <= part.start <= part.end
        assert part.copied


def test_the_structure_of_what_was_rebuilt_is_what_was_meant() -> None:
    assert read_structure(_times(b"19700101000000Z", b"19700101000000Z")).validity is not None
