"""The table of CAs that lost trust: complete, dated, and in agreement with what vendors ship."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from certwizard.knowledge.clients import find_profile
from certwizard.knowledge.distrust import (
    DistrustedCa,
    RuleKind,
    distrusted_cas,
    distrusted_key,
    distrusted_name,
    is_distrusted_by,
)
from certwizard.probe.store_loading import microsoft_store, mozilla_store
from tests import factory

ROWS = tuple(pytest.param(row, id=row.id) for row in distrusted_cas())
ASKED_FOR = {
    "entrust", "affirmtrust", "symantec", "wosign", "startcom", "cnnic", "diginotar", "camerfirma", "trustcor",
    "e-tugra", "globaltrust", "chunghwa", "netlock", "certinomis", "procert",
}  # fmt: skip


def shipped() -> list[tuple[Certificate, datetime | None]]:
    store = microsoft_store()
    assert store is not None
    limits = dict(store.issued_until)
    return [(parse_certificate(root.der), limits.get(root.der)) for root in store.roots]


def test_the_cas_that_everybody_heard_of_are_there() -> None:
    assert {row.id for row in distrusted_cas()} >= ASKED_FOR


@pytest.mark.parametrize("row", ROWS)
def test_each_row_says_why_and_who_since_when(row: DistrustedCa) -> None:
    assert row.rules
    assert row.why
    assert not row.why.endswith(".")
    assert len({rule.programme.id for rule in row.rules}) == len(row.rules)
    for rule in row.rules:
        assert date(2010, 1, 1) < rule.day < date(2027, 1, 1)
        assert all(find_profile(client) for client in rule.programme.clients)


def test_the_day_counts_to_its_end() -> None:
    entrust = next(row for row in distrusted_cas() if row.id == "entrust")
    chrome = next(rule for rule in entrust.rules if rule.programme.id == "chrome")
    assert chrome.kind is RuleKind.SCT_AFTER
    assert chrome.last_moment == datetime(2024, 11, 11, 23, 59, 59, tzinfo=UTC)


def test_entrusts_roots_are_known_by_their_key_and_by_their_name() -> None:
    root = next(
        cert
        for cert, _ in shipped()
        if cert.subject.short.endswith("Authority - G2") and "Entrust" in cert.subject.text
    )
    found = distrusted_key(root)
    assert found is not None
    assert found.id == "entrust"
    assert distrusted_name(root.subject) is found
    assert is_distrusted_by(root, "chrome")
    assert not is_distrusted_by(root, "nobody")


def test_microsofts_dates_are_those_of_its_own_list() -> None:
    """What the package of today says of a root must be what the table says."""
    compared = 0
    for certificate, until in shipped():
        row = distrusted_key(certificate)
        rule = next((each for each in row.rules if each.programme.id == "microsoft"), None) if row else None
        if rule is not None and until is not None:
            assert until.date() == rule.day, certificate.subject.short
            compared += 1
    assert compared > 5


def test_what_mozilla_ships_without_limits_is_not_called_distrusted_by_it() -> None:
    for root in mozilla_store().roots:
        certificate = parse_certificate(root.der)
        assert not is_distrusted_by(certificate, "mozilla"), certificate.subject.short


def test_a_ca_of_good_standing_is_in_no_row() -> None:
    stranger = parse_certificate(factory.root().der)
    assert distrusted_key(stranger) is None
    assert distrusted_name(stranger.subject) is None
