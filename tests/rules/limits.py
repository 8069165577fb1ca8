"""Name constraints: where they stand, how they are written, whom they bind."""

from __future__ import annotations

import ipaddress

from cryptography import x509

from certwizard.domain import der
from certwizard.domain.observation import Observation
from tests import factory as f
from tests.rules.case import RuleCase, given

DNS = x509.DNSName
OTHER = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.55555.3"), b"\x05\x00")
Names = list[x509.GeneralName]
WEB, NET = "www.example.com", "192.0.2.1"


def net(text: str) -> x509.GeneralName:
    """Return a network."""
    return x509.IPAddress(ipaddress.ip_network(text))


def bound(
    permitted: Names | None, excluded: Names | None, *names: x509.GeneralName, host: str = WEB, critical: bool = True,
    root: bool = False, **changes: object,
) -> RuleCase:  # fmt: skip
    """Return a leaf with these names below a CA with these limits."""

    def make() -> Observation:
        limits = (x509.NameConstraints(permitted, excluded), critical)
        san = x509.SubjectAlternativeName(names or [DNS(WEB)])
        if root:
            top = f.root("Limited Root", having=[limits])
            leaf = f.leaf(top, [], common="A server", having=[san], **changes)  # type: ignore[arg-type]
            return given(leaf, roots=[top], host=host)
        ca = f.intermediate(f.pki().root, "Limited CA", having=[limits])
        return given(f.leaf(ca, [], common="A server", having=[san], **changes), ca, host=host)  # type: ignore[arg-type]

    return RuleCase(make)


def written(value: bytes, names: Names | None = None, host: str = WEB) -> RuleCase:
    """Return a leaf below a CA whose limits are these bytes."""

    def make() -> Observation:
        limits = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.30"), value)
        ca = f.intermediate(f.pki().root, "Oddly Limited CA", having=[(limits, True)])
        san = x509.SubjectAlternativeName(names or [DNS(WEB)])
        return given(f.leaf(ca, [], common="A server", having=[san]), ca, host=host)

    return RuleCase(make)


def permitting(*bases: bytes) -> bytes:
    """Return limits that permit these encoded names."""
    return der.wrap(der.SEQUENCE, der.wrap(0xA0, *(der.wrap(der.SEQUENCE, base) for base in bases)))


def below_named_ca(limits_at: str, own: str, *, self_issued: bool = False) -> RuleCase:
    """Return a chain whose lower CA has a name of its own, below limits of the root or of the upper CA."""

    def make() -> Observation:
        limits = (x509.NameConstraints([DNS("example.com")], [DNS("secret.example.com")]), True)
        top = f.root("Limited Root", having=[limits] if limits_at == "root" else [])
        upper = f.intermediate(top, "Upper CA", having=[limits] if limits_at == "upper" else [])
        names = x509.SubjectAlternativeName([DNS(own)])
        common = "Upper CA" if self_issued else "Lower CA"
        lower = f.intermediate(upper, common, key=f.ec_key("lower"), having=[names])
        return given(f.leaf(lower), lower, upper, roots=[top])

    return RuleCase(make)


def nested(first: Names, second: Names) -> RuleCase:
    """Return a chain with limits at two CAs, the upper one's first."""

    def make() -> Observation:
        upper = f.intermediate(f.pki().root, "Upper CA", having=[(x509.NameConstraints(first, None), True)])
        lower = f.intermediate(upper, "Lower CA", having=[(x509.NameConstraints(second, None), True)])
        return given(f.leaf(lower), lower, upper)

    return RuleCase(make)


def in_leaf(*, critical: bool) -> RuleCase:
    """Return a leaf that has limits itself."""
    limits = (x509.NameConstraints([DNS("example.com")], None), critical)
    return RuleCase(lambda: given(f.leaf(f.pki().root, having=[limits])))


def another_way(*, second_root: bool) -> RuleCase:
    """Return a leaf whose CA has two certificates: one with a name that the limits exclude, one without."""

    def make() -> Observation:
        limits = (x509.NameConstraints([DNS("example.com")], [DNS("secret.example.com")]), True)
        good, other = f.root("Good Root"), f.root("Other Root")
        upper = f.intermediate(other if second_root else good, "Upper CA", having=[limits])
        names = x509.SubjectAlternativeName([DNS("secret.example.com")])
        named = f.intermediate(upper if second_root else other, "Lower CA", having=[names])
        plain = f.intermediate(good if second_root else upper, "Lower CA", key=named.key)
        roots = [good, other] if second_root else [good]
        return given(f.leaf(named), named, upper, plain, roots=roots)

    return RuleCase(make)


SOME: Names = [DNS("example.com")]
BROKEN, OUT = "name-constraints/not-permitted@leaf", "name-constraints/excluded@leaf"
DIRECTORY_BROKEN = "name-constraints/directory@leaf"
NOTED = "name-constraints/unsupported@leaf"
DIRECTORY: Names = [x509.DirectoryName(f.name(None, "Company"))]
CASES: dict[str, tuple[RuleCase, str]] = {
    "dns: permitted": (bound(SOME, None), ""),
    "dns: permitted, further below": (bound(SOME, None, DNS("a.b.example.com"), host="a.b.example.com"), ""),
    "dns: permitted by the root": (bound(SOME, None, root=True), ""),
    "dns: another": (bound(SOME, None, DNS("not-example.com"), host="not-example.com"), BROKEN),
    "dns: another than the root permits": (bound([DNS("other.com")], None, root=True), BROKEN),
    "dns: excluded": (bound(None, SOME), OUT),
    "dns: another is excluded": (bound(None, [DNS("other.com")]), ""),
    "dns: the second is excluded": (bound(None, [DNS("no.example.com")], DNS(WEB), DNS("no.example.com")), OUT),
    "dns: permitted and excluded": (bound(SOME, SOME), OUT),
    "dns: a wildcard over an excluded name": (
        bound(SOME, [DNS("bar.example.com")], DNS("*.example.com"), host="bar.example.com"),
        "name-constraints/wildcard@leaf",
    ),
    "dns: a wildcard over a permitted name": (
        bound([DNS("foo.example.com")], None, DNS("*.example.com"), host="foo.example.com"),
        BROKEN,
    ),
    "dns: no name at all": (bound(SOME, None, DNS(".example.com"), DNS(WEB)), "name-constraints/not-a-name@leaf"),
    "dns: addresses are limited": (bound([net("192.0.2.0/24")], None), ""),
    "dns: addresses are excluded": (bound(None, [net("192.0.2.0/24")]), ""),
    "dns: not critical": (
        bound(SOME, None, critical=False),
        "profile-violation/name-constraints-not-critical@intermediate",
    ),
    "ip: permitted": (bound([net("192.0.2.0/24")], None, x509.IPAddress(ipaddress.ip_address(NET)), host=NET), ""),
    "ip: another": (bound([net("192.0.3.0/24")], None, x509.IPAddress(ipaddress.ip_address(NET)), host=NET), BROKEN),
    "ip: excluded": (bound(None, [net("192.0.2.0/24")], x509.IPAddress(ipaddress.ip_address(NET)), host=NET), OUT),
    "ipv6: permitted": (bound([net("::1/128")], None, x509.IPAddress(ipaddress.ip_address("::1")), host="::1"), ""),
    "ipv6: excluded": (bound(None, [net("::1/128")], x509.IPAddress(ipaddress.ip_address("::1")), host="::1"), OUT),
    "ip: a network in the leaf": (
        bound([net("192.0.2.0/24")], None, net("192.0.2.0/24"), x509.IPAddress(ipaddress.ip_address(NET)), host=NET),
        BROKEN,
    ),
    "directory: permitted": (
        bound(DIRECTORY, None, organisation="Company"),
        "unknown-critical-extension/limits@intermediate",
    ),
    "directory: another": (bound(DIRECTORY, None, organisation="Other"), DIRECTORY_BROKEN),
    "directory: excluded": (bound(None, DIRECTORY, organisation="Company"), OUT),
    "directory: the listed one is another": (
        bound(DIRECTORY, None, DNS(WEB), x509.DirectoryName(f.name("x", "Other")), organisation="Company"),
        DIRECTORY_BROKEN,
    ),
    "directory: the listed one is excluded": (
        bound(None, DIRECTORY, DNS(WEB), x509.DirectoryName(f.name("x", "Company")), organisation="Other"),
        OUT,
    ),
    "other name: excluded": (bound(SOME, [OTHER], DNS(WEB), OTHER), NOTED),
    "other name: excluded, and absent": (
        bound(SOME, [OTHER]),
        "unknown-critical-extension/limits@intermediate",
    ),
    "form: a wildcard": (written(permitting(der.wrap(0x82, b"*.example.com"))), BROKEN),
    "form: a dot in front": (
        written(permitting(der.wrap(0x82, b".example.com"))),
        "profile-violation/name-constraints-form@intermediate",
    ),
    "form: an address without mask": (
        written(permitting(der.wrap(0x87, b"\x7f\0\0\1")), [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))],
                "127.0.0.1"),
        BROKEN,
    ),
    "form: an address of version 6 without mask": (
        written(permitting(der.wrap(0x87, b"\0" * 15 + b"\1")), [x509.IPAddress(ipaddress.ip_address("::1"))], "::1"),
        BROKEN,
    ),
    "form: nothing in it": (written(der.wrap(der.SEQUENCE)), "malformed/@intermediate"),
    "form: two empty lists": (
        written(der.wrap(der.SEQUENCE, der.wrap(0xA0), der.wrap(0xA1))),
        "malformed/@intermediate",
    ),
    "form: levels are counted": (
        written(
            der.wrap(
                der.SEQUENCE,
                der.wrap(0xA0, der.wrap(der.SEQUENCE, der.wrap(0x82, b"example.com"), der.wrap(0x80, b"\1"))),
            )
        ),
        "name-constraints/bounded@leaf",
    ),
    "place: in the leaf": (in_leaf(critical=False), "profile-violation/leaf-name-constraints@leaf"),
    "place: in the leaf, critical": (in_leaf(critical=True), "profile-violation/leaf-name-constraints@leaf"),
    "bound: a CA below, by the root": (
        below_named_ca("root", "secret.example.com"),
        "name-constraints/excluded@intermediate",
    ),
    "bound: a CA below, by a CA": (
        below_named_ca("upper", "secret.example.com"),
        "name-constraints/excluded@intermediate",
    ),
    "bound: a CA below, permitted": (below_named_ca("upper", "ca.example.com"), ""),
    "bound: a step to a new key is exempt": (
        below_named_ca("upper", "elsewhere.test", self_issued=True),
        "name-constraints/self-issued@intermediate",
    ),
    "nested: narrower below": (nested([DNS("bar.example.com"), DNS(WEB)], [DNS("bar.example.com")]), BROKEN),
    "nested: wider below": (nested([DNS("bar.example.com")], [DNS("bar.example.com"), DNS(WEB)]), BROKEN),
    "way: the bad one leads nowhere": (
        another_way(second_root=False),
        "untrusted-root/unknown-issuer@intermediate",  # OpenSSL takes it all the same
    ),
    "way: the bad one leads to another root": (
        another_way(second_root=True),
        "name-constraints/excluded@intermediate",
    ),
}  # fmt: skip
