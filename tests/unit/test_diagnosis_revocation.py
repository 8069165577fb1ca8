"""Revocation: an answer counts only with its signature, subject, issuer, scope and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis, RevocationStatus
from certwizard.domain.observation import Failure, FailureReason, Fetch, FetchPurpose, Observation
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status, Verdict
from tests import factory as f

OCSP_URL, CRL_URL = "http://ocsp.test/", "http://crl.test/ca.crl"
HOUR = timedelta(hours=1)
P = f.pki()
LEAF = f.leaf(
    P.intermediate,
    having=[
        x509.AuthorityInformationAccess(
            [
                x509.AccessDescription(
                    AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(OCSP_URL)
                )
            ]
        ),
        x509.CRLDistributionPoints(
            [x509.DistributionPoint([x509.UniformResourceIdentifier(CRL_URL)], None, None, None)]
        ),
    ],
)


def ocsp_der(
    certificate: f.Issued = LEAF,
    issuer: f.Issued = P.intermediate,
    signer: f.Issued | None = None,
    *,
    delegate: bool = False,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    this_update: datetime = f.NOW - HOUR,
    next_update: datetime | None = f.NOW + 24 * HOUR,
    reason: x509.ReasonFlags | None = None,
    algorithm: hashes.HashAlgorithm | None = None,
) -> bytes:
    """Return an OCSP response on a certificate."""
    signer = signer or issuer
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            certificate.certificate, issuer.certificate, algorithm or hashes.SHA1(),  # noqa: S303 - RFC 6960's own
            status, this_update, next_update, f.NOW - 48 * HOUR if revoked else None, reason,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
    )  # fmt: skip
    if delegate:
        builder = builder.certificates([signer.certificate])
    return builder.sign(signer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def crl_der(
    issuer: f.Issued = P.intermediate,
    revoked: tuple[f.Issued, ...] = (),
    *,
    signer: f.Issued | None = None,
    reason: x509.ReasonFlags | None = None,
    when: datetime = f.NOW - 48 * HOUR,
    last: datetime = f.NOW - HOUR,
    ends: datetime = f.NOW + 24 * HOUR,
    extension: tuple[x509.ExtensionType, bool] | None = None,
    padding: int = 0,
) -> bytes:
    """Return a CRL of an issuer."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(last)
        .next_update(ends)
    )
    for each in revoked:
        entry = x509.RevokedCertificateBuilder(each.certificate.serial_number, when)
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), False)
        builder = builder.add_revoked_certificate(entry.build())
    if padding:
        entries = [x509.RevokedCertificateBuilder(n + 1, when).build() for n in range(padding)]
        for filler in entries:
            builder = builder.add_revoked_certificate(filler)
    if extension is not None:
        builder = builder.add_extension(*extension)
    return builder.sign((signer or issuer).key, hashes.SHA256()).public_bytes(Encoding.DER)


def seen(
    *fetches: Fetch, staple: bytes | None = None, leaf: f.Issued = LEAF, **changes: object
) -> Observation:
    """Return a healthy chain with these answers."""
    chain = (leaf, P.intermediate)
    return f.observation(
        chain, anchors=[P.root], fetches=fetches,
        handshakes=(f.handshake(chain, stapled_ocsp=staple),), **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def by_ocsp(body: bytes, certificate: f.Issued = LEAF) -> Fetch:
    """Return an answered OCSP question."""
    return Fetch(FetchPurpose.OCSP, OCSP_URL, certificate.sha256, P.intermediate.sha256, body)


def by_crl(body: bytes, certificate: f.Issued = LEAF) -> Fetch:
    """Return a fetched CRL."""
    return Fetch(FetchPurpose.CRL, CRL_URL, certificate.sha256, body=body)


def answer(diagnosis: Diagnosis) -> tuple[Status, list[CauseId]]:
    """Return the status of the check and the causes."""
    return diagnosis.check(CheckId.REVOCATION).status, [cause.id for cause in diagnosis.causes]


def test_a_good_answer_passes_whichever_way_it_came() -> None:
    """Stapled, asked, or on a CRL."""
    for observation in (seen(staple=ocsp_der()), seen(by_ocsp(ocsp_der())), seen(by_crl(crl_der()))):
        diagnosis = diagnose(observation)
        assert answer(diagnosis) == (Status.PASS, [])
        assert diagnosis.revocation[0].status is RevocationStatus.GOOD
        assert diagnosis.verdict is Verdict.ACCEPTED


REVOKED = ocsp.OCSPCertStatus.REVOKED
COMPROMISE = x509.ReasonFlags.key_compromise


@pytest.mark.parametrize(
    "observation",
    [
        seen(staple=ocsp_der(status=REVOKED, reason=COMPROMISE)),
        seen(by_ocsp(ocsp_der(status=REVOKED, reason=COMPROMISE))),
        seen(by_crl(crl_der(revoked=(LEAF,), reason=COMPROMISE))),
        seen(
            Fetch(FetchPurpose.CRL_FILE, "given.crl", "", body=crl_der(revoked=(LEAF,), reason=COMPROMISE)),
            offline=True,
        ),
    ],
    ids=["stapled", "OCSP", "CRL", "CRL file"],
)
def test_revoked_is_an_error_with_its_reason_and_date(observation: Observation) -> None:
    """From whichever source it comes."""
    diagnosis = diagnose(observation)
    (cause,) = diagnosis.causes
    assert (cause.id, cause.severity, cause.certificate, cause.detail) == (
        CauseId.REVOKED, Severity.ERROR, 0, "keyCompromise",
    )  # fmt: skip
    assert "2026-11-21 12:00 UTC" in cause.headline
    assert diagnosis.verdict is Verdict.REJECTED


def test_a_revoked_intermediate_is_found_too() -> None:
    """Its CRL is the root's."""
    diagnosis = diagnose(seen(by_crl(crl_der(P.root, (P.intermediate,)), P.intermediate)))
    assert [(cause.id, cause.certificate) for cause in diagnosis.causes] == [(CauseId.REVOKED, 1)]


def test_revoked_wins_over_an_older_good_answer() -> None:
    """A staple may lag behind the CRL for days."""
    diagnosis = diagnose(seen(by_crl(crl_der(revoked=(LEAF,))), staple=ocsp_der()))
    assert answer(diagnosis) == (Status.FAIL, [CauseId.REVOKED])
    assert "still calls it good" in diagnosis.causes[0].explanation


DELEGATE = f.leaf(
    P.intermediate, [], common="Responder", having=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])]
)
NO_DELEGATE = f.leaf(P.intermediate, [], common="No responder")
STRANGER = f.leaf(f.root("Stranger"), [], common="Responder", having=[
    x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])])  # fmt: skip
OLD_DELEGATE = f.leaf(
    P.intermediate,
    [],
    common="Old responder",
    days=(-90, -1),
    having=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])],
)


def test_an_appointed_responder_may_sign() -> None:
    """It is named by the same CA for just this."""
    assert answer(diagnose(seen(by_ocsp(ocsp_der(signer=DELEGATE, delegate=True))))) == (Status.PASS, [])


USELESS_OCSP = {
    "not appointed": (ocsp_der(signer=NO_DELEGATE, delegate=True), "may not sign OCSP answers"),
    "appointed by another CA": (ocsp_der(signer=STRANGER, delegate=True), "was not appointed"),
    "appointed once": (ocsp_der(signer=OLD_DELEGATE, delegate=True), "outside its dates"),
    "signed by nobody we know": (ocsp_der(signer=P.root), "not the issuer's"),
    "outdated": (ocsp_der(this_update=f.NOW - 99 * HOUR, next_update=f.NOW - HOUR), "outdated since"),
    "from the future": (ocsp_der(this_update=f.NOW + HOUR), "from the future"),
    "on another certificate": (ocsp_der(P.leaf), "another certificate"),
    "of another issuer": (
        ocsp_der(LEAF, f.intermediate(P.root, "Test Intermediate", key=f.ec_key("x"))),
        "another",
    ),
    "unknown": (ocsp_der(status=ocsp.OCSPCertStatus.UNKNOWN), "does not know"),
    "refused": (
        ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED).public_bytes(
            Encoding.DER
        ),
        "not responsible",
    ),
    "no OCSP": (b"<html>503</html>", "no readable OCSP"),
    "cut off": (ocsp_der()[:-30], "no readable OCSP"),
}


@pytest.mark.parametrize(("body", "words"), USELESS_OCSP.values(), ids=USELESS_OCSP)
@pytest.mark.parametrize("stapled", [True, False])
def test_an_ocsp_answer_that_does_not_count_is_unknown_with_its_reason(
    body: bytes, words: str, stapled: bool
) -> None:
    """Never good, never revoked."""
    diagnosis = diagnose(seen(staple=body) if stapled else seen(by_ocsp(body)))
    assert answer(diagnosis) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])
    assert words in diagnosis.revocation[0].reason
    assert diagnosis.verdict is Verdict.WARNED


def scope(**values: object) -> tuple[x509.ExtensionType, bool]:
    """Return an issuing distribution point with these values."""
    every: dict[str, object] = {
        "full_name": None, "relative_name": None, "only_contains_user_certs": False, "only_contains_ca_certs": False,
        "only_some_reasons": None, "indirect_crl": False, "only_contains_attribute_certs": False, **values,
    }  # fmt: skip
    return x509.IssuingDistributionPoint(**every), True  # type: ignore[arg-type]


def uri(text: str) -> list[x509.GeneralName]:
    """Return an address as names."""
    return [x509.UniformResourceIdentifier(text)]


USELESS_CRL = {
    "signed by another": (crl_der(signer=P.root), "not the issuer's"),
    "outdated": (crl_der(last=f.NOW - 99 * HOUR, ends=f.NOW - HOUR), "outdated since"),
    "from the future": (crl_der(last=f.NOW + HOUR), "from the future"),
    "of another CA": (crl_der(P.root), "another CA"),
    "for CAs alone": (crl_der(extension=scope(only_contains_ca_certs=True)), "CA certificates alone"),
    "another part": (crl_der(extension=scope(full_name=uri("http://crl.test/other.crl"))), "another part"),
    "indirect": (crl_der(extension=scope(indirect_crl=True)), "indirect"),
    "some reasons": (
        crl_der(extension=scope(full_name=uri(CRL_URL), only_some_reasons=frozenset({COMPROMISE}))),
        "some reasons",
    ),
    "delta": (crl_der(extension=(x509.DeltaCRLIndicator(1), True)), "delta CRL"),
    "unknown critical extension": (
        crl_der(
            extension=(
                x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.9"), b"\x05\x00"),
                True,
            )
        ),
        "1.3.6.1.4.1.55555.9",
    ),
    "no CRL": (b"<html>", "no readable CRL"),
    "cut off": (crl_der()[:-30], "no readable CRL"),
}


@pytest.mark.parametrize(("body", "words"), USELESS_CRL.values(), ids=USELESS_CRL)
def test_a_crl_that_does_not_count_is_unknown_with_its_reason(body: bytes, words: str) -> None:
    """Never good, never revoked."""
    diagnosis = diagnose(seen(by_crl(body)))
    assert answer(diagnosis) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])
    assert words in diagnosis.revocation[0].reason


def test_a_crl_in_pem_and_with_its_own_part_counts() -> None:
    """Files are often PEM; the part that the certificate names is the right one."""
    der = crl_der(extension=scope(full_name=uri(CRL_URL), only_contains_user_certs=True))
    pem = x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)
    assert answer(diagnose(seen(by_crl(pem)))) == (Status.PASS, [])


def test_an_entry_taken_back_is_no_revocation() -> None:
    """RemoveFromCRL ends a hold."""
    body = crl_der(revoked=(LEAF,), reason=x509.ReasonFlags.remove_from_crl)
    assert answer(diagnose(seen(by_crl(body)))) == (Status.PASS, [])


def test_a_ca_without_crl_sign_may_not_sign_crls() -> None:
    """OpenSSL refuses such CRLs too."""
    issuer = f.intermediate(P.root, "No CRLs", having=[(f.key_usage("key_cert_sign"), True)])
    leaf = f.leaf(issuer)
    observation = f.observation([leaf, issuer], anchors=[P.root], fetches=(by_crl(crl_der(issuer), leaf),))
    diagnosis = diagnose(observation)
    assert "cRLSign" in diagnosis.revocation[0].reason


def test_a_revocation_after_the_time_to_judge_at_is_none_yet() -> None:
    """With --at the past is judged as it was."""
    body = crl_der(revoked=(LEAF,), when=f.NOW - HOUR, last=f.NOW - 48 * HOUR)
    observation = replace(seen(by_crl(body)), judge_at=f.NOW - 24 * HOUR)
    assert answer(diagnose(observation)) == (Status.PASS, [])


def test_one_good_answer_is_enough() -> None:
    """That another source failed is shown, not warned of."""
    failed = Fetch(FetchPurpose.OCSP, OCSP_URL, LEAF.sha256, failure=Failure(FailureReason.TIMEOUT))
    diagnosis = diagnose(seen(failed, by_crl(crl_der())))
    assert answer(diagnosis) == (Status.PASS, [])
    assert [finding.status.value for finding in diagnosis.revocation] == ["unknown", "good"]


def test_a_source_that_does_not_answer_leaves_it_unknown() -> None:
    """A warning, since most clients carry on."""
    failed = Fetch(FetchPurpose.OCSP, OCSP_URL, LEAF.sha256, failure=Failure(FailureReason.TIMEOUT))
    diagnosis = diagnose(seen(failed))
    assert answer(diagnosis) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])
    assert "no answer came in time" in diagnosis.revocation[0].reason


def test_offline_nothing_is_asked_and_nothing_is_warned_of() -> None:
    """The check says why it was skipped."""
    diagnosis = diagnose(seen(offline=True))
    assert answer(diagnosis) == (Status.SKIPPED, [])
    assert "Offline" in diagnosis.check(CheckId.REVOCATION).headline


def test_a_certificate_without_sources_is_normal() -> None:
    """Short-lived ones need none."""
    diagnosis = diagnose(seen(leaf=P.leaf))
    assert answer(diagnosis) == (Status.SKIPPED, [])
    assert "no place to ask" in diagnosis.check(CheckId.REVOCATION).headline


def test_a_crl_file_of_another_ca_says_nothing() -> None:
    """It is not about this chain."""
    other = Fetch(FetchPurpose.CRL_FILE, "other.crl", "", body=crl_der(f.root("Other"), (LEAF,)))
    assert answer(diagnose(seen(other, leaf=P.leaf))) == (Status.SKIPPED, [])


def test_without_the_issuer_no_answer_counts() -> None:
    """Its signature could not be checked."""
    leaf = f.leaf(f.root("Unknown"))
    observation = f.observation([leaf], anchors=[P.root], fetches=(by_ocsp(ocsp_der(), leaf),))
    assert "cannot be checked" in diagnose(observation).revocation[0].reason


def test_a_large_crl_is_searched_quickly() -> None:
    """Public CRLs hold hundreds of thousands of entries; it is read once for all certificates."""
    observation = seen(by_crl(crl_der(revoked=(LEAF,), padding=20_000)))
    begin = perf_counter()
    assert answer(diagnose(observation)) == (Status.FAIL, [CauseId.REVOKED])
    assert perf_counter() - begin < 2
