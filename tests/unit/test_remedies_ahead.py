"""The look ahead: dated, for this very certificate, and never from a table that has grown old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.knowledge.coming import checked, coming
from certwizard.remedies.ahead import Ahead, ahead_of
from tests import factory as f

FRESH = timedelta(days=180)
P = f.pki()


def ahead(leaf: f.Issued, *above: f.Issued, public: bool = True, at: datetime = f.NOW) -> dict[str, Ahead]:
    stores = ("mozilla", "system") if public else ("ca-file",)
    chain = [leaf, *(above or (P.intermediate,))]
    seen = f.observation(chain, anchors=[P.root], anchor_stores=stores, at=at)
    return {row.id: row for row in ahead_of(diagnose(seen))}


def lets_encrypt(common: str = "R11", **changes: object) -> tuple[f.Issued, f.Issued]:
    issuer = f.intermediate(P.root, common, organisation="Let's Encrypt")
    return f.leaf(issuer, **changes), issuer  # type: ignore[arg-type] # as the factory's


def test_the_table_was_held_against_its_sources_not_long_ago() -> None:
    """This one fails by itself when nobody has looked for half a year: then look, and set the day anew."""
    assert datetime.now(UTC).date() - checked() < FRESH


def test_every_row_has_a_source_an_order_of_days_and_known_conditions() -> None:
    for row in coming():
        assert row.source
        assert row.since < row.until
        for word in row.when:
            assert word.startswith("lives-") or word in {
                "public", "private-root", "lets-encrypt", "client-usage", "must-staple", "old-generation",
            }  # fmt: skip


def test_a_yearly_certificate_is_told_how_often_it_will_be_renewed() -> None:
    rows = ahead(f.leaf(P.intermediate, days=(-20, 178)))
    assert "renewed twice a year today will be renewed 4 times" in rows["limit-100"].text
    assert "renewed 8 times a year" in rows["limit-47"].text
    assert [rows[name].since.isoformat() for name in ("limit-100", "limit-47")] == [
        "2027-03-15",
        "2029-03-15",
    ]


def test_a_certificate_that_is_short_already_hears_of_the_proofs_alone() -> None:
    rows = ahead(f.leaf(P.intermediate, days=(-2, 40)))
    assert set(rows) == {"validation-100", "validation-10"}


def test_below_a_private_root_no_public_limit_is_announced() -> None:
    assert ahead(f.leaf(P.intermediate, days=(-20, 178)), public=False) == {}


def test_lets_encrypt_is_told_of_its_own_dates() -> None:
    rows = ahead(*lets_encrypt())
    assert {"lets-encrypt-64", "lets-encrypt-45", "lets-encrypt-generation-y"} <= set(rows)
    assert "lets-encrypt-generation-y" not in ahead(*lets_encrypt("YR1"))


def test_what_has_passed_is_no_longer_announced() -> None:
    rows = ahead(f.leaf(P.intermediate, days=(860, 900)), at=f.NOW + 880 * f.DAY)
    assert "limit-100" not in rows


def test_client_usage_and_must_staple_are_told_where_they_are_used() -> None:
    both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    staple = x509.TLSFeature([x509.TLSFeatureType.status_request])
    rows = ahead(*lets_encrypt(having=(both, staple)))
    assert {"client-usage", "lets-encrypt-must-staple"} <= set(rows)


def test_a_ca_above_that_ends_soon_is_announced_and_cleanly() -> None:
    odd = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ends {soon}\x1b")])
    issuer = f.intermediate(P.root, subject=odd, days=(-500, 200))
    (row,) = (row for name, row in ahead(f.leaf(issuer), issuer).items() if name.startswith("ends-"))
    assert "Ends {soon}\\x1b" in row.text
    assert row.since == (f.NOW + 200 * f.DAY).date()


def test_without_a_certificate_nothing_is_announced() -> None:
    assert ahead_of(diagnose(f.observation([]))) == ()
