"""All paths from the leaf towards an anchor, with bounded work.

An edge is made by name and proved by signature. Where no certificate of the right name verifies, the
one that names itself as the issuer by key id is kept as a broken edge: then the fault is the signature,
and the rest of the path can still be judged.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from certwizard.diagnosis.pool import Node, Pool
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus, is_self_signed, verify_signature

MAX_EDGES = 200
MAX_DEPTH = 12
MAX_PATHS = 64
_KEY_KINDS = (("RSAEncryption", "RSA"), ("Ed25519", "Ed25519"), ("Ed448", "Ed448"))
_KINDS = frozenset({"RSA", "EC", "DSA", "Ed25519", "Ed448"})


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


def find_paths(pool: Pool, leaf: Certificate) -> Search:
    """Return the paths that end at an anchor, and those that end nowhere."""
    return _Finder(pool).find(pool.nodes[leaf.sha256])


class _Finder:
    """One search: shortest paths first, so that junk cannot hide a short good path."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._tried = 0
        self._paths: list[Path] = []
        self._stopped = ""
        self._full = False

    def find(self, leaf: Node) -> Search:
        queue = deque([Path((leaf,))])
        while queue and not self._full:
            queue.extend(self._extend(queue.popleft()))
            if len(self._paths) >= MAX_PATHS:
                self._stop(f"after {MAX_PATHS} possible paths")
        return Search(tuple((*self._paths, *queue)[: 2 * MAX_PATHS]), self._stopped)

    def _stop(self, where: str) -> None:
        self._full = True
        self._stopped = where

    def _extend(self, path: Path) -> list[Path]:
        last = path.nodes[-1].certificate
        if is_self_signed(last):
            self._paths.append(Path(path.nodes, path.edges, self_signed_end=True))
            return []
        if path.anchored:
            self._paths.append(path)
        longer = self._issuers(path)
        if not longer and not path.anchored:
            self._paths.append(path)
        return longer

    def _issuers(self, path: Path) -> list[Path]:
        if len(path.nodes) >= MAX_DEPTH:
            self._stopped = f"at a depth of {MAX_DEPTH} certificates"
            return []
        last = path.nodes[-1].certificate
        seen = {node.certificate.sha256 for node in path.nodes}
        candidates = [node for node in self._pool.issuers_of(last) if node.certificate.sha256 not in seen]
        by_key_id: dict[bool | None, list[Node]] = {True: [], None: [], False: []}
        for node in candidates:
            by_key_id[key_ids_agree(last, node.certificate)].append(node)
        edges = self._edges(last, by_key_id[True] + by_key_id[None])
        if not any(status is SignatureStatus.VALID for _, status in edges):
            # Key ids are hints, never proof: a key that verifies is the issuer's whatever its id says.
            edges += [e for e in self._edges(last, by_key_id[False]) if e[1] is SignatureStatus.VALID]
        if self._full:
            # Not every candidate was tried, so a wrong signature proves nothing.
            edges = [edge for edge in edges if edge[1] is not SignatureStatus.INVALID]
        return [Path((*path.nodes, node), (*path.edges, status)) for node, status in _usable(edges)]

    def _edges(self, child: Certificate, candidates: list[Node]) -> list[tuple[Node, SignatureStatus]]:
        edges = []
        for node in candidates:
            if self._tried >= MAX_EDGES:
                self._stop(f"after {MAX_EDGES} tries to find an issuer")
                break
            self._tried += 1
            edges.append((node, signature_between(child, node.certificate)))
        return edges


def _usable(edges: list[tuple[Node, SignatureStatus]]) -> list[tuple[Node, SignatureStatus]]:
    for wanted in (SignatureStatus.VALID, SignatureStatus.UNSUPPORTED, SignatureStatus.INVALID):
        usable = [edge for edge in edges if edge[1] is wanted]
        if usable:
            return usable
    return []


def signature_between(child: Certificate, issuer: Certificate) -> SignatureStatus:
    """Return how the child's signature verifies; a key of another kind than the algorithm's never made it."""
    status = verify_signature(child, issuer)
    if status is not SignatureStatus.UNSUPPORTED:
        return status
    name = child.signature.name
    wanted = (
        "EC"
        if name.startswith("ecdsa")
        else next((kind for end, kind in _KEY_KINDS if name.endswith(end)), None)
    )
    contradiction = wanted is not None and issuer.key.kind in _KINDS and issuer.key.kind != wanted
    return SignatureStatus.INVALID if contradiction else status


def key_ids_agree(child: Certificate, issuer: Certificate) -> bool | None:
    """Return whether the child's authority key id is the issuer's key id; None where either has none."""
    if child.authority_key_id is None or issuer.subject_key_id is None:
        return None
    return child.authority_key_id == issuer.subject_key_id
