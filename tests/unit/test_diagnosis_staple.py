"""Stapled answers that are missing or do not count, and who refuses for them (as measured with real clients)."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.judge import judge
from certwizard.diagnosis.repairs.repairs import repairs_of
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS
from certwizard.domain.observation import Failure, FailureReason, Fetch, Handshake, Observation
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status, Verdict
from tests import factory as f
from tests.unit.test_diagnosis_revocation import HOUR, OCSP_URL, P, by_crl, by_ocsp, crl_der, ocsp_der

STATUS_REQUEST = x509.TLSFeatureType.status_request
DEMAND = x509.TLSFeature([STATUS_REQUEST])
OCSP_ACCESS = x509.AuthorityInformationAccess(
    [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(OCSP_URL))]
)
PLAIN = f.leaf(P.intermediate)
DEMANDING = f.leaf(P.intermediate, having=[DEMAND])
WITH_SERVICE = f.leaf(P.intermediate, having=[DEMAND, OCSP_ACCESS])
STRANGER = f.intermediate(P.root, "Another CA")
NO_RESPONDER = f.leaf(P.intermediate, ["ocsp.example"])
PRIVATE, PUBLIC = ("ca-file",), ("mozilla", "system")
GNUTLS = {"wget", "git", "gnutls"}


def unsuccessful(status: ocsp.OCSPResponseStatus) -> bytes:
    """An answer that is only an error of the responder."""
    response = ocsp.OCSPResponseBuilder.build_unsuccessful(status)
    return response.public_bytes(Encoding.DER)


def tampered(body: bytes) -> bytes:
    """An answer with its signature spoilt."""
    return body[:-1] + bytes((body[-1] ^ 1,))


def staple(kind: str, leaf: f.Issued) -> bytes | None:
    """A staple that fails in one way."""
    match kind:
        case "good":
            return ocsp_der(leaf)
        case "outdated":
            return ocsp_der(leaf, this_update=f.NOW - 300 * HOUR, next_update=f.NOW - 200 * HOUR)
        case "future":
            return ocsp_der(leaf, this_update=f.NOW + 100 * HOUR, next_update=f.NOW + 200 * HOUR)
        case "other-certificate":
            return ocsp_der(NO_RESPONDER)
        case "signature":
            return tampered(ocsp_der(leaf))
        case "signer":
            return ocsp_der(leaf, signer=NO_RESPONDER, delegate=True)
        case "try-later":
            return unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
        case "refused":
            return unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
        case "unknown-certificate":
            return ocsp_der(leaf, status=ocsp.OCSPCertStatus.UNKNOWN)
        case "unreadable":
            return b"\x30\x03\x0a\x01\x00"
    return None


def seen(
    leaf: f.Issued,
    stapled: bytes | None = None,
    *others: bytes | None,
    stores: tuple[str, ...] = PRIVATE,
    issuer: f.Issued = P.intermediate,
    failure: Failure | None = None,
    fetches: tuple[Fetch, ...] = (),
) -> Observation:
    """A server with this leaf and a staple in each of its handshakes."""
    chain = (leaf, issuer)
    shaken: list[Handshake] = [
        f.handshake(chain, stapled_ocsp=each, repeat=number, failure=failure)
        for number, each in enumerate((stapled, *others))
    ]
    return f.observation(
        chain, anchors=[P.root], anchor_stores=stores, handshakes=tuple(shaken), fetches=fetches
    )


def told(diagnosis: Diagnosis) -> Cause | None:
    """The cause about a staple, or None."""
    ids = (CauseId.MUST_STAPLE, CauseId.REVOCATION_UNKNOWN)
    return next((cause for cause in diagnosis.causes if cause.id in ids), None)


def refusing(diagnosis: Diagnosis) -> set[str]:
    """Ids of the clients that refuse."""
    return {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}


FIREFOX = {"firefox"}
MEASURED = {
    # kind: who refuses where nothing is demanded, and where a staple is demanded
    "missing": (set(), FIREFOX | GNUTLS),
    "outdated": (FIREFOX | GNUTLS, FIREFOX | GNUTLS),
    "future": (FIREFOX, FIREFOX),
    "other-certificate": (FIREFOX | GNUTLS, FIREFOX | GNUTLS),
    "signature": (FIREFOX | GNUTLS, FIREFOX | GNUTLS),
    "signer": (FIREFOX | GNUTLS, FIREFOX | GNUTLS),
    "try-later": (FIREFOX, FIREFOX | GNUTLS),
    "refused": (FIREFOX, FIREFOX | GNUTLS),
    "unknown-certificate": (FIREFOX, FIREFOX),
    "unreadable": (FIREFOX | GNUTLS, FIREFOX | GNUTLS),
}


@pytest.mark.parametrize("demanded", [False, True], ids=["plain", "demanded"])
@pytest.mark.parametrize("kind", MEASURED)
def test_who_refuses_a_staple_that_fails_is_as_measured(kind: str, demanded: bool) -> None:
    leaf = DEMANDING if demanded else PLAIN

    diagnosis = diagnose(seen(leaf, staple(kind, leaf)))

    assert refusing(diagnosis) == MEASURED[kind][demanded]
    assert diagnosis.verdict is (Verdict.REJECTED if MEASURED[kind][demanded] else Verdict.ACCEPTED)
    cause = told(diagnosis)
    if kind == "missing" and not demanded:
        assert cause is None
        return
    assert cause is not None
    assert cause.id is (CauseId.MUST_STAPLE if demanded else CauseId.REVOCATION_UNKNOWN)
    assert [other.id for other in diagnosis.causes] == [cause.id]
    assert cause.detail.removeprefix("staple-") == kind


@pytest.mark.parametrize("leaf", [PLAIN, DEMANDING], ids=["plain", "demanded"])
def test_a_good_staple_satisfies_everybody(leaf: f.Issued) -> None:
    diagnosis = diagnose(seen(leaf, ocsp_der(leaf)))

    assert diagnosis.causes == ()
    assert refusing(diagnosis) == set()
    assert diagnosis.check(CheckId.REVOCATION).status is Status.PASS


def test_firefox_says_its_own_code_for_each_way() -> None:
    said = {
        kind: next(
            each.code
            for each in diagnose(seen(PLAIN, staple(kind, PLAIN))).clients
            if each.client == "firefox"
        )
        for kind in ("outdated", "future", "other-certificate", "signature", "try-later", "unreadable")
    }
    assert said == {
        "outdated": "SEC_ERROR_OCSP_OLD_RESPONSE",
        "future": "SEC_ERROR_OCSP_FUTURE_RESPONSE",
        "other-certificate": "MOZILLA_PKIX_ERROR_OCSP_RESPONSE_FOR_CERT_MISSING",
        "signature": "SEC_ERROR_OCSP_BAD_SIGNATURE",
        "try-later": "SEC_ERROR_OCSP_TRY_SERVER_LATER",
        "unreadable": "SEC_ERROR_OCSP_MALFORMED_RESPONSE",
    }
    demanded = diagnose(seen(DEMANDING))
    assert "MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING" in {each.code for each in demanded.clients}


@pytest.mark.parametrize(
    ("kind", "content"), [("outdated", True), ("try-later", True), ("signer", True), ("signature", False)]
)
def test_firefox_asks_the_responder_in_place_of_some_bad_staples(kind: str, content: bool) -> None:
    leaf = f.leaf(P.intermediate, having=[OCSP_ACCESS])
    answered = by_ocsp(ocsp_der(leaf), leaf)

    diagnosis = diagnose(seen(leaf, staple(kind, leaf), fetches=(answered,)))

    assert ("firefox" not in refusing(diagnosis)) is content
    cause = told(diagnosis)
    assert cause is not None
    assert cause.severity is (Severity.WARNING if content else Severity.ERROR)
    assert diagnosis.check(CheckId.REVOCATION).status is (Status.WARN if content else Status.FAIL)


def test_below_public_roots_firefoxs_own_list_comes_before_the_staple() -> None:
    broken = diagnose(seen(PLAIN, staple("signature", PLAIN), stores=PUBLIC))
    missing = diagnose(seen(DEMANDING, stores=PUBLIC))

    assert refusing(broken) == GNUTLS
    assert broken.verdict is Verdict.WARNED
    assert refusing(missing) == FIREFOX | GNUTLS
    assert missing.verdict is Verdict.REJECTED


def test_without_an_ocsp_service_the_demand_can_never_be_met() -> None:
    without, with_one = (told(diagnose(seen(leaf))) for leaf in (DEMANDING, WITH_SERVICE))

    assert without is not None
    assert with_one is not None
    assert "names no OCSP service" in without.explanation
    assert "after a restart" in with_one.explanation


def test_an_answer_that_comes_only_from_the_second_handshake_on_is_told_apart() -> None:
    good = ocsp_der(DEMANDING)

    cause = told(diagnose(seen(DEMANDING, None, good, good)))

    assert cause is not None
    assert (cause.severity, cause.detail) == (Severity.WARNING, "sometimes")
    assert cause.seen == "an answer in 2 of 3 handshakes"


def test_a_handshake_that_broke_off_says_nothing_of_a_staple() -> None:
    broken = seen(DEMANDING, failure=Failure(FailureReason.RESET))

    assert CauseId.MUST_STAPLE not in [cause.id for cause in diagnose(broken).causes]


def test_a_demand_that_nobody_knows_is_refused_by_firefox_alone() -> None:
    leaf = f.leaf(P.intermediate, having=[x509.TLSFeature([x509.TLSFeatureType.status_request_v2])])

    diagnosis = diagnose(seen(leaf))

    cause = told(diagnosis)
    assert cause is not None
    assert (cause.detail, cause.seen) == ("other-feature", "status_request_v2 (17)")
    assert refusing(diagnosis) == FIREFOX


@pytest.mark.parametrize("met", [False, True])
def test_what_the_issuer_demands_of_all_below_it_must_be_in_the_certificate(met: bool) -> None:
    issuer = f.intermediate(P.root, "Demanding CA", having=[DEMAND])
    leaf = f.leaf(issuer, having=[DEMAND] if met else [])

    diagnosis = diagnose(seen(leaf, ocsp_der(leaf, issuer) if met else None, issuer=issuer))

    cause = told(diagnosis)
    assert (cause is None) is met
    if cause is not None:
        assert cause.detail == "issuer-feature"
        assert refusing(diagnosis) == FIREFOX | GNUTLS


def test_an_intermediates_own_demand_asks_nothing_of_the_handshake() -> None:
    """The demand is the leaf's to make; no server staples for an intermediate."""
    issuer = f.intermediate(P.root, "Demanding CA", having=[DEMAND])
    leaf = f.leaf(issuer, having=[DEMAND])

    assert told(diagnose(seen(leaf, ocsp_der(leaf, issuer), issuer=issuer))) is None


def test_a_file_that_demands_what_no_server_can_send_is_warned_of() -> None:
    def cause(leaf: f.Issued) -> Cause | None:
        return told(diagnose(f.files_observation([leaf, P.intermediate], anchors=[P.root])))

    found = cause(DEMANDING)
    assert found is not None
    assert (found.severity, found.detail) == (Severity.WARNING, "file")
    assert cause(WITH_SERVICE) is None


def test_the_demand_is_a_row_of_the_step_and_plain_certificates_have_none() -> None:
    def rows(leaf: f.Issued, stapled: bytes | None) -> list[Status]:
        facts = diagnose(seen(leaf, stapled)).check(CheckId.REVOCATION).facts
        return [fact.status for fact in facts if fact.field is FieldId.TLS_FEATURE]

    assert rows(PLAIN, None) == []
    assert rows(DEMANDING, None) == [Status.FAIL]
    assert rows(DEMANDING, ocsp_der(DEMANDING)) == [Status.PASS]


def test_other_sources_that_know_keep_the_question_closed() -> None:
    leaf = f.leaf(P.intermediate)
    given = by_crl(crl_der(), leaf)

    diagnosis = diagnose(seen(leaf, staple("signature", leaf), fetches=(given,)))

    cause = told(diagnosis)
    assert cause is not None
    assert "No other source" not in cause.explanation
    assert [other.id for other in diagnosis.causes] == [CauseId.REVOCATION_UNKNOWN]


def test_a_new_certificate_or_no_stapling_turns_it_green() -> None:
    def best(observation: Observation) -> list[str]:
        found = repairs_of(judge(build_case(observation, DEFAULT_THRESHOLDS))).best
        return [change.kind.value for change in found.changes] if found else []

    assert best(seen(DEMANDING)) == ["new-certificate"]
    assert best(seen(PLAIN, staple("signature", PLAIN))) == ["stop-stapling"]


def test_a_saved_observation_is_judged_alike() -> None:
    observation = seen(DEMANDING, staple("outdated", DEMANDING), None)

    assert diagnose(decode_observation(encode_observation(observation))) == diagnose(observation)


def test_a_responder_that_was_appointed_may_sign() -> None:
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    responder = f.leaf(P.intermediate, ["responder.example"], having=[usage])

    assert told(diagnose(seen(DEMANDING, ocsp_der(DEMANDING, signer=responder, delegate=True)))) is None
