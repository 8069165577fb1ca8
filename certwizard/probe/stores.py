"""The trust stores that are consulted, indexed by subject and key id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from certwizard.domain.observation import Anchor, TrustStore
from certwizard.domain.trust_stores import AnchorLimit, TrustVariable
from certwizard.probe.outline import Outline, organisation_of, outline_of

MAX_ANCHORS = 64
MAX_SAME_ORGANISATION = 8


@dataclass(frozen=True, slots=True)
class LoadedStore:
    """A store with its roots."""

    record: TrustStore
    roots: tuple[Outline, ...] = ()
    issued_until: tuple[tuple[bytes, datetime], ...] = ()
    """Roots that it trusts only for what they issued up to a time."""


class Stores:
    """Every store of one probe, with one index over all of them."""

    def __init__(self, stores: Sequence[LoadedStore], variables: tuple[TrustVariable, ...] = ()) -> None:
        """Index the roots; the same root of several stores counts once."""
        self.records = tuple(store.record for store in stores)
        self.variables = variables
        self._limits: dict[bytes, list[AnchorLimit]] = {}
        for store in stores:
            for der, until in store.issued_until:
                self._limits.setdefault(der, []).append(AnchorLimit(store.record.id, until))
        self._holders: dict[bytes, tuple[str, ...]] = {}
        self._by_subject: dict[bytes, list[Outline]] = {}
        self._by_key_id: dict[bytes, list[Outline]] = {}
        for store in stores:
            for root in store.roots:
                self._add(root, store.record.id)

    def _add(self, root: Outline, store_id: str) -> None:
        held = self._holders.get(root.der, ())
        if store_id not in held:
            self._holders[root.der] = (*held, store_id)
        if held:
            return
        self._by_subject.setdefault(root.subject, []).append(root)
        if root.subject_key_id:
            self._by_key_id.setdefault(root.subject_key_id, []).append(root)

    def find(self, subject: bytes = b"", key_id: bytes = b"") -> tuple[Outline, ...]:
        """Return the roots that carry this subject or this key id."""
        return tuple(dict.fromkeys([*self._by_subject.get(subject, ()), *self._by_key_id.get(key_id, ())]))

    def of_organisation(self, name: bytes) -> tuple[Outline, ...]:
        """Return the first roots whose subject has the organisation of an encoded Name."""
        wanted = organisation_of(name)
        if not wanted:
            return ()
        same = (root for roots in self._by_subject.values() for root in roots if wanted in root.subject)
        return tuple(islice(same, MAX_SAME_ORGANISATION))

    def holds(self, certificate: Outline) -> bool:
        """Return whether this very certificate is in a store."""
        return certificate.der in self._holders

    def held_by(self, store_id: str) -> frozenset[bytes]:
        """Return the certificates of one store."""
        return frozenset(der for der, holders in self._holders.items() if store_id in holders)

    def leads_to_root(self, certificate: Outline) -> bool:
        """Return whether the certificate is in a store, or a root there could have issued it."""
        if self.holds(certificate):
            return True
        return any(root.could_issue(certificate) for root in self.find(certificate.issuer))

    def anchors(self, pool: Iterable[Outline], unresolved: Outline | None = None) -> tuple[Anchor, ...]:
        """Return the roots that may matter for some certificates, each with the stores that hold it.

        Args:
            pool: Every certificate that was sent or fetched.
            unresolved: One whose issuer is not known; roots of the issuer's organisation are near misses.
        """
        chosen: dict[Outline, None] = {}
        for one in pool:
            if self.holds(one):
                chosen[one] = None
            chosen.update(dict.fromkeys(self.find(one.issuer, one.authority_key_id)))
        if unresolved is not None:
            chosen.update(dict.fromkeys(self.of_organisation(unresolved.issuer)))
        self._add_issuers(chosen)
        return tuple(self._anchor(one.der) for one in list(chosen)[:MAX_ANCHORS])

    def _add_issuers(self, chosen: dict[Outline, None]) -> None:
        """Add who issued those that are no roots: some clients go on from them to a root of the store."""
        waiting = list(chosen)
        while waiting and len(chosen) < MAX_ANCHORS:
            one = waiting.pop()
            if one.issuer == one.subject:
                continue
            new = [each for each in self.find(one.issuer, one.authority_key_id) if each not in chosen]
            chosen.update(dict.fromkeys(new))
            waiting += new

    def _anchor(self, der: bytes) -> Anchor:
        return Anchor(der, self._holders[der], tuple(self._limits.get(der, ())))


@lru_cache(maxsize=64)
def outlines(roots: tuple[bytes, ...]) -> tuple[Outline, ...]:
    """Return the outlines of the certificates whose names can be read."""
    return tuple(outline for root in roots if (outline := outline_of(root)) is not None)
