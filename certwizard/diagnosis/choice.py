"""Which of the paths found is the one to judge by: trusted, fewest faults, sent before fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.flaws import TRUST_FLAWS, Flaw, Rules
from certwizard.diagnosis.paths import Path, Search, find_paths
from certwizard.diagnosis.pool import Pool
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.trust_stores import MOZILLA, is_public
from certwizard.domain.vocabulary import CauseId


@dataclass(frozen=True, slots=True)
class Judged:
    """A path with everything that is wrong on it."""

    path: Path
    flaws: tuple[Flaw, ...]
    unfinished: str = ""
    """Why not every rule could be applied, in words that follow "because"; empty where all were."""

    @property
    def trusted(self) -> bool:
        """Whether it ends at an anchor and nothing breaks the trust on the way; dates aside."""
        return (
            self.path.anchored
            and self.path.verified
            and not any(flaw.cause in TRUST_FLAWS and flaw.refused for flaw in self.flaws)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """All paths of one leaf, and the one to judge by."""

    judged: tuple[Judged, ...] = ()
    """Best first."""
    stopped: str = ""
    """Why the search for paths stopped early, in words; empty when it did not."""
    unsettled: bool = False
    """Whether a path to an anchor may exist that was not tried."""
    issuers: frozenset[str] = frozenset()
    """The certificates (sha256) that stand above another in some path."""

    @property
    def best(self) -> Judged | None:
        """The path to judge by."""
        return self.judged[0] if self.judged else None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths themselves, best first."""
        return tuple(each.path for each in self.judged)

    @property
    def anchored(self) -> tuple[Path, ...]:
        """The paths that end at an anchor with every signature good."""
        return tuple(path for path in self.paths if path.anchored and path.verified)

    @property
    def reachable(self) -> frozenset[str]:
        """The certificates (sha256) that some path from the leaf uses."""
        return frozenset(sha256 for path in self.paths for sha256 in _fingerprints(path))


def choose(pool: Pool, leaf: Certificate | None, when: datetime) -> Choice:
    """Find the paths of a leaf and put the best first."""
    search = find_paths(pool, leaf) if leaf is not None else Search()
    rules = Rules(when)
    judged = (Judged(path, rules.flaws(path), rules.unfinished(path)) for path in search.paths)
    issuers = frozenset(node.certificate.sha256 for path in search.paths for node in path.nodes[1:])
    return Choice(tuple(sorted(judged, key=_rank)), search.stopped, search.unsettled, issuers)


def _rank(judged: Judged) -> tuple[int, ...]:
    path = judged.path
    invalid = sum(edge is SignatureStatus.INVALID for edge in path.edges)
    unsure = sum(edge is SignatureStatus.UNSUPPORTED for edge in path.edges)
    faults, fetched, length = _weight(judged.flaws), len(path.fetched), len(path.nodes)
    if path.anchored:
        # Most clients fetch nothing: where a path needs no fetching, it is the one they take.
        private = _privacy(path.stores)
        partial = int(not path.nodes[-1].certificate.is_self_issued)
        return (0, invalid, unsure, fetched, faults, partial, private, length, *_order(path))
    # Without an anchor the longest way up says most; one that ends in a root is complete.
    incomplete = int(not path.self_signed_end)
    return (1, invalid, unsure, incomplete, 0 if incomplete else fetched, -length, faults, *_order(path))


def _privacy(stores: tuple[str, ...]) -> int:
    """Return how far a root is from being everybody's: Mozilla's list is the one most clients rest on."""
    return 0 if MOZILLA in stores else 1 if is_public(stores) else 2


def _weight(flaws: Iterable[Flaw]) -> int:
    # The leaf's own flaws stand on every path; they change nothing here.
    return sum(
        4 * flaw.refused + 2 * (flaw.cause in TRUST_FLAWS)
        for flaw in flaws
        if flaw.cause is not CauseId.BAD_SIGNATURE
    )


def _order(path: Path) -> tuple[int, ...]:
    return tuple(node.index if node.index is not None else 999 for node in path.nodes)


def _fingerprints(path: Path) -> tuple[str, ...]:
    return tuple(node.certificate.sha256 for node in path.nodes)
