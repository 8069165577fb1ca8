"""Whatever bytes come as a certificate, there is an answer and never a crash."""

import unicodedata
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.signatures import SignatureStatus, verify_signature, verify_signed
from tests import factory, surgery

HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FIELDS = st.sampled_from(
    [
        "version",
        "serial",
        "inner_algorithm",
        "issuer",
        "validity",
        "subject",
        "spki",
        "extensions",
        "algorithm",
    ]
)


def texts(certificate: Certificate) -> Iterator[str]:
    yield from (
        certificate.subject.text,
        certificate.issuer.text,
        certificate.key.text,
        certificate.signature.name,
    )
    yield from certificate.san.all if certificate.san else ()
    yield from certificate.ocsp_urls + certificate.ca_issuer_urls + certificate.crl_urls
    yield from (problem.words for problem in certificate.problems)
    yield from (extension.name for extension in certificate.extensions)


def check(data: bytes) -> Certificate:
    certificate = parse_certificate.__wrapped__(data)

    assert certificate.der == data
    for text in texts(certificate):
        assert not any(unicodedata.category(char) in HARMFUL for char in text)
    assert verify_signed.__wrapped__(data, certificate.key.spki_der) in SignatureStatus
    return certificate


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert check(data).problems


@settings(max_examples=300)
@given(st.data())
def test_a_certificate_with_changed_bytes_is_answered(data: st.DataObject) -> None:
    changed = bytearray(factory.pki().leaf.der)
    for _ in range(data.draw(st.integers(min_value=1, max_value=6))):
        changed[data.draw(st.integers(min_value=0, max_value=len(changed) - 1))] = data.draw(
            st.integers(0, 255)
        )
    check(bytes(changed))


@given(st.integers(min_value=0))
def test_a_certificate_cut_off_anywhere_is_answered(length: int) -> None:
    whole = factory.pki().leaf.der

    assert check(whole[: length % len(whole)]).problems


@settings(max_examples=200)
@given(FIELDS, st.sampled_from([0x02, 0x03, 0x04, 0x06, 0x30, 0x31, 0xA0, 0xA3]), st.binary(max_size=60))
def test_any_value_in_place_of_a_field_is_answered(field: str, tag: int, content: bytes) -> None:
    check(surgery.rebuilt(factory.pki().leaf.der, **{field: der.wrap(tag, content)}))


@settings(max_examples=200)
@given(
    st.sampled_from(
        ["551d0e", "551d0f", "551d11", "551d13", "551d1e", "551d1f", "551d20", "551d23", "551d25",
         "2b06010505070101", "2b06010505070118", "2b06010401d679020402"]
    ),
    st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda inner: der.wrap(der.SEQUENCE, inner))),
    st.booleans(),
)  # fmt: skip
def test_any_value_of_an_extension_is_answered(oid: str, value: bytes, critical: bool) -> None:
    data = factory.pki().leaf.der
    bad = surgery.extension(bytes.fromhex(oid), value, critical)
    certificate = check(surgery.with_extensions(data, *surgery.extensions_of(data)[:1], bad))

    assert len(certificate.extensions) == 2


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from([0x0C, 0x13, 0x14, 0x16, 0x1C, 0x1E, 0x04, 0x30]), st.binary(max_size=40)),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_in_a_name_is_shown_harmlessly(values: list[tuple[int, bytes]]) -> None:
    name = surgery.subject(*((b"\x55\x04\x03", tag, octets) for tag, octets in values))
    certificate = check(surgery.rebuilt(factory.pki().leaf.der, subject=name))

    assert len(certificate.subject.attributes) == len(values)
    assert (
        verify_signature(certificate, parse_certificate(factory.pki().intermediate.der))
        is not SignatureStatus.VALID
    )


@given(st.lists(st.tuples(st.integers(0x80, 0xBE), st.binary(max_size=40)), max_size=5))
def test_any_general_name_is_shown_harmlessly(names: list[tuple[int, bytes]]) -> None:
    san = surgery.san(*(der.wrap(tag, octets) for tag, octets in names if tag & 0x1F != 0x1F))

    certificate = check(surgery.with_extensions(factory.pki().leaf.der, san))

    assert certificate.san is not None
