"""Name constraints by RFC 5280 4.2.1.10, kind by kind, through real certificates."""

from __future__ import annotations

import ipaddress
from time import perf_counter

import pytest
from cryptography import x509

from certwizard.diagnosis.constraints import ConstraintChecker
from certwizard.domain.parsing import parse_certificate
from tests import factory as f

DNS, MAIL, URI, DIRECTORY = x509.DNSName, x509.RFC822Name, x509.UniformResourceIdentifier, x509.DirectoryName


def network(text: str) -> x509.GeneralName:
    """Return a network as the base of a subtree."""
    return x509.IPAddress(ipaddress.ip_network(text))


def address(text: str) -> x509.GeneralName:
    """Return an address as a name."""
    return x509.IPAddress(ipaddress.ip_address(text))


def rule_broken(
    name: x509.GeneralName, permitted: list[x509.GeneralName] | None, excluded: list[x509.GeneralName] | None
) -> str:
    """Return how a leaf with this name breaks a CA's constraints, or an empty text."""
    limits = x509.NameConstraints(permitted, excluded)
    authority = f.root("Limited", having=[(limits, True)])
    san = x509.SubjectAlternativeName([name])
    leaf = f.leaf(authority, [], common="x", having=[san], subject=x509.Name([]))
    found = ConstraintChecker().violations([parse_certificate(leaf.der), parse_certificate(authority.der)])
    return found[0].rule if found else ""


PERMITTED = [
    (DNS("example.com"), DNS("example.com"), True),
    (DNS("a.b.example.com"), DNS("example.com"), True),
    (DNS("EXAMPLE.com"), DNS("example.COM"), True),
    (DNS("notexample.com"), DNS("example.com"), False),
    (DNS("example.com"), DNS(".example.com"), False),
    (DNS("a.example.com"), DNS(".example.com"), True),
    (DNS("*.example.com"), DNS("example.com"), True),
    (DNS("*.example.org"), DNS("example.com"), False),
    (DNS("anything.test"), DNS(""), True),
    (address("192.0.2.1"), network("192.0.2.0/24"), True),
    (address("192.0.3.1"), network("192.0.2.0/24"), False),
    (address("2001:db8::1"), network("2001:db8::/32"), True),
    (address("2001:db8::1"), network("192.0.2.0/24"), False),
    (MAIL("a@example.com"), MAIL("example.com"), True),
    (MAIL("a@sub.example.com"), MAIL("example.com"), False),
    (MAIL("a@sub.example.com"), MAIL(".example.com"), True),
    (MAIL("a@example.com"), MAIL("a@example.com"), True),
    (MAIL("b@example.com"), MAIL("a@example.com"), False),
    (URI("https://www.example.com/x"), URI(".example.com"), True),
    (URI("https://example.org/x"), URI(".example.com"), False),
    (URI("urn:nobody"), URI("example.com"), False),
    (DIRECTORY(f.name("x", "Company")), DIRECTORY(f.name(None, "Company")), True),
    (DIRECTORY(f.name("x", "COMPANY")), DIRECTORY(f.name(None, "Company")), True),
    (DIRECTORY(f.name("x", "Other")), DIRECTORY(f.name(None, "Company")), False),
    (DNS("example.com"), MAIL("example.org"), True),
]


@pytest.mark.parametrize(("name", "base", "holds"), PERMITTED, ids=str)
def test_a_name_must_lie_in_a_permitted_subtree_of_its_kind(
    name: x509.GeneralName, base: x509.GeneralName, holds: bool
) -> None:
    """Names of a kind without permitted subtrees are free."""
    assert rule_broken(name, [base], None) == ("" if holds else "not-permitted")


@pytest.mark.parametrize(
    ("name", "base", "hit"),
    [
        (DNS("www.example.com"), DNS("example.com"), True),
        (DNS("*.example.com"), DNS("bar.example.com"), True),
        (DNS("*.example.com"), DNS("a.bar.example.com"), False),
        (DNS("www.example.org"), DNS("example.com"), False),
        (address("192.0.2.1"), network("192.0.2.0/24"), True),
        (MAIL("a@example.com"), MAIL("example.com"), True),
        (DIRECTORY(f.name("x", "Company")), DIRECTORY(f.name(None, "Company")), True),
    ],
    ids=str,
)
def test_a_name_must_not_lie_in_an_excluded_subtree(
    name: x509.GeneralName, base: x509.GeneralName, hit: bool
) -> None:
    """A wildcard also hits the excluded name that it could stand for."""
    assert rule_broken(name, None, [base]) == ("excluded" if hit else "")


def test_what_is_excluded_is_not_saved_by_being_permitted() -> None:
    """The exclusion takes precedence."""
    assert rule_broken(DNS("example.com"), [DNS("example.com")], [DNS("example.com")]) == "excluded"


def test_a_name_that_is_none_breaks_constraints_on_names() -> None:
    """It cannot be compared."""
    assert rule_broken(DNS(".example.com"), [DNS("example.com")], None) == "not-a-name"


def test_a_self_issued_intermediate_is_exempt() -> None:
    """It changes keys, not names (RFC 5280 6.1.3)."""
    limits = x509.NameConstraints([DNS("example.com")], None)
    top = f.root("Same", having=[(limits, True)])
    own_name = x509.SubjectAlternativeName([DNS("elsewhere.test")])
    middle = f.intermediate(top, "Same", key=f.ec_key("next"), having=[own_name])
    leaf = f.leaf(middle, ["example.com"])
    path = [parse_certificate(each.der) for each in (leaf, middle, top)]
    assert ConstraintChecker().violations(path) == ()


def test_more_comparisons_than_clients_bear_are_a_refusal_and_cost_little() -> None:
    """A million pairs are not compared."""
    limits = x509.NameConstraints([DNS(f"n{n}.test") for n in range(1000)], None)
    top = f.root("Many", having=[(limits, True)])
    leaf = f.leaf(top, [f"n{n}.test" for n in range(1000)])
    path = [parse_certificate(leaf.der), parse_certificate(top.der)]
    begin = perf_counter()
    assert [each.rule for each in ConstraintChecker().violations(path)] == ["too-many"]
    assert perf_counter() - begin < 1
