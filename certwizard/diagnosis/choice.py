"""Which of the paths found is the one to judge by: trusted, fewest faults, sent before fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.constraints import ConstraintChecker
from certwizard.diagnosis.flaws import TRUST_FLAWS, Flaw, flaws_of
from certwizard.diagnosis.paths import Path, Search, find_paths
from certwizard.diagnosis.pool import Pool
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import CauseId


@dataclass(frozen=True, slots=True)
class Judged:
    """A path with everything that is wrong on it."""

    path: Path
    flaws: tuple[Flaw, ...]

    @property
    def trusted(self) -> bool:
        """Whether it ends at an anchor and nothing breaks the trust on the way; dates aside."""
        return (
            self.path.anchored
            and self.path.verified
            and not any(flaw.cause in TRUST_FLAWS for flaw in self.flaws)
        )

    @property
    def sound(self) -> bool:
        """Whether a client takes this path: trusted and free of every flaw."""
        return self.trusted and not self.flaws


@dataclass(frozen=True, slots=True)
class Choice:
    """All paths of one leaf, and the one to judge by."""

    judged: tuple[Judged, ...] = ()
    """Best first."""
    stopped: str = ""

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
    constraints = ConstraintChecker()
    judged = (Judged(path, flaws_of(path, when, constraints)) for path in search.paths)
    return Choice(tuple(sorted(judged, key=_rank)), search.stopped)


def _rank(judged: Judged) -> tuple[int, ...]:
    path = judged.path
    invalid = sum(edge is SignatureStatus.INVALID for edge in path.edges)
    unsure = sum(edge is SignatureStatus.UNSUPPORTED for edge in path.edges)
    faults, fetched, length = _weight(judged.flaws), len(path.fetched), len(path.nodes)
    if path.anchored:
        # Most clients fetch nothing: where a path needs no fetching, it is the one they take.
        private = int("mozilla" not in path.stores)
        partial = int(not path.nodes[-1].certificate.is_self_issued)
        return (0, invalid, unsure, fetched, faults, partial, private, length, *_order(path))
    # Without an anchor the longest way up says most; one that ends in a root is complete.
    incomplete = int(not path.self_signed_end)
    return (1, invalid, unsure, incomplete, 0 if incomplete else fetched, -length, faults, *_order(path))


def _weight(flaws: Iterable[Flaw]) -> int:
    # The leaf's own flaws stand on every path; they change nothing here.
    return sum(
        2 if flaw.cause in TRUST_FLAWS else 1 for flaw in flaws if flaw.cause is not CauseId.BAD_SIGNATURE
    )


def _order(path: Path) -> tuple[int, ...]:
    return tuple(node.index if node.index is not None else 999 for node in path.nodes)


def _fingerprints(path: Path) -> tuple[str, ...]:
    return tuple(node.certificate.sha256 for node in path.nodes)
