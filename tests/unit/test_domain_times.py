"""The two dates of a certificate, in every form in which they are met."""

from datetime import UTC, datetime

import pytest

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from tests import factory, surgery


def fields_of(certificate: Certificate) -> set[str]:
    return {problem.field for problem in certificate.problems}


@pytest.mark.parametrize(
    ("first", "year"), [(b"\x17\x0d490101000000Z", 2049), (b"\x17\x0d500101000000Z", 1950),
                        (b"\x18\x0f99991231235959Z", 9999), (b"\x17\x0b4901010000Z", 2049),
                        (b"\x18\x1320490101000000+0100", 2048), (b"\x18\x1120490101000000.5Z", 2049)],
)  # fmt: skip
def test_times_are_read_in_every_form(first: bytes, year: int) -> None:
    validity = der.wrap(der.SEQUENCE, first, first)
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, validity=validity))

    assert certificate.not_before is not None
    assert certificate.not_before.year == year
    assert certificate.not_before.tzinfo is UTC


@pytest.mark.parametrize(
    "bad", [b"\x17\x0d491301000000Z", b"\x17\x00", b"\x02\x01\x01", b"\x18\x0f00000101000000Z"]
)
def test_a_time_that_is_none_is_a_problem_of_its_field(bad: bytes) -> None:
    validity = der.wrap(der.SEQUENCE, b"\x17\x0d260101000000Z", bad)
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, validity=validity))

    assert certificate.not_before == datetime(2026, 1, 1, tzinfo=UTC)
    assert certificate.not_after is None
    assert certificate.lifetime is None
    assert "not-after" in fields_of(certificate)
