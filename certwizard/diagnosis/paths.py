"""All paths from the leaf to every anchor, and those that end nowhere, with bounded work.

What can still reach an anchor by its names is followed first, shortest first: junk can neither hide a good path
nor use up the work before it is found.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.diagnosis.edges import Edges
from certwizard.diagnosis.pool import NameKey, Node, Pool, name_key
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus

MAX_DEPTH = 20
"""GnuTLS stops at 16 certificates, Chrome and Java sooner; real chains have six at most."""
MAX_PATHS = 64
MAX_STEPS = 2000
MOST_UNFINISHED = 8


@dataclass(frozen=True, slots=True)
class Path:
    """One path, leaf first."""

    nodes: tuple[Node, ...]
    edges: tuple[SignatureStatus, ...] = ()
    """How each certificate's signature verifies with the next one's key."""
    self_signed_end: bool = False
    """Whether the last certificate signed itself."""

    @property
    def anchored(self) -> bool:
        """Whether the last certificate is held by a consulted store."""
        return self.nodes[-1].is_anchor

    @property
    def fetched(self) -> tuple[Node, ...]:
        """The certificates that had to be fetched."""
        return tuple(node for node in self.nodes if node.fetched)

    @property
    def stores(self) -> tuple[str, ...]:
        """Ids of the stores that hold the anchor."""
        return self.nodes[-1].stores

    @property
    def verified(self) -> bool:
        """Whether every signature of the path verifies."""
        return all(edge is SignatureStatus.VALID for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Search:
    """What the search found, and whether it had to stop early."""

    paths: tuple[Path, ...] = ()
    stopped: str = ""
    """Why it stopped before everything was tried, in words; empty when it did not."""
    unsettled: bool = False
    """Whether a path to an anchor may exist that was not tried."""
    tries: int = 0
    """How many signatures were verified."""
    steps: int = 0
    """How many paths were taken one certificate further."""


def find_paths(pool: Pool, leaf: Certificate) -> Search:
    """Return the paths that end at an anchor, and those that end nowhere."""
    return _Finder(pool).find(pool.nodes[leaf.sha256])


class _Finder:
    """One search."""

    def __init__(self, pool: Pool) -> None:
        self._edges = Edges(pool)
        self._hopeful = _leading_to_anchors(pool)
        self._waiting: list[tuple[bool, int, int, Path]] = []
        self._order = 0
        self._steps = 0
        self._paths: list[Path] = []
        self._stopped = ""
        self._unsettled = False

    def find(self, leaf: Node) -> Search:
        self._wait(Path((leaf,)))
        while self._waiting:
            if len(self._paths) >= MAX_PATHS:
                self._stop(f"after {MAX_PATHS} possible paths")
                break
            if self._steps >= MAX_STEPS:
                self._stop(f"after {MAX_STEPS} steps")
                break
            self._steps += 1
            self._extend(heapq.heappop(self._waiting)[-1])
        return self._result()

    def _result(self) -> Search:
        if self._edges.exhausted:
            self._stopped = self._stopped or f"after {self._edges.tries} tries to find an issuer"
            self._unsettled = self._unsettled or bool(self._edges.exhausted & self._hopeful)
        unfinished = sorted((each[-1] for each in self._waiting), key=lambda path: -len(path.nodes))
        paths = (*self._paths, *unfinished[:MOST_UNFINISHED])
        return Search(paths, self._stopped, self._unsettled, self._edges.tries, self._steps)

    def _stop(self, where: str) -> None:
        self._stopped = where
        # The hopeful come first, so where the next one is not, none is.
        self._unsettled = self._unsettled or not self._waiting[0][0]

    def _wait(self, path: Path) -> None:
        hopeless = path.nodes[-1].certificate.sha256 not in self._hopeful
        self._order += 1
        heapq.heappush(self._waiting, (hopeless, len(path.nodes), self._order, path))

    def _extend(self, path: Path) -> None:
        last = path.nodes[-1]
        if self._edges.signs_itself(last):
            self._paths.append(Path(path.nodes, path.edges, self_signed_end=True))
            return
        if path.anchored:
            self._paths.append(path)
        used = {node.certificate.sha256 for node in path.nodes}
        edges = [edge for edge in self._edges.issuers(last) if edge.issuer.certificate.sha256 not in used]
        if edges and len(path.nodes) >= MAX_DEPTH:
            self._stopped = f"at a depth of {MAX_DEPTH} certificates"
            self._unsettled = self._unsettled or last.certificate.sha256 in self._hopeful
            edges = []
        for edge in edges:
            self._wait(Path((*path.nodes, edge.issuer), (*path.edges, edge.status)))
        if not edges and not path.anchored:
            self._paths.append(path)


def _leading_to_anchors(pool: Pool) -> frozenset[str]:
    """Return the certificates (sha256) from which an anchor can be reached by names alone."""
    children: dict[NameKey, list[Certificate]] = {}
    for node in pool.nodes.values():
        children.setdefault(name_key(node.certificate.issuer), []).append(node.certificate)
    anchors = [node.certificate for node in pool.nodes.values() if node.is_anchor]
    found = {anchor.sha256 for anchor in anchors}
    waiting = [name_key(anchor.subject) for anchor in anchors]
    done: set[NameKey] = set()
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        done.add(name)
        below: Iterable[Certificate] = children.get(name, ())
        found.update(certificate.sha256 for certificate in below)
        waiting.extend(name_key(certificate.subject) for certificate in below)
    return frozenset(found)
