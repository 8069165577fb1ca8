"""Key usage, extended key usage, basic constraints and what is critical."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from tests import factory as f
from tests.profile_breakers import policies
from tests.rules.case import RuleCase, given

STRANGE = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00"), True)
AIA = x509.AuthorityInformationAccess(
    [x509.AccessDescription(x509.OID_CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.test/ca.der"))]
)
PRECERTIFICATE = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.4")


def of_leaf(*having: f.Override, **changes: object) -> RuleCase:
    """Return a good chain of three with this leaf; the cause is filled in by the table."""
    return RuleCase(
        lambda: given(f.leaf(f.pki().intermediate, having=having, **changes), f.pki().intermediate)  # type: ignore[arg-type]
    )


def of_middle(*having: f.Override, **changes: object) -> RuleCase:
    """Return a good chain of three with this intermediate."""

    def make() -> object:
        middle = f.intermediate(f.pki().root, "Other", having=having, **changes)  # type: ignore[arg-type]
        return given(f.leaf(middle), middle)

    return RuleCase(make)  # type: ignore[arg-type]


def of_root(*having: f.Override, **changes: object) -> RuleCase:
    """Return a good chain of two below this root."""

    def make() -> object:
        root = f.root("Other Root", having=having, **changes)  # type: ignore[arg-type]
        return given(f.leaf(root), roots=[root])

    return RuleCase(make)  # type: ignore[arg-type]


def usages(*oids: x509.ObjectIdentifier) -> x509.ExtendedKeyUsage:
    """Return an extended key usage."""
    return x509.ExtendedKeyUsage(oids)


def ca_as_leaf(*having: f.Override) -> RuleCase:
    """Return a chain with a CA certificate in the server's place."""
    names = x509.SubjectAlternativeName([x509.DNSName(f.HOST)])
    return RuleCase(
        lambda: given(f.intermediate(f.pki().root, f.HOST, days=(-30, 60), having=[names, *having]))
    )


CASES: dict[str, tuple[RuleCase, str]] = {
    "leaf: usage for clients alone": (
        of_leaf(usages(Usage.CLIENT_AUTH)),
        "wrong-usage/extended-key-usage@leaf",
    ),
    "leaf: usage for precertificates alone": (
        of_leaf(usages(PRECERTIFICATE)),
        "wrong-usage/extended-key-usage@leaf",
    ),
    "leaf: any usage alone": (of_leaf(usages(Usage.ANY_EXTENDED_KEY_USAGE)), "wrong-usage/leaf-any@leaf"),
    "leaf: servers and clients": (of_leaf(usages(Usage.SERVER_AUTH, Usage.CLIENT_AUTH)), ""),
    **{
        f"leaf: servers and {name}": (
            of_leaf(usages(Usage.SERVER_AUTH, oid)),
            f"profile-violation/{'any-usage' if name == 'anything' else 'other-usages'}@leaf",
        )
        for name, oid in {
            "anything": Usage.ANY_EXTENDED_KEY_USAGE,
            "code": Usage.CODE_SIGNING,
            "mail": Usage.EMAIL_PROTECTION,
            "times": Usage.TIME_STAMPING,
            "precertificates": PRECERTIFICATE,
        }.items()
    },
    "leaf: servers and OCSP": (
        of_leaf(usages(Usage.SERVER_AUTH, Usage.OCSP_SIGNING)),
        "profile-violation/ocsp-usage@leaf",
    ),
    "leaf: no usage for a purpose": (
        of_leaf(without=[x509.ExtendedKeyUsage]),
        "profile-violation/missing-usage@leaf",
    ),
    "leaf: critical usage for a purpose": (
        of_leaf((usages(Usage.SERVER_AUTH), True)),
        "profile-violation/critical-usage@leaf",
    ),
    "leaf: no key usage": (of_leaf(without=[x509.KeyUsage]), ""),
    "leaf: a key usage that allows nothing": (of_leaf(f.key_usage()), "wrong-usage/key-usage@leaf"),
    "leaf: a key usage without a signature": (
        of_leaf(f.key_usage("key_encipherment")),
        "wrong-usage/no-signing@leaf",
    ),
    "leaf: signs certificates": (
        of_leaf(f.key_usage("digital_signature", "key_cert_sign")),
        "profile-violation/leaf-signs-certificates@leaf",
    ),
    "leaf: no basic constraints": (of_leaf(without=[x509.BasicConstraints]), ""),
    "leaf: says it is a CA": (of_leaf((x509.BasicConstraints(True, None), True)), "wrong-usage/ca@leaf"),
    "leaf: is a CA that may sign": (ca_as_leaf(), "wrong-usage/ca@leaf"),
    "leaf: is a CA that may not sign": (
        ca_as_leaf((f.key_usage("key_cert_sign"), True)),
        "wrong-usage/key-usage@leaf",
    ),
    "leaf: a strange critical extension": (of_leaf(STRANGE), "unknown-critical-extension/@leaf"),
    "leaf: a strange extension": (of_leaf((STRANGE[0], False)), ""),
    "leaf: an address of its issuer": (of_leaf(AIA), ""),
    "leaf: a critical address of its issuer": (of_leaf((AIA, True)), "unknown-critical-extension/@leaf"),
    "leaf: a policy": (of_leaf(policies("2.23.140.1.2.1")), ""),
    "intermediate: no CA": (
        of_middle((x509.BasicConstraints(False, None), True)),
        "not-a-ca/basic-constraints@intermediate",
    ),
    "intermediate: no basic constraints": (
        of_middle(without=[x509.BasicConstraints]),
        "not-a-ca/basic-constraints@intermediate",
    ),
    "intermediate: may not sign certificates": (
        of_middle((f.key_usage("crl_sign"), True)),
        "not-a-ca/key-usage@intermediate",
    ),
    "intermediate: for clients": (
        of_middle(usages(Usage.CLIENT_AUTH)),
        "wrong-usage/intermediate@intermediate",
    ),
    "intermediate: for any purpose": (
        of_middle(usages(Usage.ANY_EXTENDED_KEY_USAGE)),
        "wrong-usage/intermediate-any@intermediate",
    ),
    "intermediate: for servers and clients": (of_middle(usages(Usage.SERVER_AUTH, Usage.CLIENT_AUTH)), ""),
    "intermediate: a strange critical extension": (
        of_middle(STRANGE),
        "unknown-critical-extension/@intermediate",
    ),
    "intermediate: critical policy mappings": (
        of_middle((x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.33"), b"\x30\x00"), True)),
        "unknown-critical-extension/policy-mappings@intermediate",
    ),
    "intermediate: policy constraints not critical": (
        of_middle((x509.PolicyConstraints(3, None), False)),
        "profile-violation/policy-constraints-not-critical@intermediate",
    ),
    "root: no basic constraints": (
        of_root(without=[x509.BasicConstraints]),
        "not-a-ca/basic-constraints@root",
    ),
    "root: basic constraints not critical": (
        of_root((x509.BasicConstraints(True, None), False)),
        "profile-violation/ca-constraints-not-critical@root",
    ),
    "root: may not sign certificates": (of_root((f.key_usage(), True)), "not-a-ca/key-usage@root"),
    "root: a purpose": (of_root(usages(Usage.SERVER_AUTH)), "profile-violation/root-usage@root"),
    "root: another purpose": (of_root(usages(Usage.CLIENT_AUTH)), "wrong-usage/root@root"),
    "root: a strange critical extension": (of_root(STRANGE), "unknown-critical-extension/@root"),
}
