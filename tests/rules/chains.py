"""Path length, building of paths, and graphs made to cost work."""

from __future__ import annotations

from cryptography import x509

from certwizard.domain.observation import Observation
from tests import factory as f
from tests.rules.case import RuleCase, given
from tests.unit.test_diagnosis_paths import cross_signed


def lengths(*allowed: int | None) -> RuleCase:
    """Return a leaf below CAs that allow so many below them, the uppermost first."""

    def make() -> Observation:
        chain: list[f.Issued] = []
        above = f.pki().root
        for number, length in enumerate(allowed):
            above = f.intermediate(above, f"CA {number}", path_length=length)
            chain.insert(0, above)
        return given(f.leaf(above), *chain)

    return RuleCase(make)


def step_to_a_new_key() -> Observation:
    """Return CAs of path length 1, of which one certified its own new key."""
    first = f.intermediate(f.pki().root, "Rolling CA", path_length=1)
    second = f.intermediate(first, "Rolling CA", key=f.ec_key("new"), path_length=1)
    third = f.intermediate(second, "Low CA", path_length=0)
    return given(f.leaf(third), third, second, first)


def ca_in_the_servers_place() -> Observation:
    """Return a CA certificate for the server, right below one that allows no CA."""
    first = f.intermediate(f.pki().root, "First CA", path_length=0)
    names = x509.SubjectAlternativeName([x509.DNSName(f.HOST)])
    return given(f.intermediate(first, f.HOST, days=(-30, 60), path_length=0, having=[names]), first)


def expired_cross_certificate() -> Observation:
    """Return a chain whose root was cross-signed once, by a root that is trusted too."""
    root, second = f.root("Root"), f.root("Second Root")
    return given(f.leaf(root), cross_signed(second, root, days=(-900, -2)), roots=[root, second])


def two_cas_in_a_circle(*, same_name: bool) -> Observation:
    """Return CAs that signed each other and nobody else."""
    one, two = f.root("One"), f.root("One" if same_name else "Two", key=f.ec_key("two"))
    return given(f.leaf(one), cross_signed(two, one), cross_signed(one, two))


def three_cas_in_a_circle() -> Observation:
    """Return a leaf below a CA of a root that two others cross-signed, and it them (CVE-2024-0567)."""
    roots = [f.root(f"Root {name}") for name in "ABC"]
    first = f.intermediate(roots[0], "CA A1")
    crossed = [cross_signed(by, of) for of in roots for by in roots if by is not of]
    beside = [f.intermediate(root, f"CA {n}1") for n, root in zip("BC", roots[1:], strict=True)]
    return given(f.leaf(first), first, *crossed, *beside, roots=roots[:1])


def unknown_root_beside_another() -> Observation:
    """Return a whole chain below a root that is not the trusted one."""
    root = f.root("Unknown Root")
    middle = f.intermediate(root, "Its CA")
    return given(f.leaf(middle), root, middle)


def unrelated(*, root: bool) -> Observation:
    """Return a good chain with a broken certificate beside it that it does not need."""
    strange = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00"), True)
    p = f.pki()
    if root:
        return given(*p.chain, roots=[p.root, f.root("Strange Root", having=[strange])])
    return given(*p.chain, f.intermediate(p.root, "Strange CA", having=[strange]))


def trusted_intermediate() -> Observation:
    """Return a chain whose intermediate is the anchor, with its root sent along."""
    p = f.pki()
    return given(p.leaf, p.root, roots=[p.intermediate])


def junk(*, same_name: bool, same_key: bool) -> RuleCase:
    """Return a leaf below a hundred CAs that lead nowhere."""

    def make() -> Observation:
        above = f.root("Junk 0", key=f.ec_key("junk 0"))
        chain: list[f.Issued] = []
        for number in range(1, 100):
            label = "Junk 0" if same_name else f"Junk {number}"
            key = f.ec_key("junk 0" if same_key else f"junk {number}")
            above = f.intermediate(above, label, key=key, days=(-500 - number, 1500))
            chain.append(above)
        return given(f.leaf(above), *chain)

    return RuleCase(make)


def many_names(*, in_subject: bool) -> RuleCase:
    """Return a leaf with two thousand names below a CA with two thousand limits."""

    def make() -> Observation:
        listed = [x509.DNSName(f"t{n}.test") for n in range(2048)]
        limits = x509.NameConstraints(
            [*listed, x509.DNSName("test")], [x509.DNSName(f"x{n}.test") for n in range(2048)]
        )
        top = f.root("Many Limits", having=[(limits, True)])
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"t{n}.test") for n in range(2048)])
        names = x509.SubjectAlternativeName(listed[:1] if in_subject else listed)
        leaf = f.leaf(top, [], having=[names], subject=subject if in_subject else f.name("t0.test"))
        return given(leaf, roots=[top], host="t0.test")

    return RuleCase(make)


TOO_LONG, NOWHERE = "path-length/@intermediate", "untrusted-root/unknown-issuer@intermediate"
CASES: dict[str, tuple[RuleCase, str]] = {
    "length: 0 above a leaf": (lengths(0), ""),
    "length: 1 above a leaf": (lengths(1), ""),
    "length: 2 above a leaf": (lengths(2), ""),
    "length: 0 above a CA": (lengths(0, 0), TOO_LONG),
    "length: it may grow again": (lengths(1, 2), ""),
    "length: too long further down": (lengths(1, 0, 0), TOO_LONG),
    "length: a step to a new key does not count": (
        RuleCase(step_to_a_new_key),
        "path-length/self-issued@intermediate",
    ),
    "length: a CA in the server's place does not count": (
        RuleCase(ca_in_the_servers_place),
        "wrong-usage/ca@leaf",
    ),
    "graph: an expired cross certificate": (RuleCase(expired_cross_certificate), "expired/@intermediate"),
    "graph: two CAs in a circle": (RuleCase(lambda: two_cas_in_a_circle(same_name=False)), NOWHERE),
    "graph: two keys of one CA in a circle": (RuleCase(lambda: two_cas_in_a_circle(same_name=True)), NOWHERE),
    "graph: three CAs in a circle with a way out": (
        RuleCase(three_cas_in_a_circle),
        "extra-certificates/unrelated@intermediate",
    ),
    "graph: an unknown root": (
        RuleCase(unknown_root_beside_another),
        "untrusted-root/root-sent@intermediate",
    ),
    "graph: an intermediate missing": (
        RuleCase(lambda: given(f.leaf(f.intermediate(f.pki().root, "Not Sent")))),
        "untrusted-root/unknown-issuer@leaf",
    ),
    "graph: a broken root beside": (RuleCase(lambda: unrelated(root=True)), ""),
    "graph: a broken CA beside": (
        RuleCase(lambda: unrelated(root=False)),
        "extra-certificates/unrelated@intermediate",
    ),
    "graph: an intermediate is the anchor": (
        RuleCase(trusted_intermediate),
        "untrusted-root/chosen-anchor@root",
    ),
    "junk: a hundred names and keys": (junk(same_name=False, same_key=False), NOWHERE),
    "junk: a hundred keys of one name": (junk(same_name=True, same_key=False), NOWHERE),
    "junk: a hundred names of one key": (junk(same_name=False, same_key=True), NOWHERE),
    "junk: a hundred times the same": (junk(same_name=True, same_key=True), "untrusted-root/@intermediate"),
    "junk: names against limits": (many_names(in_subject=False), "name-constraints/too-many@leaf"),
    "junk: names in the subject against limits": (
        many_names(in_subject=True),
        "name-constraints/too-many@leaf",
    ),
}
