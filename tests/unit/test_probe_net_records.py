"""The bytes of a server's flight are read without trusting a single length in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certwizard.probe.records import Flight, read_flight


def record(kind: int, body: bytes) -> bytes:
    return bytes([kind, 3, 3]) + len(body).to_bytes(2) + body


def message(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + len(content).to_bytes(3) + content


def hello(suite: int = 0xC02F, extensions: bytes = b"") -> bytes:
    return message(
        2,
        b"\x03\x03"
        + bytes(32)
        + b"\x00"
        + suite.to_bytes(2)
        + b"\x00"
        + len(extensions).to_bytes(2)
        + extensions,
    )


def certificate(*ders: bytes) -> bytes:
    entries = b"".join(len(der).to_bytes(3) + der for der in ders)
    return message(11, len(entries).to_bytes(3) + entries)


def test_a_plain_flight_shows_its_chain_as_sent_even_what_is_no_certificate() -> None:
    raw = record(22, hello()) + record(22, certificate(b"not a certificate", b"nor this"))
    chain = (b"not a certificate", b"nor this")
    assert read_flight(raw) == Flight(certificates=chain, hello=True, chain_bytes=34, chain_number=2)


def extension(kind: int, body: bytes) -> bytes:
    return kind.to_bytes(2) + len(body).to_bytes(2) + body


def test_scts_that_tls_12_sends_with_its_hello_are_read() -> None:
    raw = record(22, hello(extensions=extension(23, b"") + extension(18, b"\x00\x03abc")))
    assert read_flight(raw).scts == b"\x00\x03abc"


def test_a_hello_whose_extensions_are_cut_off_has_no_scts() -> None:
    content = hello(extensions=extension(18, b"\x00\x03abc"))
    assert read_flight(record(22, message(2, content[4:-3]))).scts == b"\x00\x03"


def test_messages_may_be_split_over_records() -> None:
    flight = hello() + certificate(b"leaf" * 100)
    raw = b"".join(record(22, flight[at : at + 7]) for at in range(0, len(flight), 7))
    assert read_flight(raw).certificates == (b"leaf" * 100,)


def test_a_request_for_a_client_certificate_is_noticed() -> None:
    raw = record(22, hello() + certificate(b"leaf") + message(13, b"\x01\x01\x00\x02\x04\x03\x00\x00"))
    assert read_flight(raw).certificate_requested


@pytest.mark.parametrize(("level", "alert"), [(2, 40), (1, None)])
def test_only_a_fatal_alert_counts(level: int, alert: int | None) -> None:
    assert read_flight(record(21, bytes([level, 40]))).alert == alert


def test_what_follows_the_switch_to_encryption_is_not_read() -> None:
    raw = record(22, hello()) + record(20, b"\x01") + record(21, b"\x02\x28")
    assert read_flight(raw).alert is None


def test_a_record_sealed_with_another_key_ends_the_reading() -> None:
    tls13 = hello(0x1301, b"\x00\x2b\x00\x02\x03\x04")
    raw = record(22, tls13) + record(20, b"\x01") + record(23, bytes(64))
    assert read_flight(raw, bytes(32)) == Flight(hello=True)


def test_many_certificates_are_bounded() -> None:
    assert len(read_flight(record(22, hello()) + record(22, certificate(*[b"x"] * 3000))).certificates) == 100


@given(st.binary(max_size=4000))
def test_no_bytes_break_it(raw: bytes) -> None:
    assert isinstance(read_flight(raw, bytes(32)), Flight)


@given(
    st.lists(st.tuples(st.sampled_from([20, 21, 22, 23]), st.binary(max_size=200)), max_size=8),
    st.binary(max_size=60),
)
def test_no_records_break_it(rows: list[tuple[int, bytes]], tail: bytes) -> None:
    raw = record(22, hello(0x1301, tail)) + b"".join(record(kind, body) for kind, body in rows)
    assert isinstance(read_flight(raw, bytes(32)), Flight)
