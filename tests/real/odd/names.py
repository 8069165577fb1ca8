"""Odd names: in the wrong place, in a strange form, with stars where few look."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.x509.oid import NameOID

from tests import factory as f
from tests.real.odd.server import HOST, Odd, Recipe, leaf, middle, top, with_leaf
from tests.surgery import dns, extensions_of, san, with_extensions

IP = "127.0.0.1"


def _common(*names: str, san: Sequence[x509.GeneralName] = (), host: str = HOST) -> Odd:
    """A certificate with common names, and with a list of names only where one is given."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names])
    having = [x509.SubjectAlternativeName(san)] if san else []
    return with_leaf(names=(), subject=subject, having=having, host=host)


def _listed(entry: str, host: str = HOST, common: str = "Odd") -> Odd:
    return with_leaf(names=[entry], common=common, host=host)


def _raw(entry: bytes, host: str = HOST) -> Odd:
    """An entry that the library would not write; signed again, so that only the name is odd."""
    from tests.real.odd.surgery import resigned

    made = leaf(middle(), common="Odd")
    kept = [each for each in extensions_of(made.der) if b"\x55\x1d\x11" not in each[:12]]
    data = resigned(with_extensions(made.der, *kept, san(dns(entry))), middle())
    return Odd((data, middle()), made.key, (top(),), host)


NAMES: dict[str, Recipe] = {
    "common-name-alone": lambda: _common(HOST),
    "common-name-star": lambda: _common("*.example.com"),
    "common-name-second": lambda: _common("other.test", HOST),
    "common-name-first": lambda: _common(HOST, "other.test"),
    "common-name-beside-email": lambda: _common(HOST, san=[x509.RFC822Name("a@example.com")]),
    "common-name-beside-uri": lambda: _common(
        HOST, san=[x509.UniformResourceIdentifier("https://example.com/")]
    ),
    "common-name-beside-address": lambda: _common(HOST, san=f.general_names([IP])),
    "common-name-beside-other-dns": lambda: _common(HOST, san=f.general_names(["other.test"])),
    "common-name-other": lambda: _common("other.test"),
    "no-name-at-all": lambda: with_leaf(names=(), subject=f.name(None, "Odd Organisation")),
    "address-as-common-name": lambda: _common(IP, host=IP),
    "address-as-dns-name": lambda: with_leaf(
        names=(), having=[x509.SubjectAlternativeName([x509.DNSName(IP)])], common="Odd", host=IP
    ),
    "address-listed": lambda: _listed(IP, IP),
    "address-common-name-beside-dns": lambda: _common(IP, san=f.general_names([HOST]), host=IP),
    "star": lambda: _listed("*.example.com"),
    "star-two-levels": lambda: _listed("*.example.com", "a.odd.example.com"),
    "star-apex": lambda: _listed("*.odd.example.com"),
    "star-partial-end": lambda: _listed("od*.example.com"),
    "star-partial-begin": lambda: _listed("*dd.example.com"),
    "star-partial-middle": lambda: _listed("o*d.example.com"),
    "star-in-the-middle": lambda: _listed("odd.*.com"),
    "star-alone": lambda: _listed("*"),
    "star-on-top": lambda: _listed("*.com", "example.com"),
    "star-on-shared-suffix": lambda: _listed("*.co.uk", "example.co.uk"),
    "star-on-private-suffix": lambda: _listed("*.github.io", "odd.github.io"),
    "star-twice": lambda: _listed("*.*.com"),
    "star-over-idn": lambda: _listed("*.example.com", "xn--bcher-kva.example.com"),
    "star-partial-idn": lambda: _listed("xn--*.example.com", "xn--bcher-kva.example.com"),
    "idn": lambda: _listed("xn--bcher-kva.example.com", "xn--bcher-kva.example.com"),
    "underscore": lambda: _listed("odd_one.example.com", "odd_one.example.com"),
    "star-over-underscore": lambda: _listed("*.example.com", "odd_one.example.com"),
    "trailing-dot-listed": lambda: _raw(b"odd.example.com."),
    "leading-dot-listed": lambda: _raw(b".example.com"),
    "upper-case": lambda: _raw(b"ODD.Example.COM"),
    "one-label": lambda: _listed("intranet", "intranet"),
    "star-one-label": lambda: _listed("*", "intranet"),
    "nul-byte": lambda: _raw(b"odd.example.com\x00.evil.test"),
    "space": lambda: _raw(b"odd.example.com "),
    "long-list": lambda: with_leaf(names=[*(f"a{n}.example.com" for n in range(300)), HOST]),
    "other-name": lambda: _listed("other.test"),
    "empty-subject": lambda: with_leaf(subject=x509.Name([])),
    "empty-subject-critical": lambda: with_leaf(
        subject=x509.Name([]), having=[(x509.SubjectAlternativeName(f.general_names([HOST])), True)]
    ),
}
