"""Name constraints by RFC 5280 4.2.1.10, kind by kind, through real certificates."""

from __future__ import annotations

import ipaddress

import pytest
from cryptography import x509

from certwizard.diagnosis.constraints import ConstraintChecker
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction
from certwizard.domain import der
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import Severity
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
    """Form by form."""
    assert rule_broken(name, None, [base]) == ("excluded" if hit else "")


def test_a_wildcard_that_could_stand_for_an_excluded_name_is_a_case_of_its_own() -> None:
    """Browsers and Go refuse (CVE-2025-61727), OpenSSL and Java do not (measured)."""
    assert rule_broken(DNS("*.example.com"), None, [DNS("bar.example.com")]) == "wildcard"


def test_what_is_excluded_is_not_saved_by_being_permitted() -> None:
    """The exclusion takes precedence."""
    assert rule_broken(DNS("example.com"), [DNS("example.com")], [DNS("example.com")]) == "excluded"


def test_a_name_that_is_none_breaks_constraints_on_names() -> None:
    """It cannot be compared."""
    assert rule_broken(DNS(".example.com"), [DNS("example.com")], None) == "not-a-name"


OTHER = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.55738.666.3"), b"\x05\x00")
REGISTERED = x509.RegisteredID(x509.ObjectIdentifier("1.2.3"))


@pytest.mark.parametrize("name", [OTHER, REGISTERED], ids=["other name", "registered id"])
@pytest.mark.parametrize("permitted", [True, False])
def test_a_limit_on_a_form_that_nobody_compares_is_broken_by_any_name_of_it(
    name: x509.GeneralName, permitted: bool
) -> None:
    """RFC 5280 4.2.1.10: process the constraint or reject (OpenSSL error 51, Java: measured)."""
    assert rule_broken(name, *(([name], None) if permitted else (None, [name]))) == "unsupported"
    assert rule_broken(DNS("example.com"), *(([name], None) if permitted else (None, [name]))) == ""


def limited(base: x509.GeneralName, *, critical: bool = True, excluded: bool = False) -> f.Issued:
    """Return a CA with one limit, below the usual root."""
    limits = x509.NameConstraints(None if excluded else [base], [base] if excluded else None)
    return f.intermediate(f.pki().root, "Limited", having=[(limits, critical)])


def found(*chain: f.Issued, host: str = f.HOST) -> list[tuple[C, str, Severity, int | None]]:
    """Return the causes of a chain below the usual root that are no matter of form."""
    causes = diagnose(f.observation(chain, host, anchors=[f.pki().root], anchor_stores=("ca-file",))).causes
    return [(c.id, c.detail, c.severity, c.certificate) for c in causes if c.id is not C.PROFILE_VIOLATION]


def leaf_of(authority: f.Issued, *names: x509.GeneralName, **changes: object) -> f.Issued:
    """Return a leaf with these entries beside its host."""
    san = x509.SubjectAlternativeName([DNS(f.HOST), *names])
    return f.leaf(authority, [], common=f.HOST, having=[san], **changes)  # type: ignore[arg-type]


def refusing(*chain: f.Issued, host: str = f.HOST) -> set[str]:
    """Return the clients that refuse."""
    diagnosis = diagnose(f.observation(chain, host, anchors=[f.pki().root], anchor_stores=("ca-file",)))
    return {outcome.client for outcome in diagnosis.clients if outcome.action is ClientAction.REJECTS}


def test_a_limit_that_counts_levels_cannot_be_applied() -> None:
    """RFC 5280 4.2.1.10 wants minimum 0 and no maximum (OpenSSL error 49, Java: measured)."""
    base = der.wrap(0x82, b"example.com")
    for bound in (der.wrap(0x80, b"\x01"), der.wrap(0x81, b"\x05")):
        value = der.wrap(der.SEQUENCE, der.wrap(0xA0, der.wrap(der.SEQUENCE, base, bound)))
        limits = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.30"), value)
        authority = f.intermediate(f.pki().root, "Counting", having=[(limits, True)])
        assert found(f.leaf(authority), authority) == [(C.NAME_CONSTRAINTS, "bounded", Severity.ERROR, 0)]


def test_limits_on_forms_that_go_does_not_read_are_told_of() -> None:
    """Go calls critical ones unhandled (measured); the standard allows them, so it is no error."""
    authority = limited(DIRECTORY(f.name(None, "Company")))
    leaf = f.leaf(authority, organisation="Company")
    assert found(leaf, authority) == [(C.UNKNOWN_CRITICAL_EXTENSION, "limits", Severity.WARNING, 1)]
    assert refusing(leaf, authority) == set()
    loose = limited(DIRECTORY(f.name(None, "Company")), critical=False)
    assert found(f.leaf(loose, organisation="Company"), loose) == []


def test_the_subject_has_to_lie_in_the_limits_on_directory_names() -> None:
    """Go reads them only where they are critical, and then refuses for another reason (measured)."""
    authority = limited(DIRECTORY(f.name(None, "Company")))
    leaf = f.leaf(authority, organisation="Other")
    assert (C.NAME_CONSTRAINTS, "directory", Severity.ERROR, 0) in found(leaf, authority)
    loose = limited(DIRECTORY(f.name(None, "Company")), critical=False)
    other = f.leaf(loose, organisation="Other")
    assert found(other, loose) == [(C.NAME_CONSTRAINTS, "uncritical-directory", Severity.ERROR, 0)]
    assert {"openssl", "java"} <= refusing(other, loose)
    assert "go" not in refusing(other, loose)


def test_an_address_in_the_subject_is_held_against_limits_by_openssl_alone() -> None:
    """Whether or not the list of names has an address too (measured)."""
    authority = limited(MAIL("example.com"))
    subject = x509.Name([*f.name(f.HOST), x509.NameAttribute(x509.NameOID.EMAIL_ADDRESS, "a@other.example")])
    for more in ((), (MAIL("b@example.com"),)):
        leaf = leaf_of(authority, *more, subject=subject)
        assert found(leaf, authority) == [(C.NAME_CONSTRAINTS, "subject-email", Severity.ERROR, 0)]
        assert {"openssl", "curl", "nodejs"} <= refusing(leaf, authority)
        assert not {"go", "java", "chrome"} & refusing(leaf, authority)


IP_ONLY = x509.SubjectAlternativeName([address("192.0.2.1")])


@pytest.mark.parametrize(
    ("common", "expected", "refuses"),
    [
        ("www.other.example", ("common-name", Severity.ERROR), {"openssl", "curl", "java"}),
        ("server", ("common-name-label", Severity.WARNING), set()),
        ("My Server", None, set()),
        ("192.0.2.1", None, set()),
        (f.HOST, None, set()),
    ],
)
def test_the_common_name_counts_where_no_host_name_is_listed(
    common: str, expected: tuple[str, Severity] | None, refuses: set[str]
) -> None:
    """OpenSSL takes a name with a dot, Java any that could be a host's, Go and browsers none (measured)."""
    authority = limited(DNS("example.com"))
    leaf = f.leaf(authority, [], common=common, having=[IP_ONLY])
    wanted = [(C.NAME_CONSTRAINTS, *expected, 0)] if expected else []
    assert found(leaf, authority, host="192.0.2.1") == wanted
    assert refuses <= refusing(leaf, authority, host="192.0.2.1")
    assert "go" not in refusing(leaf, authority, host="192.0.2.1")


def test_the_common_name_of_a_ca_is_held_against_limits_by_java_alone() -> None:
    """A one-word name looks like a host's (measured); it breaks nothing, so it is no error."""
    top = limited(DNS("example.com"))
    for common, detail in (("IssuingCA", "common-name-label"), ("Issuing CA", "")):
        low = f.intermediate(top, common)
        wanted = [(C.NAME_CONSTRAINTS, detail, Severity.WARNING, 1)] if detail else []
        assert found(f.leaf(low), low, top) == wanted


def test_a_listed_host_name_takes_the_common_name_out_of_the_comparison() -> None:
    authority = limited(DNS("example.com"))
    assert found(f.leaf(authority, common="www.other.example"), authority) == []


def test_the_names_of_an_intermediate_are_bound_too() -> None:
    """OpenSSL, Go and Java refuse (measured)."""
    top = limited(DNS("example.com"))
    own = x509.SubjectAlternativeName([DNS("elsewhere.test")])
    low = f.intermediate(top, "Low CA", having=[own])
    assert found(f.leaf(low), low, top) == [(C.NAME_CONSTRAINTS, "not-permitted", Severity.ERROR, 1)]


def test_what_breaks_the_standard_is_told_before_what_one_verifier_minds() -> None:
    """Of one CA's limits the worst breach is named."""
    top = limited(DNS("example.com"))
    low = f.intermediate(top, "IssuingCA")
    leaf = f.leaf(low, ["elsewhere.test"])
    assert (C.NAME_CONSTRAINTS, "not-permitted", Severity.ERROR, 0) in found(leaf, low, top)


def test_limits_that_follow_each_other_all_bind() -> None:
    """A CA below can narrow what it may do, and never widen it."""
    narrow, wide = [DNS("bar.example.com")], [DNS("bar.example.com"), DNS("www.example.com")]
    for first, second in ((wide, narrow), (narrow, wide)):
        top = f.intermediate(f.pki().root, "Top", having=[(x509.NameConstraints(first, None), True)])
        low = f.intermediate(top, "Low CA", having=[(x509.NameConstraints(second, None), True)])
        assert (C.NAME_CONSTRAINTS, "not-permitted", Severity.ERROR, 0) in found(f.leaf(low), low, top)
        fine = f.leaf(low, ["bar.example.com"])
        assert found(fine, low, top, host="bar.example.com") == []


def test_a_self_issued_intermediate_is_exempt() -> None:
    """It changes keys, not names (RFC 5280 6.1.3); Go alone does not exempt it (measured)."""
    limits = x509.NameConstraints([DNS("example.com")], None)
    top = f.root("Same", having=[(limits, True)])
    own_name = x509.SubjectAlternativeName([DNS("elsewhere.test")])
    middle = f.intermediate(top, "Same", key=f.ec_key("next"), having=[own_name])
    leaf = f.leaf(middle, ["example.com"])
    path = [parse_certificate(each.der) for each in (leaf, middle, top)]
    (violation,) = ConstraintChecker().violations(path)
    assert (violation.kind, violation.everywhere) == ("self-issued", False)
    diagnosis = diagnose(f.observation((leaf, middle), "example.com", anchors=[top]))
    assert [(c.id, c.detail, c.severity) for c in diagnosis.causes if c.id is C.NAME_CONSTRAINTS] == [
        (C.NAME_CONSTRAINTS, "self-issued", Severity.WARNING)
    ]


def test_more_comparisons_than_clients_bear_are_a_refusal_and_cost_little() -> None:
    """A million pairs are not compared."""
    limits = x509.NameConstraints([DNS(f"n{n}.test") for n in range(1000)], None)
    top = f.root("Many", having=[(limits, True)])
    leaf = f.leaf(top, [f"n{n}.test" for n in range(1000)])
    path = [parse_certificate(leaf.der), parse_certificate(top.der)]
    checker = ConstraintChecker()
    assert [each.rule for each in checker.violations(path)] == ["too-many"]
    assert checker.complete(path)


def test_names_that_were_not_compared_are_neither_good_nor_bad() -> None:
    """The work is shared by all paths; what it does not reach is said to be open."""
    limits = x509.NameConstraints([DNS("other.test")], None)
    top = f.root("Many", having=[(limits, True)])
    leaf = f.leaf(top, [f"n{n}.test" for n in range(100)])
    path = [parse_certificate(leaf.der), parse_certificate(top.der)]
    checker = ConstraintChecker(budget=50)
    assert checker.violations(path) == ()
    assert not checker.complete(path)
