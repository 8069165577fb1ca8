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

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "x509-limbo" / "cases.json"
WITHOUT_TIME = datetime(2026, 11, 23, tzinfo=UTC)

KNOWN_MISSES = {
    "rfc5280::aki::leaf-missing-aki": "RFC 5280 4.2.1.1: only strict clients ask for the authority key id",
    "rfc5280::nc::permitted-dns-match-noncritical": "RFC 5280 4.2.1.10: name constraints must be critical",
    "rfc5280::nc::not-allowed-in-ee-noncritical": "RFC 5280 4.2.1.10: name constraints belong into CAs alone",
    "rfc5280::nc::not-allowed-in-ee-critical": "RFC 5280 4.2.1.10: name constraints belong into CAs alone",
    "rfc5280::san::underscore-dns": "RFC 5280 4.2.1.6: no underscore in a DNS name; clients accept it",
    "rfc5280::serial::zero": "RFC 5280 4.1.2.2: the serial number must be positive; clients accept zero",
    "rfc5280::ca-as-leaf": "OpenSSL (error 26, key usage) and Firefox refuse what RFC 5280 leaves open",
    "webpki::cn::punycode-not-in-san": "BR 7.1.4.3: the common name must be one of the names",
    "webpki::cn::utf8-vs-punycode-mismatch": "BR 7.1.4.3: the common name must be one of the names",
    "webpki::cn::case-mismatch": "BR 7.1.4.3: the common name must be one of the names, letter by letter",
    "webpki::eku::ee-anyeku": "BR 7.1.2.7.10: no anyExtendedKeyUsage beside serverAuth",
    "webpki::eku::root-has-eku": "BR 7.1.2.1.2: no extended key usage in a root",
    "webpki::san::public-suffix-private-namespace-wildcard-san": "BR 3.2.2.6: wildcards below private suffixes",
    "webpki::san::san-critical-with-nonempty-subject": "BR 7.1.2.7.12: a critical SAN needs an empty subject",
    "webpki::forbidden-rsa-not-divisible-by-8-in-root": "BR 6.1.5: RSA sizes must be divisible by 8",
}
"""Cases judged otherwise than their authors expect, with the rule at stake."""

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


def test_the_number_of_right_verdicts_is_printed_and_does_not_fall(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sum over all cases, for the log."""
    right = sum(is_right(case, diagnose(observe(case))) for case in cases())
    with capsys.disabled():
        print(f"\nx509-limbo: {right} of {len(cases())} verdicts are right")
    assert right >= len(cases()) - len(KNOWN_MISSES)
