"""The bounded DER reader."""

import pytest

from certwizard.domain import der


def test_a_value_tells_its_tag_place_and_content() -> None:
    tlv = der.read(b"\x30\x03\x02\x01\x05rest")

    assert (tlv.tag, tlv.start, tlv.content, tlv.end) == (0x30, 0, 2, 5)
    assert tlv.raw == b"\x30\x03\x02\x01\x05"
    assert [der.integer(child) for child in tlv.children()] == [5]


def test_what_wrap_writes_read_reads_at_every_length() -> None:
    for size in (0, 1, 127, 128, 255, 256, 70_000):
        assert der.read(der.wrap(der.OCTET_STRING, b"x" * size)).value == b"x" * size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x05\x02\x01\x05",
        b"\x30\x80\x00\x00",
        b"\x30\x85\x01\x01\x01\x01\x01",
        b"\x30\x82\x01",
        b"\x1f\x81\x01\x00",
    ],
    ids=["empty", "no length", "cut off", "indefinite", "length too long", "length cut off", "long tag"],
)
def test_unreadable_bytes_raise_a_der_error(data: bytes) -> None:
    with pytest.raises(der.DerError):
        der.read(data)


def test_a_child_cannot_reach_beyond_its_parent() -> None:
    outer = der.read(b"\x30\x03\x04\x05ab" + b"cdef")

    with pytest.raises(der.DerError, match="cut off"):
        list(outer.children())


def test_another_tag_than_expected_is_named() -> None:
    with pytest.raises(der.DerError, match="0x02"):
        der.read(b"\x02\x01\x05").expect(der.SEQUENCE)


@pytest.mark.parametrize(
    ("octets", "dotted"),
    [
        ("550403", "2.5.4.3"),
        ("2a864886f70d01010b", "1.2.840.113549.1.1.11"),
        ("883703", "2.999.3"),
        ("27", "0.39"),
    ],
)
def test_object_identifiers_are_read(octets: str, dotted: str) -> None:
    assert der.oid(der.read(der.wrap(der.OID, bytes.fromhex(octets)))) == dotted


@pytest.mark.parametrize("octets", [b"", b"\x55\x84", b"\x81" * 200 + b"\x01"])
def test_odd_object_identifiers_raise_a_der_error(octets: bytes) -> None:
    with pytest.raises(der.DerError):
        der.oid(der.read(der.wrap(der.OID, octets)))


def test_bits_come_first_bit_first_without_the_unused_ones() -> None:
    assert der.bits(der.read(b"\x03\x02\x05\xa0")) == (True, False, True)
    assert der.bits(der.read(b"\x03\x01\x00")) == ()
    with pytest.raises(der.DerError):
        der.bits(der.read(b"\x03\x01\x07"))


def test_integers_have_a_sign() -> None:
    assert der.integer(der.read(b"\x02\x01\xff")) == -1
    with pytest.raises(der.DerError):
        der.integer(der.read(b"\x02\x00"))
