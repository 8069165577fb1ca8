"""Whatever bytes come as a certificate, it can be taken apart without a crash and shown without harm."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.domain import der
from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.parsing import parse_certificate
from tests import factory as f
from tests.property.test_domain_hostile_bytes import HARMFUL

OIDS = ["551d1e", "551d1f", "551d20", "551d21", "551d23", "551d24", "551d25", "551d36", "2b06010505070101"]


def check(data: bytes) -> None:
    for part in take_apart(parse_certificate(data), f.NOW).walk():
        assert 0 <= part.start <= part.end <= len(data)
        for text in (part.label, part.value, part.note):
            assert not any(unicodedata.category(char) in HARMFUL for char in text)


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_apart(data: bytes) -> None:
    check(data)


@settings(max_examples=300)
@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_certificate_with_one_byte_changed_is_taken_apart(place: int, value: int) -> None:
    data = bytearray(f.pki().intermediate.der)
    data[place % len(data)] = value
    check(bytes(data))


@settings(max_examples=300)
@given(st.sampled_from(OIDS), st.binary(max_size=80))
def test_an_extension_with_any_content_is_taken_apart(oid: str, content: bytes) -> None:
    body = der.read(f.pki().leaf.der)
    tbs, *rest = body.children()
    kept = [part.raw for part in tbs.children() if part.tag != 0xA3]
    value = der.wrap(der.OCTET_STRING, der.wrap(der.SEQUENCE, content))
    extension = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex(oid)), value)
    changed = der.wrap(der.SEQUENCE, *kept, der.wrap(0xA3, der.wrap(der.SEQUENCE, extension)))
    check(der.wrap(der.SEQUENCE, changed, *(part.raw for part in rest)))
