"""Every scenario of the lab is diagnosed rightly, and OpenSSL agrees wherever it looks at the same things."""

import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import Severity, Verdict
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import OpenScenario, Scenario
from certwizard.probe.run import probe
from tests.lesson_cover import unexplained
from tests.loopback import skip_without_ipv6

PATIENCE = 10
_LOOKS_NOWHERE = (
    "without a CRL or an OCSP question OpenSSL does not look for revocation; told to, it agrees (below)"
)

EXPLAINED = {
    "no-san": "OpenSSL takes the Common Name where a certificate lists no names; browsers, Go and Python do not",
    "validity-too-long": "OpenSSL knows no longest lifetime; Apple's clients refuse more than 825 days",
    "profile-violation": "OpenSSL holds CAs to all of the profile only when told to be strict, as Python 3.13 does",
    "protocol-version-long-greeting": "OpenSSL before 3.5 greets with one packet",
    "cipher-mismatch-static-rsa": "OpenSSL still offers key exchange under the RSA key; Go, Java and Python do not",
    "client-cert-required-page": "the connection comes about; the page says no",
    "inconsistent-key-kinds": "OpenSSL prefers ECDSA and is given the good one; told to want RSA, it refuses (below)",
    "key-mismatch": "`openssl verify` sees no key; comparing the public halves shows it (below)",
    "distrusted-ca": "OpenSSL's list of roots knows no dates; browsers and Java have them built in",
    "ct-missing": "OpenSSL looks at proofs of public logging only where a program asks it to; browsers always do",
    "must-staple": "OpenSSL does not look at what a certificate demands of the server; Firefox and GnuTLS do",
    "staple-outdated": "s_client shows a stapled answer when asked and judges nothing by it; Firefox does",
    "revoked": _LOOKS_NOWHERE,
    "revoked-crl": _LOOKS_NOWHERE,
    "revoked-staple": _LOOKS_NOWHERE,
}
"""Where OpenSSL accepts what at least one mainstream client rejects, and why."""

NOT_ASKED = {
    "inconsistent-balancer": "one connection meets one of two machines, so the answer changes with each",
    "dns-failure": "asking for the name would leave this machine",
    "timeout": "s_client has no time limit of its own, so it says nothing",
}
"""Where s_client has no answer to compare."""

ASKED = [scenario for scenario in SCENARIOS if scenario.id not in NOT_ASKED]
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@each_scenario
def test_a_scenario_is_diagnosed_with_verdict_root_cause_and_every_cause(
    lab: Lab, scenario: Scenario
) -> None:
    skip_without_ipv6(scenario.id)
    opened = lab.open(scenario.id)

    diagnosis = diagnose(probe(opened.target, opened.options))

    root = diagnosis.root_cause.id if diagnosis.root_cause else None
    found = frozenset(cause.id for cause in diagnosis.causes if cause.severity is not Severity.INFO)
    assert (diagnosis.verdict, root, found) == (scenario.verdict, scenario.root_cause, scenario.causes)
    shown = [*(sent.certificate for sent in diagnosis.sent), *(link.certificate for link in diagnosis.path)]
    assert [missing for each in shown if (missing := unexplained(each.der))] == []


@pytest.mark.parametrize("scenario", ASKED, ids=lambda scenario: scenario.id)
def test_openssl_agrees_or_the_difference_is_explained(lab: Lab, scenario: Scenario) -> None:
    skip_without_ipv6(scenario.id)
    opened = lab.open(scenario.id)

    accepts = _verify(opened) if opened.target.kind is TargetKind.FILES else _s_client(opened)

    agrees = accepts == (scenario.verdict in (Verdict.ACCEPTED, Verdict.WARNED))
    assert agrees != (scenario.id in EXPLAINED)


@pytest.mark.parametrize("name", ["revoked", "revoked-crl"])
def test_openssl_given_the_crl_says_revoked(lab: Lab, name: str, tmp_path: Path) -> None:
    leaf, issuer = _certificates(lab.open(name), tmp_path)
    crl = tmp_path / "issuer.crl"
    crl.write_bytes(_fetch(_extension(leaf, "crlDistributionPoints", r"URI:(\S+)")))

    answer = _openssl(
        "verify",
        "-crl_check",
        "-CRLfile",
        str(crl),
        "-CAfile",
        lab.ca_file,
        "-untrusted",
        str(issuer),
        str(leaf),
    )

    assert answer.returncode != 0
    assert "error 23 at 0 depth" in answer.stdout + answer.stderr


def test_openssl_asking_the_responder_hears_revoked(lab: Lab, tmp_path: Path) -> None:
    leaf, issuer = _certificates(lab.open("revoked"), tmp_path)
    url = _openssl("x509", "-noout", "-ocsp_uri", "-in", str(leaf)).stdout.strip()

    answer = _openssl(
        "ocsp",
        "-issuer",
        str(issuer),
        "-cert",
        str(leaf),
        "-url",
        url,
        "-CAfile",
        lab.ca_file,
        "-timeout",
        "5",
    )

    assert f"{leaf}: revoked" in answer.stdout
    assert "Reason: keyCompromise" in answer.stdout
    assert "Response verify OK" in answer.stdout + answer.stderr


def test_openssl_reads_the_staple_as_revoked(lab: Lab) -> None:
    answer = _connect(lab.open("revoked-staple"), "-status").stdout

    assert "Cert Status: revoked" in answer


def test_openssl_that_wants_rsa_is_given_the_expired_certificate(lab: Lab) -> None:
    answer = _connect(lab.open("inconsistent-key-kinds"), "-sigalgs", "rsa_pss_rsae_sha256:rsa_pkcs1_sha256")

    assert answer.returncode != 0
    assert "certificate has expired" in answer.stdout + answer.stderr


def test_openssl_sees_that_the_key_is_another(lab: Lab) -> None:
    target = lab.open("key-mismatch").target

    of_certificate = _openssl("x509", "-noout", "-pubkey", "-in", target.files[0]).stdout
    of_key = _openssl("pkey", "-pubout", "-in", target.key_file or "").stdout

    assert of_certificate.startswith("-----BEGIN PUBLIC KEY-----")
    assert of_key.startswith("-----BEGIN PUBLIC KEY-----")
    assert of_certificate != of_key


def _openssl(
    *arguments: str, sent: str = "", environment: tuple[tuple[str, str], ...] = ()
) -> subprocess.CompletedProcess[str]:
    # Hostile texts in certificates need not be UTF-8.
    return subprocess.run(
        ["openssl", *arguments], env={**os.environ, **dict(environment)},
        input=sent, capture_output=True, timeout=PATIENCE, check=False, encoding="utf-8", errors="replace",
    )  # fmt: skip


def _verify(opened: OpenScenario) -> bool:
    """Whether the first certificate of the chain file passes, with the rest of it at hand."""
    path = opened.target.files[0]
    options = ["-CAfile", opened.trust_file, *_asked_name(opened.target), "-untrusted", path, path]
    return _openssl("verify", *options).returncode == 0


def _s_client(opened: OpenScenario) -> bool:
    """Whether the handshake and the check of chain and name pass."""
    return _connect(opened).returncode == 0


def _connect(opened: OpenScenario, *more: str) -> subprocess.CompletedProcess[str]:
    target = opened.target
    options = ["-connect", opened.address, *_asked_name(target)]
    # Where the machine's own list of roots is at fault, OpenSSL is left to find it.
    environment = opened.options.environment or ()
    options += [] if environment else ["-CAfile", opened.trust_file]
    options += ["-verify_return_error", "-ign_eof", *more]
    if target.server_name != "127.0.0.1":
        options += ["-servername", target.server_name or ""]
    if target.starttls is not None:
        return _openssl("s_client", *options, "-starttls", target.starttls.value, sent="QUIT\r\n")
    return _openssl("s_client", *options, sent="HEAD / HTTP/1.1\r\n\r\n", environment=environment)


def _asked_name(target: Target) -> list[str]:
    name = target.server_name or ""
    return ["-verify_ip", name] if name == "127.0.0.1" else ["-verify_hostname", name]


def _certificates(opened: OpenScenario, folder: Path) -> tuple[Path, Path]:
    """Write leaf and issuer as the server sends them."""
    text = _connect(opened, "-showcerts").stdout
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", text, re.DOTALL)
    leaf, issuer = folder / "leaf.pem", folder / "issuer.pem"
    leaf.write_text(blocks[0], "ascii")
    issuer.write_text(blocks[1], "ascii")
    return leaf, issuer


def _extension(certificate: Path, name: str, pattern: str) -> str:
    text = _openssl("x509", "-noout", "-ext", name, "-in", str(certificate)).stdout
    found = re.search(pattern, text)
    assert found, text
    return found.group(1)


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content
