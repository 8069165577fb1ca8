"""Dated rules: lifetimes by the day of issue and by who issued, usages, and thresholds of keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.certificate import DistinguishedName
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, FieldId, Severity, Status
from certwizard.knowledge.rules import default_certificate, known_intermediate, validity_limit
from tests import factory as f

ROOT = f.root("Old Root", days=(-6000, 6000))
SECOND = timedelta(seconds=1)


def lifetime(
    issued: datetime, length: timedelta, *, stores: tuple[str, ...] = ("mozilla",)
) -> Severity | None:
    """Return how too long a validity is for a leaf issued on a day, judged on the day after."""
    leaf = f.leaf(ROOT, not_before=issued, not_after=issued + length)
    diagnosis = diagnose(f.observation([leaf], anchors=[ROOT], anchor_stores=stores, at=issued + f.DAY))
    return next((cause.severity for cause in diagnosis.causes if cause.id is C.VALIDITY_TOO_LONG), None)


def day(year: int, month: int, day_of_month: int) -> datetime:
    """Return the first second of a day."""
    return datetime(year, month, day_of_month, tzinfo=UTC)


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("issued", "length", "expected"),
    [
        (day(2018, 2, 28), 1000 * f.DAY, None),
        (day(2018, 3, 1), 825 * f.DAY - SECOND, None),
        (day(2018, 3, 1), 825 * f.DAY + SECOND, ERROR),
        (day(2020, 8, 31), 825 * f.DAY - SECOND, None),
        (day(2020, 9, 1), 398 * f.DAY - SECOND, None),
        (day(2020, 9, 1), 398 * f.DAY, WARNING),
        (day(2020, 9, 1), 398 * f.DAY + SECOND, ERROR),
        (day(2026, 3, 14), 398 * f.DAY - SECOND, None),
        (day(2026, 3, 15), 200 * f.DAY - SECOND, None),
        (day(2026, 3, 15), 200 * f.DAY, WARNING),
        (day(2026, 3, 15), 398 * f.DAY, WARNING),
        (day(2026, 3, 15), 398 * f.DAY + SECOND, ERROR),
        (day(2027, 3, 15), 101 * f.DAY, WARNING),
        (day(2029, 3, 15), 47 * f.DAY - SECOND, None),
        (day(2029, 3, 15), 47 * f.DAY, WARNING),
    ],
)
def test_a_public_certificate_is_held_to_the_rule_of_its_day(
    issued: datetime, length: timedelta, expected: Severity | None
) -> None:
    """Both ends count; clients refuse beyond 398 days, the rest is the rule for CAs."""
    assert lifetime(issued, length) == expected


@pytest.mark.parametrize(
    ("issued", "length", "expected"),
    [
        (day(2019, 6, 30), 3650 * f.DAY, None),
        (day(2019, 7, 1), 825 * f.DAY, None),
        (day(2019, 7, 1), 825 * f.DAY + SECOND, ERROR),
        (day(2026, 6, 1), 800 * f.DAY, None),
        (day(2026, 6, 1), 3650 * f.DAY, ERROR),
    ],
)
def test_a_private_certificate_is_held_to_apples_limit_alone(
    issued: datetime, length: timedelta, expected: Severity | None
) -> None:
    """The rules for public CAs do not bind private ones."""
    assert lifetime(issued, length, stores=("ca-file",)) == expected


def with_leaf(**changes: object) -> Diagnosis:
    """Return the diagnosis of a healthy chain with another leaf."""
    p = f.pki()
    return diagnose(f.observation([f.leaf(p.intermediate, **changes), p.intermediate], anchors=[p.root]))  # type: ignore[arg-type]


def found(diagnosis: Diagnosis) -> list[tuple[C, str]]:
    """Return the causes with their details."""
    return [(cause.id, cause.detail) for cause in diagnosis.causes]


@pytest.mark.parametrize(
    ("bits", "detail"),
    [(("digital_signature",), None), (("digital_signature", "key_encipherment"), None),
     (("key_encipherment",), "no-signing"), (("key_agreement",), "no-signing"),
     (("content_commitment",), "key-usage")],
)  # fmt: skip
def test_a_server_has_to_be_allowed_to_sign(bits: tuple[str, ...], detail: str | None) -> None:
    """Today's key exchanges sign; who refuses depends on what is left."""
    usage = (f.key_usage(*bits), True)
    assert found(with_leaf(having=[usage])) == ([(C.WRONG_USAGE, detail)] if detail else [])


def test_usages_that_are_not_limited_are_fine() -> None:
    """No key usage; an extended key usage is what Apple asks of every server certificate since 2019."""
    assert found(with_leaf(without=[x509.KeyUsage])) == []
    unlimited = with_leaf(without=[x509.KeyUsage, x509.ExtendedKeyUsage])
    assert found(unlimited) == [(C.PROFILE_VIOLATION, "missing-usage")]


def test_an_intermediate_for_other_purposes_issues_no_server_certificates() -> None:
    """Its extended key usage limits what is below it; OpenSSL does not take any usage for it (error 26, measured)."""
    p = f.pki()
    for usage, expected in (
        (ExtendedKeyUsageOID.CODE_SIGNING, [(C.WRONG_USAGE, "intermediate")]),
        (ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, [(C.WRONG_USAGE, "intermediate-any")]),
        (ExtendedKeyUsageOID.SERVER_AUTH, []),
    ):
        issuer = f.intermediate(p.root, "Purpose", having=[x509.ExtendedKeyUsage([usage])])
        assert found(diagnose(f.observation([f.leaf(issuer), issuer], anchors=[p.root]))) == expected


@pytest.mark.parametrize(
    ("key", "detail"),
    [(f.rsa_key(2048), None), (f.ec_key("384", "secp384r1"), None), (f.rsa_key(1024), ""),
     (f.ec_key("224", "secp224r1"), "")],
    ids=["RSA 2048", "P-384", "RSA 1024", "P-224"],
)  # fmt: skip
def test_keys_are_weak_below_the_usual_sizes(key: f.Key, detail: str | None) -> None:
    """On the leaf."""
    assert found(with_leaf(key=key)) == ([(C.WEAK_KEY, detail)] if detail is not None else [])


def test_a_weak_root_is_named_though_nobody_sent_it() -> None:
    """OpenSSL at level 2 refuses it too (error 67, measured)."""
    weak = f.root("Weak Root", key=f.rsa_key(1024))
    diagnosis = diagnose(f.observation([f.leaf(weak)], anchors=[weak]))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.certificate, cause.concerns, cause.detail) == (
        C.WEAK_KEY,
        None,
        weak.sha256,
        "ca",
    )


def test_the_signature_on_a_root_in_the_store_does_not_matter() -> None:
    """Nobody verifies it."""
    old = f.root("SHA-1 Root", key=f.rsa_key(), digest="sha1")
    assert found(diagnose(f.observation([f.leaf(old)], anchors=[old]))) == []


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_a_weak_signature_on_an_intermediate_is_an_error_there(digest: str) -> None:
    """The leaf is fine."""
    top = f.root("RSA Root", key=f.rsa_key())
    issuer = f.intermediate(top, "Weak", digest=digest)
    diagnosis = diagnose(f.observation([f.leaf(issuer), issuer], anchors=[top]))
    assert [(cause.id, cause.certificate) for cause in diagnosis.causes] == [(C.WEAK_SIGNATURE, 1)]


@pytest.mark.parametrize("extension", [x509.SubjectKeyIdentifier(b"1" * 20), x509.OCSPNoCheck()])
def test_what_clients_process_may_be_critical_and_nothing_else(extension: x509.ExtensionType) -> None:
    """OpenSSL refuses critical key ids (error 34, measured) and knows the other one."""
    expected = [] if isinstance(extension, x509.OCSPNoCheck) else [C.UNKNOWN_CRITICAL_EXTENSION]
    assert [cause for cause, _ in found(with_leaf(having=[(extension, True)]))] == expected


def test_a_negative_serial_number_is_malformed() -> None:
    """Go refuses it."""
    serial = b"\x7f" + b"serial number."
    der = f.leaf(f.pki().intermediate, serial=int.from_bytes(serial, "big")).der
    broken = der.replace(serial, b"\xff" + serial[1:])
    diagnosis = diagnose(f.observation([broken, f.pki().intermediate], anchors=[f.pki().root]))
    assert C.MALFORMED in diagnosis.check(CheckId.POLICY).causes
    assert C.MALFORMED in diagnosis.check(CheckId.CERTIFICATE).causes


def test_the_failing_fact_is_marked() -> None:
    """Screens compute nothing."""
    facts = with_leaf(key=f.rsa_key(1024)).check(CheckId.POLICY).facts
    assert [fact.field for fact in facts if fact.status is Status.FAIL] == [FieldId.PUBLIC_KEY]


def test_the_tables_can_be_read_and_hold_what_they_promise() -> None:
    """Every row of every file, by example."""
    limit = validity_limit(day(2026, 11, 23), public=True)
    assert limit is not None
    assert (limit.days, limit.refused_days) == (200, 398)
    assert validity_limit(day(2010, 1, 1), public=True) is None

    def subject(common: str, organisation: str | None = None) -> DistinguishedName:
        return parse_certificate(f.root(common, organisation=organisation).der).subject

    for common, organisation in (
        ("R11", "Let's Encrypt"), ("E7", "Let's Encrypt"), ("YE2", "Let's Encrypt"), ("YR1", "Let's Encrypt"),
        ("WR2", "Google Trust Services"), ("Amazon RSA 2048 M04", "Amazon"),
        ("DigiCert Global G2 TLS RSA SHA256 2020 CA1", "DigiCert Inc"),
        ("Sectigo RSA Domain Validation Secure Server CA", "Sectigo Limited"),
        ("GlobalSign Atlas R3 DV TLS CA 2025 Q4", "GlobalSign nv-sa"),
    ):  # fmt: skip
        assert known_intermediate(subject(common, organisation)) is not None, common
    assert known_intermediate(subject("R11", "Somebody")) is None
    assert known_intermediate(subject("Company CA")) is None
    assert default_certificate(subject("traefik default cert")) is not None
    assert default_certificate(subject("pfSense-64f1")) is not None
    assert default_certificate(subject("www.example.com")) is None


def own_certificate(*, ca: bool, trusted: bool) -> Diagnosis:
    """Return the diagnosis of a self-signed certificate, as ``openssl req -x509`` makes one, trusted or not."""
    basic = (x509.BasicConstraints(ca=ca, path_length=None), True)
    itself = f.leaf(None, having=[basic])
    return diagnose(f.files_observation([itself], anchors=[itself] if trusted else ()))


def test_a_self_signed_ca_certificate_that_is_trusted_itself_is_refused_where_no_ca_may_serve() -> None:
    diagnosis = own_certificate(ca=True, trusted=True)
    assert [(cause.id, cause.detail, cause.severity) for cause in diagnosis.causes] == [
        (C.WRONG_USAGE, "ca", ERROR)
    ]
    refusing = {outcome.client for outcome in diagnosis.clients if outcome.action.value == "rejects"}
    assert refusing == {"firefox", "rustls"}


def test_a_self_signed_certificate_is_told_to_be_a_ca_only_where_that_decides() -> None:
    assert own_certificate(ca=False, trusted=True).causes == ()
    assert [cause.id for cause in own_certificate(ca=True, trusted=False).causes] == [C.SELF_SIGNED]
