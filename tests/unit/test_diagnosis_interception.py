"""Interception: named where a known product made the certificate for the name asked for, and nowhere else."""

from __future__ import annotations

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.certificate import DistinguishedName, NameAttribute
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId, Verdict
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
