"""Clients: the verdict agrees with what the mainstream ones do, and each judges by its own lights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.knowledge.clients import profiles
from tests import factory as f
from tests.unit.test_diagnosis_causes import FAULTS
from tests.unit.test_diagnosis_root_cause import DOUBLE

MAINSTREAM = {profile.id for profile in profiles() if profile.mainstream}
MAKERS: list[Callable[[], Observation]] = [fault.make for fault in FAULTS] + [make for make, _ in DOUBLE]
P = f.pki()


def outcomes(diagnosis: Diagnosis) -> dict[str, ClientOutcome]:
    """Return the outcomes by client."""
    return {outcome.client: outcome for outcome in diagnosis.clients}


@pytest.mark.parametrize("make", MAKERS)
def test_the_verdict_is_rejected_just_when_a_mainstream_client_rejects(
    make: Callable[[], Observation],
) -> None:
    """The contract's definition, over every fault."""
    diagnosis = diagnose(make())
    rejecting = [o for o in diagnosis.clients if o.client in MAINSTREAM and o.action is ClientAction.REJECTS]
    assert (diagnosis.verdict is Verdict.REJECTED) == bool(rejecting)


@pytest.mark.parametrize("make", MAKERS)
def test_every_refusal_has_a_cause_that_was_found_and_words(make: Callable[[], Observation]) -> None:
    """No client says what was not seen."""
    diagnosis = diagnose(make())
    found = {cause.id for cause in diagnosis.causes}
    for outcome in diagnosis.clients:
        if outcome.action is ClientAction.REJECTS:
            assert outcome.cause in found
            assert outcome.message
            assert "<host>" not in outcome.message


def test_firefox_knows_public_intermediates_and_no_private_ones() -> None:
    """It fetches none."""
    for stores, action in ((("mozilla",), ClientAction.ACCEPTS), (("ca-file",), ClientAction.REJECTS)):
        observation = f.observation(
            [P.leaf], anchors=[P.root], anchor_stores=stores, fetches=(f.aia(P.leaf, P.intermediate),)
        )
        assert outcomes(diagnose(observation))["firefox"].action is action


def test_a_client_whose_store_lacks_the_root_is_not_said_to_accept() -> None:
    """What it does cannot be known from here."""
    found = outcomes(diagnose(f.observation(P.chain, anchors=[P.root], anchor_stores=("system",))))
    assert found["curl"].action is ClientAction.ACCEPTS
    assert found["chrome"].action is ClientAction.UNKNOWN


def test_firefox_and_rustls_refuse_a_ca_certificate_as_the_servers() -> None:
    """The others accept it."""
    usage = f.key_usage("digital_signature", "key_cert_sign")
    leaf = f.leaf(P.intermediate, having=[x509.BasicConstraints(ca=True, path_length=None), (usage, True)])
    found = outcomes(diagnose(f.observation([leaf, P.intermediate], anchors=[P.root])))
    refusing = {client for client, outcome in found.items() if outcome.action is ClientAction.REJECTS}
    assert refusing == {"firefox", "rustls"}


def test_a_key_that_may_not_sign_is_refused_by_those_who_look() -> None:
    """OpenSSL is content with keyEncipherment (measured)."""
    leaf = f.leaf(P.intermediate, key=f.rsa_key(), having=[(f.key_usage("key_encipherment"), True)])
    found = outcomes(diagnose(f.observation([leaf, P.intermediate], anchors=[P.root])))
    assert found["chrome"].action is found["java"].action is ClientAction.REJECTS
    assert found["openssl"].action is found["curl"].action is ClientAction.ACCEPTS


def test_an_address_has_its_own_words() -> None:
    """Clients speak of IP addresses differently."""
    observation = f.observation(P.chain, "192.0.2.10", anchors=[P.root])
    diagnosis = diagnose(replace(observation, target=f.target("192.0.2.10")))
    assert diagnosis.causes[0].detail == "ip-address"
    named = outcomes(diagnose(f.observation(P.chain, "other.example.org", anchors=[P.root])))
    assert outcomes(diagnosis)["python"].message != named["python"].message


def test_a_revocation_that_a_client_may_not_know_of_is_unknown_for_it() -> None:
    """Chrome knows its own list alone; the verdict is rejected all the same."""
    from tests.unit.test_diagnosis_revocation import REVOKED, by_ocsp, ocsp_der, seen

    diagnosis = diagnose(seen(by_ocsp(ocsp_der(status=REVOKED))))
    assert diagnosis.verdict is Verdict.REJECTED
    assert outcomes(diagnosis)["chrome"].action is ClientAction.UNKNOWN
    assert outcomes(diagnosis)["chrome"].cause is CauseId.REVOKED


@pytest.mark.parametrize("stores", [("mozilla", "system"), ("ca-file",)])
def test_a_staple_that_says_revoked_is_heard_below_any_root(stores: tuple[str, ...]) -> None:
    """Firefox, Chromium and GnuTLS refuse it, as measured; curl and OpenSSL do not look by themselves."""
    from tests.unit.test_diagnosis_revocation import REVOKED, ocsp_der, seen

    found = outcomes(diagnose(seen(staple=ocsp_der(status=REVOKED), anchor_stores=stores)))

    for client in ("firefox", "chrome", "edge", "wget", "git", "gnutls"):
        assert found[client].action is ClientAction.REJECTS, client
    for client in ("curl", "openssl", "go", "nodejs", "java"):
        assert found[client].action is not ClientAction.REJECTS, client


LOOSE = {"android", "java", "php", "ruby"}
TWO_LABELS = {
    "curl",
    "firefox",
    "git",
    "gnutls",
    "go",
    "nodejs",
    "openssl",
    "python",
    "python-3.11",
    "requests",
}


@pytest.mark.parametrize(
    ("entry", "asked", "accepting"),
    [
        ("ba*.example.com", "baz.example.com", {"java", "nodejs", "openssl", "perl", "php", "ruby"}),
        (
            "*.co.uk",
            "example.co.uk",
            LOOSE | TWO_LABELS | {"dotnet", "rustls", "safari", "safari-ios", "wget"},
        ),
        ("*.com", "example.com", LOOSE | {"go"}),
        ("foo.*.example.com", "foo.bar.example.com", set()),
    ],
)
def test_each_client_compares_names_by_its_own_rules(entry: str, asked: str, accepting: set[str]) -> None:
    """As measured over loopback (test_real_rules_served); Apple's, Firefox's, .NET's and Android's as documented."""
    top = f.root()
    for stores, others in (("ca-file",), set()), (("mozilla", "java", "system"), {"java"}):
        # Above a public suffix Java minds a star where the root is one that it ships.
        minding = others if entry in ("*.co.uk", "*.com") else set()
        seen = f.observation([f.leaf(top, [entry])], host=asked, anchors=[top], anchor_stores=stores)
        judged = diagnose(seen)
        found = {each.client for each in judged.clients if each.action is ClientAction.ACCEPTS}
        assert found == accepting - minding
        assert judged.verdict is Verdict.REJECTED
