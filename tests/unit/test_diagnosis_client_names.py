"""Names as single clients compare them: looser than RFC 9525, each in its own way (measured, tests/real/odd)."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from certwizard.diagnosis.clients.names import covers
from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.client_traits import (
    CommonName,
    CommonNames,
    NameTraits,
    WildcardBelow,
    Wildcards,
)
from tests import factory as f

STRICT = NameTraits()


def listing(*names: str) -> bytes:
    return f.leaf(f.pki().intermediate, names, common="Somebody").der


def without_list(*common: str, san: list[x509.GeneralName] | None = None) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in common])
    having = [x509.SubjectAlternativeName(san)] if san else []
    return f.leaf(f.pki().intermediate, (), subject=subject, having=having).der


def covered(traits: NameTraits, der: bytes, asked: str = "www.example.com") -> bool:
    return covers(traits, parse_certificate(der), asked, public=True)


@pytest.mark.parametrize(
    ("entry", "by"),
    [
        ("*.example.com", set(Wildcards)),
        ("*w.example.com", {Wildcards.LEADING, Wildcards.EDGE, Wildcards.PARTIAL, Wildcards.ANYWHERE}),
        ("w*.example.com", {Wildcards.EDGE, Wildcards.PARTIAL, Wildcards.ANYWHERE}),
        ("w*w.example.com", {Wildcards.PARTIAL, Wildcards.ANYWHERE}),
        ("www.*.com", {Wildcards.ANYWHERE}),
        ("*", set()),
        ("*.*", set()),
        ("w*.test.com", set()),
    ],
)
def test_a_star_counts_where_the_client_lets_it_stand(entry: str, by: set[Wildcards]) -> None:
    found = {each for each in Wildcards if covered(NameTraits(wildcards=each), listing(entry))}
    assert found == by


def test_a_part_of_an_encoded_label_is_never_covered_and_a_whole_one_is() -> None:
    loose = NameTraits(wildcards=Wildcards.PARTIAL)
    assert covered(loose, listing("*.example.com"), "bücher.example.com")
    assert not covered(loose, listing("xn--*.example.com"), "bücher.example.com")


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (WildcardBelow.ANY, {"example.com", "example.co.uk"}),
        (WildcardBelow.TWO_LABELS, {"example.co.uk"}),
        (WildcardBelow.NO_PUBLIC_SUFFIX, set()),
    ],
)
def test_a_star_below_a_suffix_counts_as_the_client_says(below: WildcardBelow, names: set[str]) -> None:
    der = listing("*.com", "*.co.uk")
    asked = ("example.com", "example.co.uk")
    assert {name for name in asked if covered(NameTraits(wildcard_below=below), der, name)} == names


def test_an_underscore_and_a_dot_at_the_end_are_matters_of_the_client() -> None:
    assert covered(STRICT, listing("*.example.com"), "a_b.example.com")
    careful = NameTraits(wildcard_over_underscore=False)
    assert not covered(careful, listing("*.example.com"), "a_b.example.com")
    assert covered(STRICT, listing("www.example.com"), "www.example.com.")


@pytest.mark.parametrize(
    ("san", "by"),
    [
        (None, {CommonName.WITHOUT_SAN, CommonName.WITHOUT_SAN_OR_URI, CommonName.WITHOUT_DNS_NAME}),
        (
            "a@example.com",
            {CommonName.WITHOUT_SAN, CommonName.WITHOUT_SAN_OR_URI, CommonName.WITHOUT_DNS_NAME},
        ),
        ("https://example.com/", {CommonName.WITHOUT_SAN, CommonName.WITHOUT_DNS_NAME}),
        ("192.0.2.1", {CommonName.WITHOUT_DNS_NAME}),
        ("other.example.org", set()),
    ],
)
def test_the_common_name_counts_beside_what_the_client_allows(san: str | None, by: set[CommonName]) -> None:
    def entry(text: str) -> x509.GeneralName:
        if "@" in text:
            return x509.RFC822Name(text)
        if ":" in text:
            return x509.UniformResourceIdentifier(text)
        return f.general_names([text])[0]

    der = without_list("www.example.com", san=[entry(san)] if san else None)
    assert {each for each in CommonName if covered(NameTraits(common_name=each), der)} == by


@pytest.mark.parametrize(
    ("common", "by"),
    [
        (("www.example.com", "x.test"), {CommonNames.EVERY, CommonNames.FIRST}),
        (("x.test", "www.example.com"), {CommonNames.EVERY, CommonNames.LAST}),
        (("www.example.com",), set(CommonNames)),
    ],
)
def test_of_several_common_names_clients_take_different_ones(
    common: tuple[str, ...], by: set[CommonNames]
) -> None:
    der = without_list(*common)
    traits = {each: NameTraits(common_name=CommonName.WITHOUT_SAN, common_names=each) for each in CommonNames}
    assert {each for each in CommonNames if covered(traits[each], der)} == by


def test_an_address_is_looked_for_in_the_addresses_alone_unless_the_client_is_lax() -> None:
    der, named = listing("192.0.2.1"), without_list("192.0.2.1")
    assert covered(STRICT, der, "192.0.2.1")
    lax = NameTraits(common_name=CommonName.WITHOUT_SAN, address_in_common_name=True)
    assert covered(lax, named, "192.0.2.1")
    assert not covered(NameTraits(common_name=CommonName.WITHOUT_SAN), named, "192.0.2.1")


def test_a_name_that_only_some_clients_find_is_a_cause_for_the_others() -> None:
    """OpenSSL takes w*.example.com and Firefox does not."""
    leaf = f.leaf(f.pki().intermediate, ["w*.example.com"], common="Somebody")
    diagnosis = diagnose(f.observation([leaf, f.pki().intermediate], anchors=[f.pki().root]))
    actions = {outcome.client: outcome.action.value for outcome in diagnosis.clients}
    assert actions["openssl"] == actions["nodejs"] == "accepts"
    assert actions["firefox"] == actions["curl"] == actions["python"] == "rejects"
    cause = next(cause for cause in diagnosis.causes if cause.id is CauseId.HOSTNAME_MISMATCH)
    assert cause.severity is Severity.ERROR


def test_java_takes_no_host_name_with_an_underscore_and_a_new_certificate_is_no_help() -> None:
    host = "odd_one.example.com"
    leaf = f.leaf(f.pki().intermediate, [host], common="Somebody")
    diagnosis = diagnose(f.observation([leaf, f.pki().intermediate], host, anchors=[f.pki().root]))
    words = {outcome.client: outcome.message for outcome in diagnosis.clients}
    assert words["java"].endswith(f"Illegal given domain name: {host}")
    assert (words["openssl"], words["chrome"]) == ("", "")
    cause = next(cause for cause in diagnosis.causes if cause.id is CauseId.HOSTNAME_MISMATCH)
    assert (cause.severity, cause.detail) == (Severity.ERROR, "underscore")
    assert "needs another name" in cause.explanation


def test_a_common_name_of_an_address_is_refused_by_those_who_take_common_names_too() -> None:
    leaf = f.leaf(f.pki().intermediate, (), common="192.0.2.10")
    observation = f.observation([leaf, f.pki().intermediate], "192.0.2.10", anchors=[f.pki().root])
    diagnosis = diagnose(observation)
    actions = {outcome.client: outcome.action.value for outcome in diagnosis.clients}
    assert actions["curl"] == "accepts"
    assert actions["openssl"] == actions["python"] == "rejects"
    assert {CauseId.NO_SAN, CauseId.HOSTNAME_MISMATCH} <= {cause.id for cause in diagnosis.causes}


def test_above_a_public_suffix_a_star_may_be_minded_below_public_roots_alone() -> None:
    """As Java does (HostnameChecker.hasIllegalWildcard)."""
    java = NameTraits(wildcard_below=WildcardBelow.NO_PUBLIC_SUFFIX, below_binds_private=False)
    leaf = parse_certificate(listing("*.co.uk"))
    assert not covers(java, leaf, "example.co.uk", public=True)
    assert covers(java, leaf, "example.co.uk", public=False)
