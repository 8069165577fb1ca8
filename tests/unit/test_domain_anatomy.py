"""A certificate taken apart: every value in words, each at its own bytes."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from certwizard.domain.anatomy.certificate import take_apart
from certwizard.domain.anatomy.part import Part
from certwizard.domain.anatomy.text import as_text
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import FieldId
from tests import factory as f

P = f.pki()
ACCESS = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.test")
        ),
        x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS,
            x509.UniformResourceIdentifier("http://aia.test/ca"),
        ),
    ]
)
POINTS = x509.CRLDistributionPoints(
    [x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.test/ca.crl")], None, None, None)]
)
POLICIES = x509.CertificatePolicies(
    [
        x509.PolicyInformation(x509.ObjectIdentifier("2.23.140.1.2.1"), ["https://cps.test"]),
        x509.PolicyInformation(x509.ObjectIdentifier("1.2.3.4"), [x509.UserNotice(None, "read this")]),
    ]
)
CONSTRAINTS = x509.NameConstraints(
    [x509.DNSName("example.com"), x509.IPAddress(ipaddress.ip_network("192.0.2.0/24"))],
    [x509.DNSName("secret.example.com")],
)


def parts(issued: f.Issued) -> dict[str, Part]:
    """Return every part by its label; of several alike the first."""
    found: dict[str, Part] = {}
    for part in take_apart(parse_certificate(issued.der), f.NOW).walk():
        found.setdefault(part.label, part)
    return found


RICH = f.leaf(
    P.intermediate,
    ("www.example.com", "192.0.2.1"),
    having=(
        ACCESS,
        POINTS,
        POLICIES,
        x509.TLSFeature([x509.TLSFeatureType.status_request]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, x509.ObjectIdentifier("1.2.3.4.5")]),
        x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x0c\x05hello"),
    ),
)
LIMITED = f.intermediate(
    P.root,
    path_length=0,
    having=(
        CONSTRAINTS,
        x509.PolicyConstraints(2, 0),
        x509.InhibitAnyPolicy(1),
    ),
)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Names (Subject Alternative Name)", "www.example.com, 192.0.2.1"),
        ("DNS name", "www.example.com"),
        ("IP address", "192.0.2.1"),
        ("For whom (Subject)", "CN=www.example.com"),
        ("Who vouches (Issuer)", "CN=Test Intermediate"),
        ("Ends (Not After)", "in 60 days · 2027-01-22 12:00 UTC"),
        ("As encoded", "261024120000Z"),
        ("Public key", "EC P-256 (secp256r1), 256 bits"),
        ("CA or not (Basic Constraints)", "no CA (CA:FALSE)"),
        ("What the key may do (Key Usage)", "digitalSignature"),
        ("What it is for (Extended Key Usage)", "serverAuth, 1.2.3.4.5"),
        ("Ask whether it is revoked (OCSP)", "http://ocsp.test"),
        ("Fetch the issuer (caIssuers)", "http://aia.test/ca"),
        ("Revocation lists (CRL Distribution Points)", "http://crl.test/ca.crl"),
        ("domain-validated", "DV: only control over the names was checked"),
        ("Practice statement (CPS)", "https://cps.test"),
        ("status_request", "must-staple: the server has to hand over an OCSP answer"),
        ("Text to show", "read this"),
        ("Signature", "ecdsa-with-SHA256"),
        ("Version", "3"),
    ],
)
def test_a_value_is_said_in_words(label: str, value: str) -> None:
    assert parts(RICH)[label].value == value


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("CA or not (Basic Constraints)", "a CA (CA:TRUE), at most 0 CAs below it"),
        ("Permitted", "example.com, 192.0.2.0 mask 255.255.255.0"),
        ("Excluded", "secret.example.com"),
        ("A policy must be named after (requireExplicitPolicy)", "2 more CAs"),
        ("No equal policies after (inhibitPolicyMapping)", "0 more CAs"),
        ("No “any policy” below (Inhibit anyPolicy)", "after 1 more CAs"),
    ],
)
def test_what_limits_a_ca_is_said_in_words(label: str, value: str) -> None:
    assert parts(LIMITED)[label].value == value


def test_an_extension_nobody_described_is_shown_by_its_encoding() -> None:
    extension = parts(RICH)["1.3.6.1.4.1.99999.1"]
    assert [(inner.label, inner.value) for inner in extension.children] == [("UTF8String", "hello")]


def test_the_bytes_of_a_part_hold_what_it_says() -> None:
    found, data = parts(RICH), RICH.der
    assert data[found["DNS name"].start : found["DNS name"].end] == b"\x82\x0fwww.example.com"
    ends = found["Ends (Not After)"]
    assert data[ends.start + 2 : ends.end] == b"270122120000Z"
    assert data[found["Serial number"].start] == 0x02


def test_every_part_lies_inside_the_one_around_it() -> None:
    def check(part: Part) -> None:
        for child in part.children:
            if child.end > child.start:
                assert part.start <= child.start < child.end <= part.end, child.label
            check(child)

    for issued in (RICH, LIMITED, P.root):
        check(take_apart(parse_certificate(issued.der), f.NOW))


def test_the_readers_own_time_zone_stands_beside_utc() -> None:
    from datetime import timezone

    tokyo = timezone(timedelta(hours=9), "JST")
    tree = take_apart(parse_certificate(RICH.der), f.NOW, lambda when: when.astimezone(tokyo))
    local = [part.value for part in tree.walk() if part.label == "In your time zone"]
    assert local == ["2026-10-24 21:00 JST", "2027-01-22 21:00 JST"]


def test_rsa_keys_show_modulus_and_exponent() -> None:
    found = parts(f.leaf(P.intermediate, key=f.rsa_key()))
    assert found["Exponent"].value == "65537"
    assert found["Modulus"].note == "2048 bits"
    assert len(found["Modulus"].copy) == 512


def test_hostile_texts_are_clean() -> None:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a\x1b[2Jb\u202ec")])
    found = parts(f.leaf(P.intermediate, subject=subject))
    assert found["Common name (CN)"].value == "a\\x1b[2Jb\\u202ec"


def test_every_field_at_the_top_leads_to_a_lesson() -> None:
    for issued in (RICH, LIMITED):
        for part in take_apart(parse_certificate(issued.der), f.NOW).children:
            assert part.field in set(FieldId), part.label


def test_as_text_holds_a_line_for_each_part() -> None:
    text = as_text(take_apart(parse_certificate(RICH.der), f.NOW))
    assert "  DNS name: www.example.com" in text.splitlines()
    assert "Ends (Not After): in 60 days · 2027-01-22 12:00 UTC" in text.splitlines()
