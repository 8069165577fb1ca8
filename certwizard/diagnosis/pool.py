"""Every certificate that a path may use, found again by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from certwizard.domain.certificate import Certificate, DistinguishedName

NameKey = tuple[tuple[str, str], ...] | bytes
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Node:
    """One certificate with the places where it was found."""

    certificate: Certificate
    index: int | None = None
    """First index in the chain as sent."""
    fetched: bool = False
    """Whether it came from an AIA address and was not sent."""
    stores: tuple[str, ...] = ()
    """Ids of the stores that hold it; not empty for an anchor."""

    @property
    def is_anchor(self) -> bool:
        """Whether a consulted store holds this very certificate."""
        return bool(self.stores)


@dataclass(frozen=True, slots=True)
class Pool:
    """The certificates of one observation, each once."""

    nodes: Mapping[str, Node]
    """By sha256."""
    by_subject: Mapping[NameKey, tuple[Node, ...]]

    def issuers_of(self, certificate: Certificate) -> tuple[Node, ...]:
        """Return the certificates whose subject is this certificate's issuer, itself excluded."""
        named = self.by_subject.get(name_key(certificate.issuer), ())
        return tuple(node for node in named if node.certificate.sha256 != certificate.sha256)


def build_pool(
    sent: Iterable[Certificate],
    fetched: Iterable[Certificate],
    anchors: Iterable[tuple[Certificate, tuple[str, ...]]],
) -> Pool:
    """Gather the certificates: what is held by a store and what was sent keeps both facts."""
    stores: dict[str, tuple[str, ...]] = {}
    known: dict[str, Certificate] = {}
    for certificate, holders in anchors:
        known.setdefault(certificate.sha256, certificate)
        stores[certificate.sha256] = tuple(dict.fromkeys((*stores.get(certificate.sha256, ()), *holders)))
    indexes: dict[str, int] = {}
    for index, certificate in enumerate(sent):
        known.setdefault(certificate.sha256, certificate)
        indexes.setdefault(certificate.sha256, index)
    for certificate in fetched:
        known.setdefault(certificate.sha256, certificate)
    nodes = {
        sha256: Node(
            certificate,
            indexes.get(sha256),
            sha256 not in indexes and sha256 not in stores,
            stores.get(sha256, ()),
        )
        for sha256, certificate in known.items()
    }
    return Pool(nodes, _by_subject(nodes.values()))


def _by_subject(nodes: Iterable[Node]) -> dict[NameKey, tuple[Node, ...]]:
    grouped: dict[NameKey, list[Node]] = {}
    for node in nodes:
        grouped.setdefault(name_key(node.certificate.subject), []).append(node)
    return {key: tuple(sorted(group, key=_preference)) for key, group in grouped.items()}


def _preference(node: Node) -> tuple[bool, bool, int]:
    # Anchors end a path soonest; what was sent comes before what had to be fetched.
    return (not node.is_anchor, node.fetched, node.index if node.index is not None else 0)


@lru_cache(maxsize=4096)
def name_key(name: DistinguishedName) -> NameKey:
    """Return the name for comparing: letter case and runs of spaces do not count (RFC 5280 7.1)."""
    if not name.attributes:
        return name.der
    return tuple((part.oid, _SPACES.sub(" ", part.value).strip().casefold()) for part in name.attributes)
