"""Revocation: an answer counts only with its signature, subject, issuer, scope and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis, RevocationStatus
from certwizard.domain import der
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
    number: tuple[x509.CRLNumber, bool] | None = (x509.CRLNumber(7), False),
    entry_extension: tuple[x509.ExtensionType, bool] | None = None,
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
        if entry_extension is not None:
            entry = entry.add_extension(*entry_extension)
        builder = builder.add_revoked_certificate(entry.build())
    if padding:
        entries = [x509.RevokedCertificateBuilder(n + 1, when).build() for n in range(padding)]
        for filler in entries:
            builder = builder.add_revoked_certificate(filler)
    for each_extension in (number, extension):
        if each_extension is not None:
            builder = builder.add_extension(*each_extension)
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


def clock(words: str) -> list[CauseId]:
    """Return what an answer of the future proves: a public CA knows the time, so the clock here is behind."""
    return [CauseId.CLOCK_WRONG] if words == "from the future" else []


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
    assert answer(diagnosis) == (Status.UNKNOWN, [*clock(words), CauseId.REVOCATION_UNKNOWN])
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
    "the same part, written otherwise": (
        crl_der(extension=scope(full_name=uri(CRL_URL.replace("ca", "%63a")))),
        "another part",
    ),
    "a part relative to the issuer": (
        crl_der(extension=scope(relative_name=x509.RelativeDistinguishedName(f.name("part")))),
        "relative to its issuer",
    ),
    "for attribute certificates": (crl_der(extension=scope(only_contains_attribute_certs=True)), "attribute"),
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
    assert answer(diagnosis) == (Status.UNKNOWN, [*clock(words), CauseId.REVOCATION_UNKNOWN])
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


def test_one_part_of_a_divided_list_does_not_cover_a_certificate_that_names_none() -> None:
    """RFC 5280 6.3.3 b 2: one of the names must be the same."""
    given = Fetch(
        FetchPurpose.CRL_FILE, "part.crl", "", body=crl_der(extension=scope(full_name=uri(CRL_URL)))
    )
    diagnosis = diagnose(seen(given, leaf=P.leaf, offline=True))
    assert answer(diagnosis) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])
    assert "names no CRL" in diagnosis.revocation[0].reason


def test_a_ca_without_crl_sign_may_not_sign_crls() -> None:
    """OpenSSL refuses such CRLs too."""
    issuer = f.intermediate(P.root, "No CRLs", having=[(f.key_usage("key_cert_sign"), True)])
    leaf = f.leaf(issuer)
    observation = f.observation([leaf, issuer], anchors=[P.root], fetches=(by_crl(crl_der(issuer), leaf),))
    diagnosis = diagnose(observation)
    assert "cRLSign" in diagnosis.revocation[0].reason


@pytest.mark.parametrize("when", [f.NOW + 24 * HOUR, LEAF.certificate.not_valid_before_utc - 24 * HOUR])
def test_what_a_current_list_holds_is_revoked_whatever_date_stands_beside_it(when: datetime) -> None:
    """RFC 5280 6.3.3 looks for the number alone, and so do OpenSSL and Go."""
    assert answer(diagnose(seen(by_crl(crl_der(revoked=(LEAF,), when=when))))) == (
        Status.FAIL,
        [CauseId.REVOKED],
    )


def test_a_list_that_was_not_there_yet_says_nothing_of_the_past() -> None:
    """With --at the past is judged by what there was."""
    body = crl_der(revoked=(LEAF,), when=f.NOW - HOUR)
    observation = replace(seen(by_crl(body)), judge_at=f.NOW - 24 * HOUR)
    assert answer(diagnose(observation)) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])


NUMBER = x509.CRLNumber(7)
STRANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.9"), b"\x05\x00")
FLAWED_CRL = {
    "no number": (crl_der(number=None), "5.2.3"),
    "a critical number": (crl_der(number=(NUMBER, True)), "5.2.3"),
    "one certificate twice": (crl_der(revoked=(P.leaf, P.leaf)), "5.1.2.6"),
    "a place that is no address": (
        crl_der(extension=scope(full_name=[*uri(CRL_URL), x509.DNSName("crl.test")])),
        "BR 7.2.2.1",
    ),
}


@pytest.mark.parametrize(("body", "section"), FLAWED_CRL.values(), ids=FLAWED_CRL)
def test_a_list_that_most_programs_read_and_strict_ones_do_not_is_a_warning(
    body: bytes, section: str
) -> None:
    """It still says that the certificate is not on it."""
    diagnosis = diagnose(seen(by_crl(body)))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.severity, cause.detail) == (
        CauseId.REVOCATION_UNKNOWN,
        Severity.WARNING,
        "crl-form",
    )
    assert section in cause.expected
    assert diagnosis.check(CheckId.REVOCATION).status is Status.WARN
    assert diagnosis.revocation[0].status is RevocationStatus.GOOD


def test_what_a_flawed_list_holds_is_revoked() -> None:
    """Nobody should wait for a number before believing that."""
    assert answer(diagnose(seen(by_crl(crl_der(revoked=(LEAF,), number=None))))) == (
        Status.FAIL,
        [CauseId.REVOKED],
    )


@pytest.mark.parametrize("critical", [True, False])
def test_an_entry_with_a_strange_extension_still_revokes(critical: bool) -> None:
    """RFC 5280 5.3 forbids to use the list for a good answer, not for a bad one."""
    body = crl_der(revoked=(LEAF,), entry_extension=(STRANGE, critical))
    assert answer(diagnose(seen(by_crl(body)))) == (Status.FAIL, [CauseId.REVOKED])


def rewritten(body: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """Return the CRL with parts of its body changed, signed again by the intermediate."""
    tbs, algorithm, _ = der.read(body).children()
    changed = der.wrap(der.SEQUENCE, *change([part.raw for part in tbs.children()]))
    assert isinstance(P.intermediate.key, ec.EllipticCurvePrivateKey)
    signature = P.intermediate.key.sign(changed, ec.ECDSA(hashes.SHA256()))
    return der.wrap(der.SEQUENCE, changed, algorithm.raw, der.wrap(der.BIT_STRING, b"\0" + signature))


def long_form(parts: list[bytes]) -> list[bytes]:
    """Write both dates as those from 2050 on."""
    return [
        der.wrap(der.GENERALIZED_TIME, b"20" + part[2:]) if part[0] == der.UTC_TIME else part
        for part in parts
    ]


VOID_CRL = {
    "a version that does not exist": (lambda parts: [b"\x02\x01\x04", *parts[1:]], "5.1.2.1"),
    "extensions in version 1": (lambda parts: parts[1:], "5.1.2.1"),
    "dates in the wrong form": (long_form, "5.1.2.4"),
    "no next update": (lambda parts: parts[:4] + parts[5:], "5.1.2.5"),
}


@pytest.mark.parametrize(("change", "section"), VOID_CRL.values(), ids=VOID_CRL)
@pytest.mark.parametrize("listed", [True, False])
def test_a_list_that_is_none_by_the_standard_counts_for_nothing(
    change: Callable[[list[bytes]], list[bytes]], section: str, listed: bool
) -> None:
    """What it lists is told; nobody can be sure of it."""
    body = rewritten(crl_der(revoked=(LEAF,) if listed else ()), change)
    diagnosis = diagnose(seen(by_crl(body)))
    assert answer(diagnosis) == (Status.UNKNOWN, [CauseId.REVOCATION_UNKNOWN])
    reason = diagnosis.revocation[0].reason
    assert section in reason or "no readable CRL" in reason
    assert ("lists the certificate as revoked" in reason) is (listed and section in reason)
    assert diagnosis.verdict is Verdict.WARNED


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
    diagnosis = diagnose(seen(other, leaf=P.leaf))
    assert answer(diagnosis) == (Status.SKIPPED, [])
    assert "No list given with --crl is from a CA" in diagnosis.check(CheckId.REVOCATION).headline


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
