"""Certificates of every odd kind taken apart: readable, in order, and never broken."""

from __future__ import annotations

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
from tests.odd_certificates import ODD, PLAIN, identifier, sequence, spki, times, with_one
from tests.surgery import rebuilt

P = f.pki()


def parts(data: bytes) -> dict[str, Part]:
    """Return every part by its label; of several alike the first."""
    found: dict[str, Part] = {}
    for part in take_apart(parse_certificate(data), f.NOW).walk():
        found.setdefault(part.label, part)
    return found


def test_qualified_statements_are_said_in_words() -> None:
    value = sequence(
        sequence(identifier("0.4.0.1862.1.1")),
        sequence(identifier("0.4.0.1862.1.3"), der.wrap(der.INTEGER, b"\x0a")),
        sequence(identifier("0.4.0.1862.1.6"), sequence(identifier("0.4.0.1862.1.6.3"))),
        sequence(identifier("1.2.3.4"), sequence(sequence())),
    )
    found = parts(with_one("1.3.6.1.5.5.7.1.3", value))
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
    found = parts(with_one("2.5.29.31", sequence(sequence(name, reasons))))
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
    found = parts(spki("1.2.840.10045.2.1", sequence(der.wrap(der.INTEGER, b"\x01"))))
    assert found["Public key"].value.endswith("its curve written out instead of named")


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
    assert read_structure(times(b"19700101000000Z", b"19700101000000Z")).validity is not None
