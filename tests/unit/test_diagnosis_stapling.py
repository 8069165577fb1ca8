"""Must-staple: a promise of the certificate that the server has to keep in each handshake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.observation import Failure, FailureReason
from certwizard.domain.vocabulary import CauseId, CheckId, Status, Verdict
from tests import factory as f

P = f.pki()
STAPLE = x509.TLSFeature([x509.TLSFeatureType.status_request])
LEAF = f.leaf(P.intermediate, having=(STAPLE,))


def answer(leaf: f.Issued = LEAF, *, days: tuple[int, int] = (-1, 3), by: f.Issued = P.intermediate) -> bytes:
    builder = ocsp.OCSPResponseBuilder().add_response(
        leaf.certificate,
        P.intermediate.certificate,
        hashes.SHA256(),
        ocsp.OCSPCertStatus.GOOD,
        f.NOW + timedelta(days=days[0]),
        f.NOW + timedelta(days=days[1]),
        None,
        None,
    )
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate).sign(
        by.key,
        hashes.SHA256(),
    )
    return signed.public_bytes(Encoding.DER)


def judged(staple: bytes | None = None, leaf: f.Issued = LEAF, **changes: object) -> Diagnosis:
    shake = f.handshake([leaf, P.intermediate], stapled_ocsp=staple, **changes)
    return diagnose(f.observation([leaf, P.intermediate], anchors=[P.root], handshakes=(shake,)))


def found(diagnosis: Diagnosis) -> set[CauseId]:
    return {cause.id for cause in diagnosis.causes}


def test_without_a_staple_firefox_refuses_and_curl_does_not() -> None:
    diagnosis = judged()
    assert diagnosis.verdict is Verdict.REJECTED
    assert diagnosis.root_cause is not None
    assert diagnosis.root_cause.id is CauseId.MUST_STAPLE
    did = {outcome.client: outcome for outcome in diagnosis.clients}
    assert did["firefox"].action is ClientAction.REJECTS
    assert "MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING" in did["firefox"].message
    assert did["curl"].action is ClientAction.ACCEPTS


def test_a_good_staple_keeps_the_promise() -> None:
    diagnosis = judged(answer())
    assert diagnosis.verdict is Verdict.ACCEPTED
    rows = diagnosis.check(CheckId.REVOCATION).facts
    assert any(row.label == "Stapled answer (must-staple)" and row.status is Status.PASS for row in rows)


@pytest.mark.parametrize(
    "staple",
    [
        answer(days=(-9, -2)),
        answer(P.leaf),
        answer(by=P.root),
        b"\x30\x03\x0a\x01\x03",
    ],
    ids=["expired", "of another certificate", "signed by another", "try later"],
)
def test_a_staple_that_does_not_count_breaks_it(staple: bytes) -> None:
    assert CauseId.MUST_STAPLE in found(judged(staple))


def test_a_certificate_that_does_not_ask_needs_none() -> None:
    assert CauseId.MUST_STAPLE not in found(judged(leaf=P.leaf))


def test_files_and_broken_handshakes_cannot_tell() -> None:
    chain = [LEAF, P.intermediate]
    assert CauseId.MUST_STAPLE not in found(diagnose(f.files_observation(chain, anchors=[P.root])))
    broken = Failure(FailureReason.ALERT, alert=40)
    assert CauseId.MUST_STAPLE not in found(judged(failure=broken))


def test_an_intermediate_that_asks_for_it_binds_nobody() -> None:
    odd = f.intermediate(P.root, having=(STAPLE,))
    leaf = f.leaf(odd)
    assert CauseId.MUST_STAPLE not in found(diagnose(f.observation([leaf, odd], anchors=[P.root])))
