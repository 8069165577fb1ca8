"""Interception: named where a known product made the certificate for the name asked for, and nowhere else."""

from __future__ import annotations

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.certificate import DistinguishedName, NameAttribute
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from certwizard.knowledge.interception import interceptor_named, interceptors
from certwizard.probe.store_loading import mozilla_store
from tests import factory as f


def seen(issuer: f.Issued, names: tuple[str, ...] = (f.HOST,), *, stores: tuple[str, ...] = ()) -> Diagnosis:
    leaf = f.leaf(issuer, names, days=(-1, 13))
    anchors = [issuer] if stores else []
    return diagnose(f.observation([leaf, issuer], anchors=anchors, anchor_stores=stores or ("mozilla",)))


def gateway(common: str, organisation: str | None = None) -> f.Issued:
    return f.root(common, organisation=organisation)


def interception(diagnosis: Diagnosis) -> Cause | None:
    return next((cause for cause in diagnosis.causes if cause.id is CauseId.INTERCEPTION), None)


@pytest.mark.parametrize(
    ("common", "organisation", "product"),
    [
        ("Zscaler Intermediate Root CA (zscaler.net)", "Zscaler Inc.", "Zscaler"),
        ("FortiGate CA", "Fortinet", "FortiGate"),
        ("Cisco Umbrella Primary SubCA", "Cisco", "Cisco Umbrella"),
        ("Avast Web/Mail Shield Root", "Avast Web/Mail Shield", "Avast"),
        ("ESET SSL Filter CA", "ESET, spol. s r. o.", "ESET"),
        ("mitmproxy", "mitmproxy", "mitmproxy"),
        ("PortSwigger CA", "PortSwigger", "Burp Suite"),
        ("Charles Proxy CA (1 Jan 2026, laptop)", "XK72 Ltd", "Charles"),
    ],
)
def test_a_known_product_is_named_and_is_the_root_cause(common: str, organisation: str, product: str) -> None:
    diagnosis = seen(gateway(common, organisation))
    cause = interception(diagnosis)
    assert diagnosis.verdict is Verdict.REJECTED
    assert diagnosis.root_cause == cause
    assert cause is not None
    assert cause.headline.startswith(f"{product} reads along")
    assert "This rests on that name" in cause.explanation


def test_it_is_named_where_its_root_is_installed_too() -> None:
    diagnosis = seen(gateway("FortiGate CA", "Fortinet"), stores=("system",))
    assert diagnosis.verdict is Verdict.REJECTED
    assert diagnosis.causes[0].id is CauseId.INTERCEPTION


def test_a_leaf_alone_tells_by_its_issuer() -> None:
    leaf = f.leaf(gateway("Kaspersky Anti-Virus Personal Root Certificate", "AO Kaspersky Lab"))
    assert interception(diagnose(f.observation([leaf], anchors=[f.pki().root]))) is not None


@pytest.mark.parametrize(
    ("common", "organisation"),
    [
        ("Example Corp Root CA", "Example Corp"),
        ("Kubernetes Ingress Controller Fake Certificate", "Acme Co"),
        ("Caddy Local Authority - 2026 ECC Root", None),
        ("TRAEFIK DEFAULT CERT", None),
        ("step-ca Root", None),
        ("mkcert admin@laptop", "mkcert development CA"),
        ("Fortinet fan club", "Example"),
    ],
)
def test_a_private_ca_is_no_interception(common: str, organisation: str | None) -> None:
    assert interception(seen(gateway(common, organisation))) is None


def test_a_chain_to_a_vendors_root_is_none_whatever_its_name() -> None:
    assert interception(seen(gateway("FortiGate CA", "Fortinet"), stores=("mozilla", "system"))) is None


def test_an_appliances_own_certificate_is_none_as_it_is_not_for_the_name() -> None:
    assert interception(seen(gateway("FortiGate CA", "Fortinet"), ("FGT60E",))) is None


def test_no_public_root_is_taken_for_a_product() -> None:
    roots = mozilla_store().roots
    assert len(roots) > 100
    for root in roots:
        subject = parse_certificate(root.der).subject
        assert interceptor_named(subject) is None, subject.text


def test_every_row_has_a_pattern() -> None:
    assert all(row.cn is not None or row.o is not None for row in interceptors())
    assert interceptor_named(DistinguishedName(b"", (NameAttribute("2.5.4.3", "CN", "x" * 500),))) is None


# By what it does


def minted(
    *,
    issuer: f.Issued | None = None,
    other: f.Issued | None = None,
    names: tuple[str, ...] = ("made-up.invalid",),
    stores: tuple[str, ...] = (),
) -> Diagnosis:
    """A chain, and the answer of the same address for a name that nobody has."""
    gate = issuer or gateway("Gate 7 CA", "Example Networks")
    leaf = f.leaf(gate, days=(-1, 6))
    answer = f.handshake([f.leaf(other or gate, names, days=(-1, 6))], sni="made-up.invalid")
    return diagnose(
        f.observation(
            [leaf, gate],
            anchors=[gate] if stores else [],
            anchor_stores=stores or ("mozilla",),
            made_up=answer,
        )
    )


def test_what_makes_a_certificate_for_a_made_up_name_reads_along() -> None:
    diagnosis = minted()
    cause = interception(diagnosis)
    assert cause is not None
    assert diagnosis.root_cause == cause
    assert (cause.detail, cause.severity) == ("any-name", Severity.ERROR)
    assert "made-up.invalid" in cause.explanation
    assert "leave the network" in cause.explanation


def test_a_known_product_is_named_and_its_deed_is_told_too() -> None:
    cause = interception(minted(issuer=gateway("FortiGate CA", "Fortinet")))
    assert cause is not None
    assert cause.detail == "firewall"
    assert "Asked for the made-up name made-up.invalid" in cause.explanation


@pytest.mark.parametrize(
    "answer",
    [
        {"names": ("www.example.com",)},
        {"names": ("default.example",)},
        {"other": gateway("Another CA")},
    ],
)
def test_another_answer_to_a_made_up_name_is_no_sign(answer: dict[str, object]) -> None:
    """A server's usual or default certificate, or one from elsewhere."""
    assert interception(minted(**answer)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("common", ["Caddy Local Authority - ECC Intermediate", "mkcert admin@laptop"])
def test_a_web_server_that_makes_its_own_certificates_on_demand_is_no_interception(common: str) -> None:
    assert interception(minted(issuer=gateway(common))) is None


def test_a_chain_to_a_vendors_root_is_none_whatever_it_answers() -> None:
    assert interception(minted(stores=("mozilla", "system"))) is None


def test_where_its_root_is_installed_it_still_reads_along() -> None:
    assert interception(minted(stores=("system",))) is not None


@pytest.mark.parametrize("issuer", [gateway("FortiGate CA", "Fortinet"), gateway("Gate 7 CA")])
def test_where_the_user_gives_its_root_it_is_told_and_no_fault(issuer: f.Issued) -> None:
    """So that the remedy, trusting the company's root, can be proven."""
    diagnosis = minted(issuer=issuer, stores=("ca-file",))
    cause = interception(diagnosis)
    assert cause is not None
    assert cause.severity is Severity.INFO
    assert diagnosis.verdict is Verdict.ACCEPTED


def test_a_name_that_does_not_fit_is_no_interception() -> None:
    gate = gateway("Gate 7 CA")
    answer = f.handshake([f.leaf(gate, ("made-up.invalid",))], sni="made-up.invalid")
    observation = f.observation([f.leaf(gate, ("appliance.example",)), gate], made_up=answer)
    assert interception(diagnose(observation)) is None


def test_the_answer_stands_in_the_evidence() -> None:
    evidence = minted().evidence["made_up_name"]
    assert isinstance(evidence, dict)
    assert evidence["server_name"] == "made-up.invalid"
