"""Whatever bytes come as a certificate, it can be taken apart without a crash and shown without harm."""

import unicodedata

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.domain import der
from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.parsing import parse_certificate
from tests import factory as f
from tests.property.test_domain_hostile_bytes import HARMFUL

RICH = f.intermediate(
    f.pki().root,
    path_length=0,
    having=(
        x509.NameConstraints([x509.DNSName("example.com")], None),
        x509.PolicyConstraints(1, 0),
        x509.CertificatePolicies(
            [x509.PolicyInformation(x509.ObjectIdentifier("1.2.3.4"), ["https://cps.test"])]
        ),
    ),
)
OIDS = ["551d1e", "551d1f", "551d20", "551d21", "551d23", "551d24", "551d25", "551d36", "2b06010505070101"]


def check(data: bytes) -> None:
    for part in take_apart(parse_certificate(data), f.NOW).walk():
        assert 0 <= part.start <= part.end <= len(data)
        for text in (part.label, part.value, part.note):
            assert not any(unicodedata.category(char) in HARMFUL for char in text)


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_apart(data: bytes) -> None:
    check(data)


@pytest.mark.parametrize("value", [0x00, 0x05, 0x30, 0x7F, 0x80, 0xFF])
def test_a_certificate_with_any_one_byte_set_is_taken_apart(value: int) -> None:
    """Every place in turn, so that nothing hangs on what is drawn; the certificate has what CAs have."""
    for place in range(len(RICH.der)):
        check(RICH.der[:place] + bytes([value]) + RICH.der[place + 1 :])


def test_an_extension_that_cannot_be_read_hides_no_other() -> None:
    empty = der.wrap(der.SEQUENCE)
    extensions = der.wrap(0xA3, der.wrap(der.SEQUENCE, empty, *_extensions(f.pki().leaf.der)))
    labels = [part.label for part in take_apart(parse_certificate(_with(extensions)), f.NOW).children]
    assert "Unreadable extension" in labels
    assert "Names (Subject Alternative Name)" in labels


@settings(max_examples=300)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_certificate_with_one_byte_changed_is_taken_apart(place: int, value: int) -> None:
    data = bytearray(f.pki().intermediate.der)
    data[place % len(data)] = value
    check(bytes(data))


@settings(max_examples=300)
@given(st.sampled_from(OIDS), st.binary(max_size=80))
def test_an_extension_with_any_content_is_taken_apart(oid: str, content: bytes) -> None:
    value = der.wrap(der.OCTET_STRING, der.wrap(der.SEQUENCE, content))
    extension = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex(oid)), value)
    check(_with(der.wrap(0xA3, der.wrap(der.SEQUENCE, extension))))


def _with(extensions: bytes) -> bytes:
    """Return the good certificate with other extensions."""
    tbs, *rest = der.read(f.pki().leaf.der).children()
    kept = [part.raw for part in tbs.children() if part.tag != 0xA3]
    return der.wrap(der.SEQUENCE, der.wrap(der.SEQUENCE, *kept, extensions), *(part.raw for part in rest))


def _extensions(data: bytes) -> list[bytes]:
    tbs = der.first(der.read(data))
    wrapper = next(part for part in tbs.children() if part.tag == 0xA3)
    return [part.raw for part in wrapper.inside().children()]
