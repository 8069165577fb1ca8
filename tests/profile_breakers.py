"""Chains that break one rule of the profile each, and nothing else; every signature is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.domain import der
from certwizard.domain.structure import EXTENSIONS, read_structure
from tests import factory as f
from tests import surgery

ANY = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
SERVER = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
LIMITS = x509.NameConstraints([x509.DNSName("example.com")], None)
DOTTED = x509.NameConstraints([x509.DNSName(".example.com")], None)
POLICIES = x509.PolicyConstraints(require_explicit_policy=None, inhibit_policy_mapping=0)
EMPTY = der.wrap(der.SEQUENCE)


@dataclass(frozen=True)
class Chain:
    """What a server sends, and the root that is trusted."""

    sent: tuple[bytes, ...]
    root: bytes

    @property
    def der(self) -> bytes:
        """The root, as the factory's observations ask for it."""
        return self.root


def signed(data: bytes, by: f.Issued, **changes: bytes) -> bytes:
    """Return the certificate with fields replaced, signed again by its issuer's EC key."""
    changed = surgery.rebuilt(data, **changes)
    body = read_structure(changed).tbs
    assert body is not None
    assert isinstance(by.key, ec.EllipticCurvePrivateKey)
    signature = by.key.sign(body.raw, ec.ECDSA(hashes.SHA256()))
    return surgery.rebuilt(changed, signature=der.wrap(der.BIT_STRING, b"\0" + signature))


def with_leaf(**changes: object) -> Chain:
    """Return a good chain with another leaf."""
    p = f.pki()
    leaf = f.leaf(p.intermediate, **changes)  # type: ignore[arg-type]
    return Chain((leaf.der, p.intermediate.der), p.root.der)


def with_raw_leaf(**changes: bytes) -> Chain:
    """Return a good chain whose leaf has other encoded fields."""
    p = f.pki()
    return Chain((signed(p.leaf.der, p.intermediate, **changes), p.intermediate.der), p.root.der)


def with_intermediate(**changes: object) -> Chain:
    """Return a good chain through another intermediate."""
    middle = f.intermediate(f.pki().root, "Other", **changes)  # type: ignore[arg-type]
    return Chain((f.leaf(middle).der, middle.der), f.pki().root.der)


def with_root(**changes: object) -> Chain:
    """Return a good chain below another root."""
    top = f.root("Other Root", **changes)  # type: ignore[arg-type]
    middle = f.intermediate(top)
    return Chain((f.leaf(middle).der, middle.der), top.der)


def root_names_itself() -> Chain:
    """Return a chain whose root says by name and number who issued it."""
    key = x509.SubjectKeyIdentifier.from_public_key(f.ec_key("Other Root").public_key()).digest
    issuer = [x509.DirectoryName(f.name("Other Root"))]
    return with_root(having=[x509.AuthorityKeyIdentifier(key, issuer, 77)], serial=77)


def renewed_issuer() -> Chain:
    """Return a chain whose leaf names an earlier certificate of its issuer."""
    issuer = f.pki().intermediate
    key = x509.SubjectKeyIdentifier.from_public_key(issuer.key.public_key()).digest
    return with_leaf(having=[x509.AuthorityKeyIdentifier(key, [x509.DirectoryName(f.name("Test Root"))], 77)])


def old_root() -> Chain:
    """Return a chain below a root of version 1."""
    top = f.root("First Root")
    middle = f.intermediate(top)
    plain = signed(top.der, top, version=b"", extensions=b"")
    return Chain((f.leaf(middle).der, middle.der), plain)


def nameless(*, subject_of_ca: bool) -> Chain:
    """Return a chain whose intermediate has no name, so that the leaf names no issuer."""
    top = f.pki().root
    middle = f.intermediate(top, "Nameless")
    leaf = signed(f.leaf(middle).der, middle, issuer=EMPTY)
    unnamed = signed(middle.der, top, subject=EMPTY) if subject_of_ca else middle.der
    return Chain((leaf, unnamed), top.der)


def policies(*identifiers: str) -> x509.CertificatePolicies:
    """Return an extension that names these policies."""
    return x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier(each), None) for each in identifiers]
    )


def mappings(*pairs: tuple[str, str]) -> x509.UnrecognizedExtension:
    """Return an extension that maps these policies, for which the library has no type."""
    encoded = (
        der.wrap(der.SEQUENCE, *(der.wrap(der.OID, encoded_oid(each)) for each in pair)) for pair in pairs
    )
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.33"), der.wrap(der.SEQUENCE, *encoded))


def encoded_oid(text: str) -> bytes:
    """Return the octets of an identifier whose arcs are small."""
    first, second, *others = map(int, text.split("."))
    return bytes((40 * first + second, *others))


def crl_points(*names: x509.GeneralName) -> x509.CRLDistributionPoints:
    """Return an extension with one distribution point of these names."""
    return x509.CRLDistributionPoints([x509.DistributionPoint(list(names), None, None, None)])


def long_dates() -> Chain:
    """Return a chain whose leaf writes years before 2050 with four digits."""
    times = [
        der.wrap(der.GENERALIZED_TIME, f"{moment:%Y%m%d%H%M%SZ}".encode())
        for moment in (f.NOW - 30 * f.DAY, f.NOW + 60 * f.DAY)
    ]
    return with_raw_leaf(validity=der.wrap(der.SEQUENCE, *times))


def names(*entries: str) -> x509.SubjectAlternativeName:
    """Return the host's name and these."""
    return x509.SubjectAlternativeName([x509.DNSName(each) for each in (f.HOST, *entries)])


def unicode_name() -> Chain:
    """Return a chain whose leaf lists an international name as it is written."""
    kept = [each for each in surgery.extensions_of(f.pki().leaf.der) if b"\x55\x1d\x11" not in each[:12]]
    listed = surgery.san(surgery.dns(f.HOST.encode()), surgery.dns("bücher.example.com".encode()))
    return with_raw_leaf(extensions=der.wrap(EXTENSIONS, der.wrap(der.SEQUENCE, *kept, listed)))


def rsa_key(bits: int, exponent: int) -> rsa.RSAPrivateKey:
    """Return an RSA key of an unusual kind."""
    return rsa.generate_private_key(exponent, bits)


REQUIRED = x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None)
SIGNING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CODE_SIGNING])
ANSWERING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.OCSP_SIGNING])
BREAKERS: dict[str, Callable[[], Chain]] = {
    "missing-aki": lambda: with_leaf(without=[x509.AuthorityKeyIdentifier]),
    "root-aki": root_names_itself,
    "other-issuer": renewed_issuer,
    "issuer-encoding": lambda: with_leaf(issuer_name=f.name("TEST  intermediate")),
    "missing-ski": lambda: with_intermediate(without=[x509.SubjectKeyIdentifier]),
    "ca-constraints-not-critical": lambda: with_intermediate(
        having=[(x509.BasicConstraints(True, 0), False)]
    ),
    "ca-without-key-usage": lambda: with_intermediate(without=[x509.KeyUsage]),
    "usage-beyond-key": lambda: with_leaf(
        key=ed25519.Ed25519PrivateKey.generate(),
        having=[f.key_usage("digital_signature", "key_encipherment")],
    ),
    "leaf-signs-certificates": lambda: with_leaf(having=[f.key_usage("digital_signature", "key_cert_sign")]),
    "leaf-path-length": lambda: with_raw_leaf(extensions=_path_length_zero()),
    "empty-issuer": lambda: nameless(subject_of_ca=True),
    "empty-ca-subject": lambda: nameless(subject_of_ca=True),
    "empty-subject-names-not-critical": lambda: with_leaf(subject=x509.Name([])),
    "critical-names": lambda: with_leaf(having=[(names(), True)]),
    "common-name-not-listed": lambda: with_leaf(common="other.example.com"),
    "underscore": lambda: with_leaf(having=[names("my_host.example.com")]),
    "name-not-ascii": lambda: unicode_name(),
    "name-syntax": lambda: with_leaf(having=[names("my host.example.com")]),
    "wildcard-on-shared-suffix": lambda: with_leaf(having=[names("*.s3.amazonaws.com")]),
    "any-usage": lambda: with_leaf(having=[ANY]),
    "other-usages": lambda: with_leaf(having=[SIGNING]),
    "ocsp-usage": lambda: with_leaf(having=[ANSWERING]),
    "critical-usage": lambda: with_leaf(having=[(SERVER, True)]),
    "missing-usage": lambda: with_leaf(without=[x509.ExtendedKeyUsage]),
    "root-usage": lambda: with_root(having=[SERVER]),
    "leaf-name-constraints": lambda: with_leaf(having=[(LIMITS, True)]),
    "name-constraints-not-critical": lambda: with_intermediate(having=[(LIMITS, False)]),
    "name-constraints-form": lambda: with_intermediate(having=[(DOTTED, True)]),
    "policy-constraints-not-critical": lambda: with_intermediate(having=[(POLICIES, False)]),
    "explicit-policy": lambda: with_intermediate(having=[(REQUIRED, True), policies("1.2.3.4.1")]),
    "any-policy-mapped": lambda: with_intermediate(
        having=[policies("1.2.3.4.1"), mappings(("1.2.3.4.1", "2.5.29.32.0"))]
    ),
    "crl-points-form": lambda: with_leaf(having=[crl_points(x509.DNSName("crl.example.com"))]),
    "serial-zero": lambda: with_raw_leaf(serial=der.wrap(der.INTEGER, b"\0")),
    "serial-too-long": lambda: with_raw_leaf(serial=der.wrap(der.INTEGER, b"\x01" * 21)),
    "old-version": lambda: with_raw_leaf(version=b"", extensions=b""),
    "extensions-in-old-version": lambda: with_raw_leaf(version=b""),
    "old-version-root": old_root,
    "time-form": long_dates,
    "rsa-size": lambda: with_leaf(key=rsa_key(2052, 65537)),
    "rsa-exponent": lambda: with_leaf(key=rsa_key(2048, 3)),
}
"""One chain for each rule of the table."""


def _path_length_zero() -> bytes:
    constraints = der.wrap(der.SEQUENCE, der.wrap(der.INTEGER, b"\0"))
    basic = surgery.extension(b"\x55\x1d\x13", constraints, critical=True)
    others = [each for each in surgery.extensions_of(f.pki().leaf.der) if b"\x55\x1d\x13" not in each]
    return der.wrap(0xA3, der.wrap(der.SEQUENCE, *others, basic))
