"""Odd contents: limits of CAs, usages, extensions, and what only strict clients look at; and two faults at once."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from OpenSSL import SSL

from tests import factory as f
from tests.real.odd.server import HOST, TODAY, Odd, Recipe, ca, leaf, middle, root, top, with_ca, with_leaf

GONE, COMING = (-90.0, -5.0), (5.0, 90.0)
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
CA_TRUE = x509.BasicConstraints(ca=True, path_length=None)
NO_KEY_ID, NO_OWN_KEY_ID = x509.AuthorityKeyIdentifier, x509.SubjectKeyIdentifier


def _limited(
    *permitted: x509.GeneralName, excluded: tuple[x509.GeneralName, ...] = (), **changes: Any
) -> Odd:
    """A CA that may issue for some names only."""
    limits = x509.NameConstraints(permitted or None, excluded or None)
    authority = ca(top(), "Odd Limited CA", having=[(limits, True)])
    made = leaf(authority, **changes)
    return Odd((made, authority), made.key, (top(),))


def _limited_root() -> Odd:
    limits = x509.NameConstraints([x509.DNSName("other.test")], None)
    anchor = root("Odd Limited Root", having=[(limits, True)])
    return with_ca(ca(anchor), roots=(anchor,))


def _usages(*usages: x509.ObjectIdentifier, of: str = "leaf") -> Odd:
    extension = x509.ExtendedKeyUsage(usages)
    if of == "leaf":
        return with_leaf(having=[extension])
    if of == "ca":
        return with_ca(ca(top(), "Odd Usage CA", having=[extension]))
    anchor = root("Odd Usage Root", having=[extension])
    return with_ca(ca(anchor), roots=(anchor,))


def _odd_ca(**changes: Any) -> Odd:
    return with_ca(ca(top(), "Odd CA", **changes))


def _odd_root(**changes: Any) -> Odd:
    anchor = root("Odd Odd Root", **changes)
    return with_ca(ca(anchor), roots=(anchor,))


def _key_id(key_id: bytes | None, *, issuer: bool = False, serial: int = 4711) -> Odd:
    """A leaf that describes its issuer otherwise than the issuer is."""
    names = [x509.DirectoryName(f.name("Somebody else"))] if issuer else None
    aki = x509.AuthorityKeyIdentifier(key_id, names, serial if issuer else None)
    return with_leaf(having=[aki])


def _policies(*, required: bool, named: bool) -> Odd:
    """A CA that demands policies from below, which the certificate has or has not."""
    policy = x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier("1.3.6.1.4.1.99999.2"), None)]
    )
    limits = [(x509.PolicyConstraints(0, None), True)] if required else []
    authority = ca(top(), "Odd Policy CA", having=[*limits, policy])
    made = leaf(authority, having=[policy] if named else [])
    return Odd((made, authority), made.key, (top(),))


def with_ca_and_leaf_gone() -> Odd:
    """Return a server whose certificate and intermediate are both expired."""
    authority = ca(top(), "Odd Gone CA", days=(-900, -3))
    made = leaf(authority, days=GONE)
    return Odd((made, authority), made.key, (top(),))


def _staple_promised() -> Odd:
    return with_leaf(having=[x509.TLSFeature([x509.TLSFeatureType.status_request])])


def _length(path_length: int, *, below: int, at_root: bool = False) -> Odd:
    anchor = root("Odd Short Root", having=[x509.BasicConstraints(ca=True, path_length=path_length)])
    authority = anchor if at_root else ca(top(), "Odd Short CA", path_length=path_length)
    chain = [] if at_root else [authority]
    for number in range(below):
        authority = ca(authority, f"Odd CA below {number}")
        chain.append(authority)
    return with_ca(authority, *reversed(chain[:-1]), roots=(anchor,) if at_root else ())


RULES: dict[str, Recipe] = {
    "limited-permitted": lambda: _limited(x509.DNSName("example.com")),
    "limited-not-permitted": lambda: _limited(x509.DNSName("other.test")),
    "limited-excluded": lambda: _limited(excluded=(x509.DNSName("example.com"),)),
    "limited-address": lambda: _limited(
        x509.IPAddress(ipaddress.ip_network("10.0.0.0/8")), names=[HOST, "192.0.2.1"]
    ),
    "limited-address-alone": lambda: _limited(x509.IPAddress(ipaddress.ip_network("10.0.0.0/8"))),
    "limited-directory": lambda: _limited(x509.DirectoryName(f.name(None, "Somebody"))),
    "limited-email": lambda: _limited(x509.RFC822Name("example.com")),
    "limited-common-name": lambda: _limited(x509.DNSName("other.test"), names=(), common=HOST),
    "limited-title": lambda: _limited(x509.DNSName("example.com"), common="A title with spaces"),
    "limited-wildcard": lambda: _limited(x509.DNSName("odd.example.com"), names=["*.example.com"]),
    "limited-root": _limited_root,
    "limited-on-other-name": lambda: _limited(x509.DNSName("example.com"), names=[HOST, "other.test"]),
    "usage-client": lambda: _usages(Usage.CLIENT_AUTH),
    "usage-any": lambda: _usages(Usage.ANY_EXTENDED_KEY_USAGE),
    "usage-both": lambda: _usages(Usage.SERVER_AUTH, Usage.CLIENT_AUTH),
    "usage-none": lambda: with_leaf(without=[x509.ExtendedKeyUsage]),
    "usage-ca-client": lambda: _usages(Usage.CLIENT_AUTH, of="ca"),
    "usage-ca-any": lambda: _usages(Usage.ANY_EXTENDED_KEY_USAGE, of="ca"),
    "usage-ca-server": lambda: _usages(Usage.SERVER_AUTH, of="ca"),
    "usage-root-client": lambda: _usages(Usage.CLIENT_AUTH, of="root"),
    "key-usage-encipher": lambda: with_leaf(key=f.rsa_key(2048), having=[f.key_usage("key_encipherment")]),
    "key-usage-encipher-ec": lambda: with_leaf(having=[f.key_usage("key_encipherment")]),
    "key-usage-agreement": lambda: with_leaf(having=[f.key_usage("key_agreement")]),
    "key-usage-commitment": lambda: with_leaf(having=[f.key_usage("content_commitment")]),
    "key-usage-cert-sign": lambda: with_leaf(having=[f.key_usage("digital_signature", "key_cert_sign")]),
    "key-usage-none": lambda: with_leaf(without=[x509.KeyUsage]),
    "leaf-ca-true": lambda: with_leaf(having=[CA_TRUE]),
    "leaf-ca-true-cert-sign": lambda: with_leaf(
        having=[CA_TRUE, f.key_usage("digital_signature", "key_cert_sign")]
    ),
    "leaf-no-constraints": lambda: with_leaf(without=[x509.BasicConstraints]),
    "leaf-no-key-ids": lambda: with_leaf(without=[NO_KEY_ID, NO_OWN_KEY_ID]),
    "leaf-unknown-critical": lambda: with_leaf(having=[(UNKNOWN, True)]),
    "leaf-unknown": lambda: with_leaf(having=[(UNKNOWN, False)]),
    "ca-unknown-critical": lambda: _odd_ca(having=[(UNKNOWN, True)]),
    "ca-no-constraints": lambda: _odd_ca(without=[x509.BasicConstraints]),
    "ca-no-constraints-no-usage": lambda: _odd_ca(without=[x509.BasicConstraints, x509.KeyUsage]),
    "ca-false": lambda: _odd_ca(having=[x509.BasicConstraints(ca=False, path_length=None)]),
    "ca-constraints-not-critical": lambda: _odd_ca(having=[(CA_TRUE, False)]),
    "ca-no-usage": lambda: _odd_ca(without=[x509.KeyUsage]),
    "ca-no-cert-sign": lambda: _odd_ca(having=[f.key_usage("crl_sign", "digital_signature")]),
    "ca-no-own-key-id": lambda: _odd_ca(without=[NO_OWN_KEY_ID]),
    "ca-no-key-id": lambda: _odd_ca(without=[NO_KEY_ID]),
    "root-no-cert-sign": lambda: _odd_root(having=[f.key_usage("digital_signature")]),
    "root-no-usage": lambda: _odd_root(without=[x509.KeyUsage]),
    "root-no-constraints": lambda: _odd_root(without=[x509.BasicConstraints]),
    "root-ca-false": lambda: _odd_root(having=[x509.BasicConstraints(ca=False, path_length=None)]),
    "root-no-constraints-no-usage": lambda: _odd_root(without=[x509.BasicConstraints, x509.KeyUsage]),
    "root-constraints-not-critical": lambda: _odd_root(having=[(CA_TRUE, False)]),
    "root-no-key-id": lambda: _odd_root(without=[NO_OWN_KEY_ID]),
    "root-unknown-critical": lambda: _odd_root(having=[(UNKNOWN, True)]),
    "key-id-other": lambda: _key_id(b"0" * 20),
    "key-id-other-issuer": lambda: _key_id(None, issuer=True),
    "path-length-kept": lambda: _length(1, below=1),
    "path-length-broken": lambda: _length(0, below=1),
    "path-length-root": lambda: _length(0, below=1, at_root=True),
    "path-length-root-broken": lambda: _length(0, below=2, at_root=True),
    "policies-required-named": lambda: _policies(required=True, named=True),
    "policies-required": lambda: _policies(required=True, named=False),
    "policies-not-named": lambda: _policies(required=False, named=False),
    "staple-promised": _staple_promised,
    "serial-long": lambda: with_leaf(serial=(1 << 158) + 1),
    "ten-years": lambda: with_leaf(days=(-30, 3600)),
    "dates-turned-round": lambda: with_leaf(
        not_before=TODAY - timedelta(days=30), not_after=TODAY - timedelta(days=29)
    ),
    "expired": lambda: with_leaf(days=GONE),
    "coming": lambda: with_leaf(days=COMING),
    "expired-wrong-name": lambda: with_leaf(names=["other.test"], days=GONE),
    "coming-wrong-name": lambda: with_leaf(names=["other.test"], days=COMING),
    "expired-alone": lambda: Odd((leaf(middle(), days=GONE),), leaf(middle(), days=GONE).key, (top(),)),
    "expired-self-signed": lambda: Odd((leaf(None, days=GONE),), leaf(None, days=GONE).key, (top(),)),
    "expired-client-usage": lambda: with_leaf(days=GONE, having=[x509.ExtendedKeyUsage([Usage.CLIENT_AUTH])]),
    "client-usage-wrong-name": lambda: with_leaf(
        names=["other.test"], having=[x509.ExtendedKeyUsage([Usage.CLIENT_AUTH])]
    ),
    "critical-wrong-name": lambda: with_leaf(names=["other.test"], having=[(UNKNOWN, True)]),
    "critical-expired": lambda: with_leaf(days=GONE, having=[(UNKNOWN, True)]),
    "expired-ca-and-leaf": lambda: with_ca_and_leaf_gone(),
    "limited-expired": lambda: _limited(x509.DNSName("other.test"), days=GONE),
    "limited-wrong-name": lambda: _limited(x509.DNSName("other.test"), names=["wrong.example"]),
    "strict-wrong-name": lambda: with_leaf(names=["other.test"], without=[NO_KEY_ID]),
    "strict-expired": lambda: with_leaf(days=GONE, without=[NO_KEY_ID]),
    "client-certificate-1.2": lambda: with_leaf(
        settings={"wants_client_certificate": True, "newest": SSL.TLS1_2_VERSION}
    ),
}
