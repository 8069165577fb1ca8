"""Every case of x509-limbo that is at hand: no crash, and the verdict that its authors expect.

The cases are data of another project and lie beside this checkout; without them the tests are skipped.
"""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.observation import (
    Anchor,
    Fetch,
    FetchPurpose,
    FileContent,
    InputFile,
    Observation,
    TrustStore,
)
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import Status, Verdict
from tests.rules.case import fits, told

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "x509-limbo" / "cases.json"
WITHOUT_TIME = datetime(2026, 11, 23, tzinfo=UTC)

KNOWN_MISSES = {
    "rfc5280::ca-as-leaf": "its key usage allows no TLS server: OpenSSL (error 26), Java and Chrome refuse, whatever "
    "RFC 5280 leaves open on CAs in that place; the same chain is a FAILURE as webpki::ca-as-leaf",
}
"""Cases judged otherwise than their authors expect, with the rule at stake."""

CA_LEFT_OUT = "the case does not hold the CA that its description is about, so its fault cannot be seen"
TOLD_OTHERWISE = {
    "rfc5280::intermediate-ca-missing-basic-constraints": CA_LEFT_OUT,
    "rfc5280::ica-ku-keycertsign": CA_LEFT_OUT,
}
"""FAILURE cases whose cause is not the one of the description, with the reason."""

NOWHERE = "untrusted-root/@intermediate"
PROFILE = "profile-violation"
CAUSES = {
    "cve::cve-2025-61727": "name-constraints/wildcard@leaf",
    "pathlen::intermediate-violates-pathlen-0": "path-length/@intermediate",
    "pathological::intermediate-cycle-distinct-cas": NOWHERE,
    "pathological::intermediate-cycle-same-logical-ca": NOWHERE,
    "pathological::nc-dos-1": "name-constraints/too-many@leaf",
    "pathological::nc-dos-3": "name-constraints/too-many@leaf",
    "pathological::pathological-chain-distinct-subject-distinct-key": NOWHERE,
    "pathological::pathological-chain-same-subject-distinct-key": NOWHERE,
    "pathological::pathological-chain-distinct-subject-same-key": NOWHERE,
    "pathological::pathological-chain-same-subject-same-key": NOWHERE,
    "rfc5280::aki::critical-aki": "unknown-critical-extension/@root",
    "rfc5280::aki::leaf-missing-aki": f"{PROFILE}/missing-aki@leaf",
    "rfc5280::eku::ee-wrong-eku": "wrong-usage/extended-key-usage@leaf",
    "rfc5280::eku::ee-eku-empty": "wrong-usage/extended-key-usage@leaf",
    "rfc5280::nc::permitted-dns-mismatch": "name-constraints/not-permitted@leaf",
    "rfc5280::nc::excluded-dns-match": "name-constraints/excluded@leaf",
    "rfc5280::nc::permitted-dns-match-noncritical": f"{PROFILE}/name-constraints-not-critical@root",
    "rfc5280::nc::excluded-dns-match-second": "name-constraints/excluded@leaf",
    "rfc5280::nc::excluded-ipv4-match": "name-constraints/excluded@leaf",
    "rfc5280::nc::permitted-dn-mismatch": "name-constraints/directory@leaf",
    "rfc5280::nc::excluded-match-permitted-and-excluded": "name-constraints/excluded@leaf",
    "rfc5280::nc::not-allowed-in-ee-noncritical": f"{PROFILE}/leaf-name-constraints@leaf",
    "rfc5280::nc::not-allowed-in-ee-critical": f"{PROFILE}/leaf-name-constraints@leaf",
    "rfc5280::nc::intermediate-with-san-rejected-by-intermediate-nc": "name-constraints/excluded@intermediate",
    # Its intermediates have names that the root does not permit either; the first one from the root is told.
    "rfc5280::nc::intermediate-with-san-rejected-by-root-nc": "name-constraints/@intermediate",
    "rfc5280::nc::nc-permits-invalid-dns-san": "name-constraints/not-a-name@leaf",
    "rfc5280::nc::nc-permits-invalid-ip-san": "name-constraints/not-permitted@leaf",
    "rfc5280::san::malformed": "malformed/@leaf",
    "rfc5280::san::underscore-dns": f"{PROFILE}/underscore@leaf",
    "rfc5280::serial::zero": f"{PROFILE}/serial-zero@leaf",
    "rfc5280::serial::negative": "malformed/@leaf",
    "rfc5280::validity::expired-leaf": "expired/@leaf",
    "rfc5280::validity::expired-5-seconds": "expired/@leaf",
    "rfc5280::validity::not-yet-valid-1-second": "not-yet-valid/@leaf",
    "rfc5280::ee-empty-issuer": f"{PROFILE}/empty-issuer@leaf",
    "rfc5280::ca-empty-subject": f"{PROFILE}/empty-ca-subject@root",
    "rfc5280::unknown-critical-extension-root": "unknown-critical-extension/@root",
    "rfc5280::chain-untrusted-root": "untrusted-root/root-sent@intermediate",
    "rfc5280::intermediate-ca-without-ca-bit": "not-a-ca/basic-constraints@intermediate",
    "rfc5280::intermediate-ca-missing-basic-constraints": "untrusted-root/unknown-issuer@leaf",
    "rfc5280::root-inconsistent-ca-extensions": "not-a-ca/key-usage@root",
    "rfc5280::ica-ku-keycertsign": "untrusted-root/unknown-issuer@leaf",
    "rfc5280::ee-critical-aia-invalid": "unknown-critical-extension/@leaf",
    "rfc5280::duplicate-extensions": "malformed/@leaf",
    "rfc5280::mismatching-signature-algorithm": "malformed/@leaf",
    "webpki::aki::root-with-aki-authoritycertissuer": f"{PROFILE}/root-aki@root",
    "webpki::aki::root-with-aki-authoritycertserialnumber": f"{PROFILE}/root-aki@root",
    "webpki::aki::root-with-aki-ski-mismatch": "malformed/key-id@root",
    "webpki::cn::punycode-not-in-san": f"{PROFILE}/common-name-not-listed@leaf",
    "webpki::cn::utf8-vs-punycode-mismatch": f"{PROFILE}/common-name-not-listed@leaf",
    "webpki::cn::case-mismatch": f"{PROFILE}/common-name-not-listed@leaf",
    "webpki::eku::ee-anyeku": f"{PROFILE}/any-usage@leaf",
    "webpki::eku::root-has-eku": f"{PROFILE}/root-usage@root",
    "webpki::nc::intermediate-permitted-excluded-subtrees-both-null": "malformed/@intermediate",
    "webpki::san::public-suffix-multi-label-wildcard-san": "hostname-mismatch/wildcard-public-suffix@leaf",
    "webpki::san::public-suffix-private-namespace-wildcard-san": f"{PROFILE}/wildcard-on-shared-suffix@leaf",
    "webpki::san::wildcard-not-in-leftmost-san": "hostname-mismatch/not-leftmost-wildcard@leaf",
    "webpki::san::wildcard-embedded-ulabel-san": "hostname-mismatch/partial-wildcard@leaf",
    "webpki::san::no-san": "no-san/@leaf",
    "webpki::san::san-critical-with-nonempty-subject": f"{PROFILE}/critical-names@leaf",
    "webpki::san::san-wildcard-only": "hostname-mismatch/bare-wildcard@leaf",
    "webpki::san::san-wildcard-only-tld": "hostname-mismatch/bare-wildcard@leaf",
    "webpki::malformed-aia": "malformed/@leaf",
    "webpki::forbidden-p192-root": "weak-key/ca@root",
    "webpki::forbidden-dsa-leaf": "weak-key/@leaf",
    "webpki::forbidden-rsa-not-divisible-by-8-in-root": f"{PROFILE}/rsa-size@root",
    "webpki::ee-basicconstraints-ca": "wrong-usage/ca@leaf",
    "webpki::ca-as-leaf": "wrong-usage/key-usage@leaf",
}
"""The cause that each FAILURE case is about, by its description: ``id/detail@place``."""

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the x509-limbo cases are not at hand")


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """Return the cases, none where the file is absent."""
    if not CASES.exists():
        return ()
    return tuple(json.loads(CASES.read_text(encoding="utf-8"))["testcases"])


def by_id(case: dict[str, Any]) -> str:
    """Return the name of a case for the log."""
    return str(case["id"])


def der(pem: str) -> bytes:
    """Return the bytes of one PEM block as they stand, readable or not."""
    body = "".join(line for line in pem.strip().splitlines() if not line.startswith("-----"))
    return b64decode(body)


def observe(case: dict[str, Any]) -> Observation:
    """Return what reading the case's files would have given."""
    chain = tuple(der(pem) for pem in (case["peer_certificate"], *case["untrusted_intermediates"]))
    asked = case["expected_peer_name"]
    when = datetime.fromisoformat(case["validation_time"]) if case["validation_time"] else WITHOUT_TIME
    anchors = tuple(Anchor(der(pem), ("ca-file",)) for pem in case["trusted_certs"])
    crls = tuple(
        Fetch(FetchPurpose.CRL_FILE, f"crl-{number}.pem", "", body=pem.encode())
        for number, pem in enumerate(case["crls"])
    )
    return Observation(
        target=Target(
            "peer.pem", TargetKind.FILES, server_name=asked["value"] if asked else None, files=("peer.pem",)
        ),
        observed_at=WITHOUT_TIME,
        judge_at=when,  # chosen, as with --at: logs have signed later than some of these
        offline=True,
        only_ca_file=True,
        files=(InputFile("peer.pem", FileContent.PEM, chain),),
        fetches=crls,
        stores=(TrustStore("ca-file", "the given CA file", "trusted.pem", len(anchors)),),
        anchors=anchors,
    )


def is_right(case: dict[str, Any], diagnosis: Diagnosis) -> bool:
    """Return whether the verdict is the expected one; a refusal of strict clients alone may be a warning."""
    wanted = (
        (Verdict.ACCEPTED, Verdict.WARNED)
        if case["expected_result"] == "SUCCESS"
        else (Verdict.REJECTED, Verdict.WARNED)
    )
    return diagnosis.verdict in wanted


@pytest.mark.parametrize("case", cases(), ids=by_id)
def test_a_case_is_judged_as_its_authors_expect_or_is_a_known_miss(case: dict[str, Any]) -> None:
    """Each case gives all eight answers; the verdict is right unless the case is listed with its rule."""
    diagnosis = diagnose(observe(case))
    assert len(diagnosis.checks) == 8
    assert all(result.status in Status and result.headline for result in diagnosis.checks)
    right = is_right(case, diagnosis)
    causes = [cause.id.value for cause in diagnosis.causes]
    assert right is (case["id"] not in KNOWN_MISSES), f"{diagnosis.verdict.value} {causes}"


@pytest.mark.parametrize(
    "case", [each for each in cases() if each["expected_result"] == "FAILURE"], ids=by_id
)
def test_a_failure_is_told_by_the_cause_that_its_description_names(case: dict[str, Any]) -> None:
    """On the certificate that it is about; every case of the file has its row."""
    assert any(fits(CAUSES[case["id"]], each) for each in told(diagnose(observe(case))))


@pytest.mark.parametrize("case", [each for each in cases() if each["id"].startswith("online::")], ids=by_id)
def test_the_chain_of_a_real_site_gives_no_alarm(case: dict[str, Any]) -> None:
    """Public CAs keep the profile."""
    assert told(diagnose(observe(case))) == []


def test_the_tables_speak_of_cases_that_are_there() -> None:
    """No row is left from another edition of the suite."""
    assert {*CAUSES, *KNOWN_MISSES, *TOLD_OTHERWISE} <= {case["id"] for case in cases()}


def test_the_number_of_right_verdicts_is_printed_and_does_not_fall(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sum over all cases, for the log."""
    right = sum(is_right(case, diagnose(observe(case))) for case in cases())
    with capsys.disabled():
        print(f"\nx509-limbo: {right} of {len(cases())} verdicts are right")
    assert right == len(cases()) - len(KNOWN_MISSES)
    assert right >= 0.98 * len(cases())
