"""What a client's verifier looks at: the traits by which it is judged what a server means to it.

The values are data (clients.toml): one table for each verifier library, and what a client has of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Search(StrEnum):
    """How a verifier looks for the way to a root."""

    ALL = "all"
    """It tries every path until one is good."""
    FIRST = "first"
    """At each certificate it settles for one issuer: of its store before what was sent, in date before expired."""
    LISTED = "listed"
    """It follows the certificates as they were sent, until one is of its store."""


class BareRoot(StrEnum):
    """Whether a root of its store may come without basic constraints."""

    ACCEPTED = "accepted"
    WITH_KEY_USAGE = "with-key-usage"
    """Where its key usage says that it signs certificates."""
    REFUSED = "refused"


class SentOrder(StrEnum):
    """What the order of the certificates in the handshake means to a client."""

    ANY = "any"
    """The first is the server's own; the others are looked up as needed."""
    SORTED = "sorted"
    """It sorts what was sent, and then takes it as the chain."""
    AS_SENT = "as-sent"
    """Each certificate must be the issuer of the one before."""


class CommonName(StrEnum):
    """Whether the common name of the subject counts as a name."""

    NEVER = "never"
    WITHOUT_SAN = "without-san"
    """Only where the certificate lists no host name and no address."""
    WITHOUT_SAN_OR_URI = "without-san-or-uri"
    """Only where it lists no host name, no address and no URI."""
    WITHOUT_DNS_NAME = "without-dns-name"
    """Only where it lists no host name; addresses do not count."""


class CommonNames(StrEnum):
    """Which common name counts, where there are several."""

    EVERY = "every"
    FIRST = "first"
    LAST = "last"
    ONLY = "only"
    """None of them where there are several."""


class Wildcards(StrEnum):
    """Where a star may stand in a name."""

    WHOLE_LABEL = "whole-label"
    """As the whole left-most label (RFC 9525 6.3)."""
    LEADING = "leading"
    """At the beginning of the left-most label."""
    EDGE = "edge"
    """At the beginning or the end of the left-most label."""
    PARTIAL = "partial"
    """Anywhere in the left-most label (RFC 6125 6.4.3)."""
    ANYWHERE = "anywhere"
    """In any label, as a part of it too."""


class WildcardBelow(StrEnum):
    """Below what a wildcard counts."""

    ANY = "any"
    TWO_LABELS = "two-labels"
    """``*.example.com`` counts, ``*.com`` does not."""
    NO_PUBLIC_SUFFIX = "no-public-suffix"
    """Neither ``*.com`` nor ``*.co.uk`` counts."""


class Asks(StrEnum):
    """How a client learns of a revocation, with its usual settings."""

    NOBODY = "nobody"
    STAPLE = "staple"
    """It reads the answer that the server staples, and asks nobody."""
    SOFT = "soft"
    """It asks the CA's responder, and goes on without an answer."""
    HARD = "hard"
    """It asks the CA's responder, and refuses without an answer."""
    LIST = "list"
    """It has a list of its vendor's making (CRLSet, CRLite), which holds what public CAs have withdrawn."""


@dataclass(frozen=True, slots=True)
class PathTraits:
    """How a client gets from the server's certificate to a root."""

    search: Search = Search.ALL
    order: SentOrder = SentOrder.ANY
    fetches_aia: bool = False
    """Whether it fetches a missing intermediate from the address in the certificate."""
    preloads_intermediates: bool = False
    """Whether it carries the intermediates of public CAs."""
    self_signed_end: bool = False
    """Whether a chain must end in a root that signed itself; else any certificate of its store ends it."""
    key_ids_bind: bool = False
    """Whether an authority key id that is not the issuer's rules that issuer out."""
    strict: bool = False
    """Whether OpenSSL's strict rules are on (X509_V_FLAG_X509_STRICT)."""
    root_dates: bool = False
    """Whether an expired root of its own store is refused."""
    root_rules: bool = False
    """Whether the root's own constraints (CA, path length, names, usages) bind."""
    bare_root: BareRoot = BareRoot.ACCEPTED
    purpose: bool = True
    """Whether an extended key usage has to allow servers."""
    policies: bool = False
    """Whether policy constraints of CAs are enforced."""
    max_sent: int = 0
    """More certificates than this in one handshake are refused; 0: no limit that a server meets."""
    max_intermediates: int = 0
    """More CAs than this between the server's certificate and the root are not followed; 0: as many as it likes."""


@dataclass(frozen=True, slots=True)
class NameTraits:
    """How a client compares the name it wants with those of the certificate."""

    common_name: CommonName = CommonName.NEVER
    common_names: CommonNames = CommonNames.FIRST
    wildcards: Wildcards = Wildcards.WHOLE_LABEL
    wildcard_below: WildcardBelow = WildcardBelow.TWO_LABELS
    below_binds_private: bool = True
    """Whether that holds below roots too that its vendor does not ship; else a star may stand above any name."""
    wildcard_over_idn: bool = True
    """Whether a star covers a label in xn-- form."""
    wildcard_over_underscore: bool = True
    """Whether a star covers a label with an underscore."""
    underscores: bool = True
    """Whether a host name with an underscore can be asked for at all."""
    address_in_dns_name: bool = False
    """Whether an address that is listed as a host name covers that address."""
    address_in_common_name: bool = False
    """Whether an address in the common name counts, where common names count."""
    trailing_dot: bool = False
    """Whether an entry that ends in a dot is compared without it."""


@dataclass(frozen=True, slots=True)
class LimitTraits:
    """The smallest keys, the hashes and the lifetimes that a client accepts; its TLS library's included."""

    rsa_bits: int = 0
    """The smallest RSA key of the server's certificate."""
    rsa_bits_ca: int = 0
    """The smallest RSA key of a CA, roots aside."""
    rsa_bits_root: int = 0
    """The smallest RSA key of the root; 0: a root is trusted whatever its key."""
    curves: tuple[str, ...] = ()
    """Elliptic curves that are accepted; none: all that its library has."""
    leaf_curves: tuple[str, ...] = ()
    """Those that a server may have: its TLS offers signatures with no others; none: as for CAs."""
    ec_bits: int = 0
    ed25519: bool = True
    dsa: bool = False
    dsa_ca: bool = False
    """Whether a CA may sign with a DSA key, roots aside."""
    refused_hashes: tuple[str, ...] = ("MD2", "MD4", "MD5")
    """Hashes that a signature may not rest on, the root's own signature aside."""
    refused_hashes_public: tuple[str, ...] = ()
    """Those refused below the roots of its vendor only."""
    max_days_public: int = 0
    """The longest lifetime below public roots; 0: no limit."""
    max_days_private: int = 0
    ct_public: bool = False
    """Whether a publicly trusted certificate must be logged (CT)."""
    oldest_protocol: str = "TLSv1.2"
    message_bytes: int = 0
    """The longest handshake message that it takes with the server's certificates; 0: no limit that is known."""
    certificate_bytes: int = 0
    """The largest single certificate; 0: no limit of its own."""


@dataclass(frozen=True, slots=True)
class RevocationTraits:
    """How a client learns that a certificate was withdrawn."""

    asks: Asks = Asks.NOBODY
    asks_private: Asks = Asks.NOBODY
    """The same below roots that its vendor does not ship."""
    reads_staple: bool = False
    """Whether it refuses, below any root, what the server's own staple calls revoked."""
    must_staple: bool = False
    """Whether it refuses a certificate that promises a stapled answer and comes without."""


@dataclass(frozen=True, slots=True)
class Traits:
    """All traits of one client."""

    path: PathTraits = field(default_factory=PathTraits)
    names: NameTraits = field(default_factory=NameTraits)
    limits: LimitTraits = field(default_factory=LimitTraits)
    revocation: RevocationTraits = field(default_factory=RevocationTraits)


_ENUMS: dict[str, type[StrEnum]] = {
    "search": Search,
    "order": SentOrder,
    "bare_root": BareRoot,
    "common_name": CommonName,
    "common_names": CommonNames,
    "wildcards": Wildcards,
    "wildcard_below": WildcardBelow,
    "asks": Asks,
    "asks_private": Asks,
}
GROUPS: dict[str, type[Any]] = {
    "path": PathTraits,
    "names": NameTraits,
    "limits": LimitTraits,
    "revocation": RevocationTraits,
}
"""The tables of a row; each key in them is a trait of that group."""


def traits_of(*rows: Mapping[str, Any]) -> Traits:
    """Return the traits of a client from its verifier's row and its own; the later row wins.

    Raises:
        TypeError: A row holds a trait that does not exist.
        ValueError: A trait has a value that it cannot have.
    """
    return Traits(**{name: _group(name, [row.get(name, {}) for row in rows]) for name in GROUPS})


def _group(name: str, tables: list[Mapping[str, Any]]) -> Any:
    values: dict[str, Any] = {}
    for table in tables:
        values.update(table)
    return GROUPS[name](**{key: _value(key, value) for key, value in values.items()})


def _value(key: str, value: Any) -> Any:
    if key in _ENUMS:
        return _ENUMS[key](value)
    return tuple(value) if isinstance(value, list) else value
