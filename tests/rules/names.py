"""Which name of the certificate covers the one that was asked for, and what else its names must be."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509

from certwizard.domain import der
from tests import factory as f
from tests import surgery
from tests.rules.case import RuleCase, given

EMOJI = "\N{WINKING FACE}.example.com"


def asked(host: str, *names: str, common: str = "A server") -> RuleCase:
    """Return a certificate for these names, asked for a host."""
    return RuleCase(lambda: given(f.leaf(f.pki().root, names, common=common), host=host))


def listed(host: str, names: Sequence[str], common: str) -> RuleCase:
    """Return a certificate for these names with this common name."""
    return asked(host, *names, common=common)


def raw(*names: bytes, host: str = "example.com") -> RuleCase:
    """Return a certificate whose list of names holds these bytes."""
    value = der.wrap(der.SEQUENCE, *names)
    san = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), value)
    return RuleCase(lambda: given(f.leaf(f.pki().root, [], common="A server", having=[san]), host=host))


def no_list(common: str) -> RuleCase:
    """Return a certificate without a list of names."""
    return RuleCase(lambda: given(f.leaf(f.pki().root, [], common=common), host="example.com"))


def ill_encoded() -> RuleCase:
    """Return a certificate whose list of names is plain text."""
    san = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), b"example.com")
    return RuleCase(
        lambda: given(f.leaf(f.pki().root, [], common="A server", having=[san]), host="example.com")
    )


def twice() -> RuleCase:
    """Return a certificate with two lists of names."""
    leaf = f.leaf(f.pki().root, ["example.com"], common="A server")
    extensions = surgery.extensions_of(leaf.der)
    extensions.append(next(each for each in extensions if b"\x55\x1d\x11" in each))
    return RuleCase(lambda: given(surgery.with_extensions(leaf.der, *extensions), host="example.com"))


CASES: dict[str, tuple[RuleCase, str]] = {
    "name: the same": (asked("example.com", "example.com"), ""),
    "name: the same in other letters": (asked("example.com", "EXAMPLE.com"), ""),
    "name: an address": (asked("127.0.0.1", "127.0.0.1"), ""),
    "name: an address of version 6": (asked("2001:db8::1", "2001:db8::1"), ""),
    "name: another domain": (asked("example2.com", "example.com"), "hostname-mismatch/@leaf"),
    "name: a sibling": (asked("def.example.com", "abc.example.com"), "hostname-mismatch/@leaf"),
    "name: below": (asked("abc.example.com", "example.com"), "hostname-mismatch/@leaf"),
    "name: above": (asked("example.com", "abc.example.com"), "hostname-mismatch/@leaf"),
    "wildcard: one label": (asked("foo.example.com", "*.example.com"), ""),
    "wildcard: two labels": (
        asked("foo.bar.example.com", "*.example.com"),
        "hostname-mismatch/wildcard-depth@leaf",
    ),
    "wildcard: none": (asked("example.com", "*.example.com"), "hostname-mismatch/apex@leaf"),
    "wildcard: a part of the label": (
        asked("baz.example.com", "ba*.example.com"),
        "hostname-mismatch/partial-wildcard@leaf",
    ),
    "wildcard: a part of an international label": (
        asked("xn--bliss-1b3c148a.example.com", "xn--*-1b3c148a.example.com"),
        "hostname-mismatch/partial-wildcard@leaf",
    ),
    "wildcard: further right": (
        asked("foo.bar.example.com", "foo.*.example.com"),
        "hostname-mismatch/not-leftmost-wildcard@leaf",
    ),
    "wildcard: alone": (asked("example.com", "*"), "hostname-mismatch/bare-wildcard@leaf"),
    "wildcard: alone, for a top domain": (asked("com", "*"), "hostname-mismatch/bare-wildcard@leaf"),
    "wildcard: below a top domain": (
        asked("example.com", "*.com"),
        "hostname-mismatch/wildcard-public-suffix@leaf",
    ),
    "wildcard: below a registry": (
        asked("example.co.uk", "*.co.uk"),
        "hostname-mismatch/wildcard-public-suffix@leaf",
    ),
    "wildcard: below a shared suffix": (
        asked("example.s3.amazonaws.com", "*.s3.amazonaws.com"),
        "profile-violation/wildcard-on-shared-suffix@leaf",
    ),
    "name: an underscore": (
        asked("foo_bar.example.com", "foo_bar.example.com"),
        "profile-violation/underscore@leaf",
    ),
    "name: in letters beyond ASCII": (
        raw(surgery.dns(EMOJI.encode()), host="xn--628h.example.com"),
        "hostname-mismatch/@leaf",
    ),
    "name: none listed": (no_list("example.com"), "no-san/@leaf"),
    "names: not encoded": (ill_encoded(), "malformed/@leaf"),
    "names: listed twice": (twice(), "malformed/@leaf"),
    "names: none in the list": (raw(), "hostname-mismatch/no-names@leaf"),
    **{
        f"common name: {common}": (
            listed(host, names, common),
            "profile-violation/common-name-not-listed@leaf",
        )
        for host, names, common in (
            ("valid.example.com", ["valid.example.com", "other.example.com"], "notlisted.example.com"),
            ("example.com", ["example.com"], "Example.COM"),
            ("xn--n3h.com", ["xn--n3h.com"], "xn--nxasmq6b.com"),
            ("xn--test--wg5h0h.com", ["xn--test--wg5h0h.com"], "test-測試.com"),
            ("192.168.1.1", ["192.168.1.1"], "0xC0A80101"),
            ("192.168.1.1", ["192.168.1.1"], "192.168.001.001"),
            ("2001:db8::8a2e:370:7334", ["2001:db8::8a2e:370:7334"], "2001:DB8::8A2E:370:7334"),
            ("2001:db8::1", ["2001:db8::1"], "2001:0db8:0000:0000:0000:0000:0000:0001"),
            ("2001:db8::1:0:0:1", ["2001:db8::1:0:0:1"], "2001:db8:0:0:1:0:0:1"),
        )
    },
    "common name: listed": (listed("example.com", ["example.com"], "example.com"), ""),
    "common name: a title": (listed("example.com", ["example.com"], "Our web server"), ""),
}
