"""SCTs are read from all three places they come in, and what is broken is told."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given
from hypothesis import strategies as st

from certwizard.domain import der
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.scts import (
    MAX_SCTS,
    OCSP_SCTS,
    SctSource,
    certificate_scts,
    ocsp_scts,
    tls_scts,
)
from tests import factory, transparency
from tests.factory import NOW

WHEN = datetime(2026, 11, 1, 8, 30, 15, 123000, tzinfo=UTC)
ONE, TWO = transparency.Log("one"), transparency.Log("two")
A_SCT = transparency.sct(bytes(32), (5).to_bytes(8), b"signature")


def stapled(*extensions: bytes, serial: int | None = None) -> bytes:
    """An OCSP response whose single answer carries these SCT lists."""
    pki = factory.pki()
    subject = pki.leaf.certificate
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        bytes(20),
        bytes(20),
        serial or subject.serial_number,
        hashes.SHA1(),  # noqa: S303 - the id's hash of RFC 6960
        ocsp.OCSPCertStatus.GOOD,
        NOW,
        NOW + timedelta(days=1),
        None,
        None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, pki.intermediate.certificate)
    body = builder.sign(pki.intermediate.key, hashes.SHA256()).public_bytes(Encoding.DER)
    return with_single_extensions(body, extensions)


@cache
def one_staple() -> bytes:
    """The same staple again within a run."""
    return stapled(transparency.sct_list(A_SCT, A_SCT))


def with_single_extensions(body: bytes, lists: tuple[bytes, ...]) -> bytes:
    """Put extensions into the single answer, which the library's builder cannot."""
    status, wrapper = der.pair(der.read(body))
    kind, encoded = der.pair(wrapper.inside())
    tbs, *rest = encoded.inside().children()
    *head, answers = tbs.children()
    single = answers.inside()
    oid = x509.ObjectIdentifier(OCSP_SCTS)
    raw = [
        der.wrap(der.SEQUENCE, oid_der(oid), der.wrap(der.OCTET_STRING, der.wrap(der.OCTET_STRING, each)))
        for each in lists
    ]
    parts = [part.raw for part in single.children()]
    single_der = der.wrap(der.SEQUENCE, *parts, der.wrap(0xA1, der.wrap(der.SEQUENCE, *raw)))
    tbs_der = der.wrap(der.SEQUENCE, *(part.raw for part in head), der.wrap(der.SEQUENCE, single_der))
    basic = der.wrap(der.SEQUENCE, tbs_der, *(part.raw for part in rest))
    inner = der.wrap(der.SEQUENCE, kind.raw, der.wrap(der.OCTET_STRING, basic))
    return der.wrap(der.SEQUENCE, status.raw, der.wrap(0xA0, inner))


def oid_der(oid: x509.ObjectIdentifier) -> bytes:
    """Return an encoded OBJECT IDENTIFIER."""
    first, second, *others = map(int, oid.dotted_string.split("."))
    octets = bytearray([first * 40 + second])
    for arc in others:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.insert(0, arc & 0x7F | 0x80)
        octets += bytes(septets)
    return der.wrap(der.OID, bytes(octets))


def test_embedded_scts_are_read_with_log_time_algorithm_and_source() -> None:
    issued = transparency.logged_leaf(factory.pki().intermediate, [(ONE, WHEN), (TWO, WHEN)])

    found = certificate_scts(parse_certificate(issued.der))

    assert [each.log_id for each in found.scts] == [ONE.log_id.hex(), TWO.log_id.hex()]
    assert {each.timestamp for each in found.scts} == {WHEN}
    first = found.scts[0]
    assert (first.version, first.hash_algorithm, first.signature_algorithm) == (0, 4, 3)
    assert first.source is SctSource.CERTIFICATE
    assert found.problems == ()


def test_the_library_reads_the_same_scts() -> None:
    issued = transparency.logged_leaf(factory.pki().intermediate, [(ONE, WHEN), (TWO, WHEN)])
    kind = x509.PrecertificateSignedCertificateTimestamps
    theirs = list(issued.certificate.extensions.get_extension_for_class(kind).value)

    ours = certificate_scts(parse_certificate(issued.der)).scts

    assert [each.log_id for each in theirs] == [bytes.fromhex(each.log_id) for each in ours]
    assert [each.timestamp.replace(tzinfo=UTC) for each in theirs] == [each.timestamp for each in ours]
    assert [each.signature for each in theirs] == [each.signature for each in ours]


def test_the_time_survives_to_the_millisecond() -> None:
    stamp = 1_793_521_815_123
    (found,) = tls_scts(transparency.sct_list(transparency.sct(bytes(32), stamp.to_bytes(8), b""))).scts

    assert found.milliseconds == stamp


def test_scts_of_the_tls_extension_say_where_they_come_from() -> None:
    (found,) = tls_scts(transparency.sct_list(A_SCT)).scts

    assert (found.source, found.log_id, found.signature) == (SctSource.TLS, "00" * 32, b"signature")


def test_scts_in_a_staple_are_found_beside_the_answer() -> None:
    found = ocsp_scts(stapled(transparency.sct_list(A_SCT, A_SCT)))

    assert [each.source for each in found.scts] == [SctSource.OCSP] * 2
    assert found.problems == ()


def test_scts_of_an_answer_on_another_certificate_do_not_count() -> None:
    body = stapled(transparency.sct_list(A_SCT), serial=77)

    assert len(ocsp_scts(body, serial=77).scts) == 1
    assert ocsp_scts(body, serial=78).scts == ()


def test_nothing_carried_is_nothing_and_no_problem() -> None:
    plain = parse_certificate(factory.pki().leaf.der)
    try_later = der.wrap(der.SEQUENCE, bytes.fromhex("0a0103"))

    for found in (certificate_scts(plain), tls_scts(b""), ocsp_scts(stapled()), ocsp_scts(try_later)):
        assert (found.scts, found.problems) == ((), ())


@pytest.mark.parametrize(
    ("data", "words", "kept"),
    [
        (b"\0", "cut off", 0),
        (b"\0\x05ab", "cut off", 0),
        (transparency.sct_list(), "empty", 0),
        (transparency.sct_list(A_SCT) + b"x", "1 bytes stand behind the list", 1),
        (transparency.sct_list(A_SCT, A_SCT[:20], A_SCT), "SCT 2 cannot be read: it is cut off", 2),
        (transparency.sct_list(b"", A_SCT), "SCT 1 cannot be read: it is empty", 1),
        (transparency.sct_list(A_SCT + b"zz"), "2 bytes stand behind its signature", 0),
        (transparency.sct_list(b"\x01" + A_SCT[1:], A_SCT), "it is of version 2", 1),
        (transparency.sct_list(transparency.sct(bytes(32), b"\xff" * 8, b"")), "in no calendar", 0),
        (transparency.vector(transparency.vector(A_SCT) + b"\xff\xff"), "SCT 2 cannot be read", 1),
        (transparency.sct_list(*[A_SCT] * (MAX_SCTS + 1)), f"only the first {MAX_SCTS}", MAX_SCTS),
    ],
)
def test_a_broken_part_is_told_and_hides_no_other(data: bytes, words: str, kept: int) -> None:
    found = tls_scts(data)

    assert any(words in problem for problem in found.problems)
    assert len(found.scts) == kept


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes) -> None:
    for found in (tls_scts(data), ocsp_scts(data), tls_scts(transparency.sct_list(data))):
        assert all(problem.isprintable() for problem in found.problems)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_staple_is_answered(damage: list[tuple[int, int]]) -> None:
    body = bytearray(one_staple())
    for place, octet in damage:
        body[place % len(body)] = octet

    ocsp_scts(bytes(body), serial=5)
