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
from certwizard.domain.vocabulary import CauseId, Status, Verdict

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "x509-limbo" / "cases.json"
WITHOUT_TIME = datetime(2026, 11, 23, tzinfo=UTC)

KNOWN_MISSES = {
    "rfc5280::ca-as-leaf": "OpenSSL (error 26, key usage) and Firefox refuse what RFC 5280 leaves open",
}
"""Cases judged otherwise than their authors expect, with the rule at stake."""

RULES = {
    "rfc5280::aki::leaf-missing-aki": "missing-aki",
    "rfc5280::nc::permitted-dns-match-noncritical": "name-constraints-not-critical",
    "rfc5280::nc::not-allowed-in-ee-noncritical": "leaf-name-constraints",
    "rfc5280::nc::not-allowed-in-ee-critical": "leaf-name-constraints",
    "rfc5280::san::underscore-dns": "underscore",
    "rfc5280::serial::zero": "serial-zero",
    "rfc5280::ee-empty-issuer": "empty-issuer",
    "rfc5280::ca-empty-subject": "empty-ca-subject",
    "webpki::aki::root-with-aki-authoritycertissuer": "root-aki",
    "webpki::aki::root-with-aki-authoritycertserialnumber": "root-aki",
    "webpki::cn::punycode-not-in-san": "common-name-not-listed",
    "webpki::cn::utf8-vs-punycode-mismatch": "common-name-not-listed",
    "webpki::cn::case-mismatch": "common-name-not-listed",
    "webpki::eku::ee-anyeku": "any-usage",
    "webpki::eku::root-has-eku": "root-usage",
    "webpki::san::public-suffix-private-namespace-wildcard-san": "wildcard-on-shared-suffix",
    "webpki::san::san-critical-with-nonempty-subject": "critical-names",
    "webpki::forbidden-rsa-not-divisible-by-8-in-root": "rsa-size",
}
"""The rule of the profile that a case is about; sites that are right break none."""

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the x509-limbo cases are not at hand")


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """Return the cases, none where the file is absent."""
    if not CASES.exists():
        return ()
    return tuple(json.loads(CASES.read_text(encoding="utf-8"))["testcases"])


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
        observed_at=when,
        judge_at=when,
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


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_is_judged_as_its_authors_expect_or_is_a_known_miss(case: dict[str, Any]) -> None:
    """Each case gives all eight answers; the verdict is right unless the case is listed with its rule."""
    diagnosis = diagnose(observe(case))
    assert len(diagnosis.checks) == 8
    assert all(result.status in Status and result.headline for result in diagnosis.checks)
    right = is_right(case, diagnosis)
    causes = [cause.id.value for cause in diagnosis.causes]
    assert right is (case["id"] not in KNOWN_MISSES), f"{diagnosis.verdict.value} {causes}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_about_the_profile_names_its_rule_and_a_real_site_breaks_none(case: dict[str, Any]) -> None:
    """The cause says which rule it is; the chains of real sites give no alarm."""
    causes = diagnose(observe(case)).causes
    broken = {cause.detail for cause in causes if cause.id is CauseId.PROFILE_VIOLATION}
    if case["id"] in RULES:
        assert RULES[case["id"]] in broken
    if case["id"].startswith("online::"):
        assert not broken


def test_the_number_of_right_verdicts_is_printed_and_does_not_fall(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sum over all cases, for the log."""
    right = sum(is_right(case, diagnose(observe(case))) for case in cases())
    with capsys.disabled():
        print(f"\nx509-limbo: {right} of {len(cases())} verdicts are right")
    assert right >= len(cases()) - len(KNOWN_MISSES)
