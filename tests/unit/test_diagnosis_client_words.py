"""What a client says where several things are wrong, or where its words hang on which certificate is at fault."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.vocabulary import CauseId, Verdict
from tests import factory as f

GONE = (-90, -5)
CLIENT_ALONE = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])


def judged(leaf: f.Issued, issuer: f.Issued | None = None) -> Diagnosis:
    return diagnose(f.observation([leaf, issuer or f.pki().intermediate], anchors=[f.pki().root]))


def said(diagnosis: Diagnosis, client: str) -> ClientOutcome:
    return next(outcome for outcome in diagnosis.clients if outcome.client == client)


def test_chrome_calls_a_certificate_invalid_only_where_it_has_no_better_word() -> None:
    """Measured: beside a date that is over, the wrong usage is not told."""
    usage = f.leaf(f.pki().intermediate, having=[CLIENT_ALONE])
    assert said(judged(usage), "chrome").code == "NET::ERR_CERT_INVALID"
    both = judged(f.leaf(f.pki().intermediate, having=[CLIENT_ALONE], days=GONE))
    assert said(both, "chrome").code == "NET::ERR_CERT_DATE_INVALID"
    assert {cause.id for cause in both.causes} >= {CauseId.EXPIRED, CauseId.WRONG_USAGE}


def test_an_expired_intermediate_has_other_words_than_an_expired_certificate() -> None:
    old = f.intermediate(f.pki().root, "Old", days=GONE)
    diagnosis = judged(f.leaf(old), old)
    assert said(diagnosis, "firefox").code == "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE"
    assert "is not valid at this time" in said(diagnosis, "chrome").message
    leaf = judged(f.leaf(f.pki().intermediate, days=GONE))
    assert said(leaf, "firefox").code == "SEC_ERROR_EXPIRED_CERTIFICATE"


def test_a_server_on_p521_is_refused_by_chromium_alone_which_offers_no_such_signature() -> None:
    key = ec.generate_private_key(ec.SECP521R1())
    diagnosis = judged(f.leaf(f.pki().intermediate, key=key))
    refusing = {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}
    assert refusing == {"chrome", "edge"}
    assert diagnosis.verdict is Verdict.REJECTED
    cause = next(cause for cause in diagnosis.causes if cause.id is CauseId.WEAK_KEY)
    assert "of a kind that not every client takes" in cause.headline
    authority = f.intermediate(f.pki().root, "Strong", key=key)
    assert judged(f.leaf(authority), authority).verdict is not Verdict.REJECTED


def test_go_tells_of_the_common_name_only_where_it_would_have_fitted() -> None:
    fitting = f.leaf(f.pki().intermediate, (), common=f.HOST)
    assert "legacy Common Name" in said(judged(fitting), "go").message
    other = f.leaf(f.pki().intermediate, (), common="other.test")
    assert "not valid for any names" in said(judged(other), "go").message
    without = f.leaf(
        f.pki().intermediate, (), subject=x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Odd")])
    )
    assert "not valid for any names" in said(judged(without), "go").message
