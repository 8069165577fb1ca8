"""Who issued a certificate: found by name, proved by signature, with a bound on the arithmetic.

A signature is made by one key, so each key is tried once, however many certificates hold it; as soon as one
key verifies, its certificates are the issuers and nothing else is tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.diagnosis.pool import Node, Pool
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import SignatureStatus, is_self_signed, verify_signature

MAX_WORK = 2500
"""About a quarter of a second; see `price`. The largest honest chains cost some dozens."""
MOST_BROKEN = 4
"""Issuers by name whose key does not verify: more of them say no more."""

_KEY_KINDS = (("RSAEncryption", "RSA"), ("Ed25519", "Ed25519"), ("Ed448", "Ed448"), ("ML-DSA", "ML-DSA"))
_KINDS = frozenset({"RSA", "EC", "DSA", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
_DEAREST = 400
"""What no signature costs more than: beyond, `domain.signatures` refuses the numbers unseen."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One possible issuer of a certificate."""

    issuer: Node
    status: SignatureStatus
    """How the certificate's signature verifies with its key."""


class Edges:
    """The issuers of the certificates of one pool, each found once."""

    def __init__(self, pool: Pool, work: int = MAX_WORK) -> None:
        """Start with nothing tried and this much work allowed."""
        self._pool = pool
        self._left = work
        self._known: dict[str, tuple[Edge, ...]] = {}
        self._self_signed: dict[str, bool] = {}
        self.tries = 0
        """How many signatures were verified."""
        self.exhausted: set[str] = set()
        """Certificates (sha256) of which not every possible issuer could be tried."""

    def issuers(self, node: Node) -> tuple[Edge, ...]:
        """Return the issuers of a certificate: those whose key verifies, else what comes nearest."""
        child = node.certificate
        if child.sha256 not in self._known:
            self._known[child.sha256] = self._find(child)
        return self._known[child.sha256]

    def signs_itself(self, node: Node) -> bool:
        """Return whether a certificate's own key made its signature."""
        certificate = node.certificate
        if not certificate.is_self_issued:
            return False
        if certificate.sha256 not in self._self_signed:
            if not self._pay(certificate, certificate):
                self.exhausted.add(certificate.sha256)
                return False
            self._self_signed[certificate.sha256] = is_self_signed(certificate)
        return self._self_signed[certificate.sha256]

    def _find(self, child: Certificate) -> tuple[Edge, ...]:
        tried: list[tuple[SignatureStatus, list[Node]]] = []
        for key in _by_key(child, self._pool.issuers_of(child)):
            if not self._pay(child, key[0].certificate):
                self.exhausted.add(child.sha256)
                # Not every key was tried, so a wrong signature proves nothing.
                tried = [each for each in tried if each[0] is not SignatureStatus.INVALID]
                break
            status = signature_between(child, key[0].certificate)
            if status is SignatureStatus.VALID:
                return tuple(Edge(node, status) for node in key)
            tried.append((status, key))
        return _nearest(child, tried)

    def _pay(self, child: Certificate, issuer: Certificate) -> bool:
        cost = price(child, issuer)
        if cost > self._left:
            return False
        self._left -= cost
        self.tries += 1
        return True


def _by_key(child: Certificate, candidates: Iterable[Node]) -> list[list[Node]]:
    """Group by key, first those whose key id the child names; a differing id is a hint, never a proof."""
    groups: dict[str, list[Node]] = {}
    for node in sorted(candidates, key=lambda each: _id_rank(child, each.certificate)):
        groups.setdefault(node.certificate.key.spki_sha256, []).append(node)
    return list(groups.values())


def _id_rank(child: Certificate, issuer: Certificate) -> int:
    return (True, None, False).index(key_ids_agree(child, issuer))


def _nearest(child: Certificate, tried: list[tuple[SignatureStatus, list[Node]]]) -> tuple[Edge, ...]:
    """Return the issuers that could not be verified, else those that claim the key id and do not verify."""
    for wanted in (SignatureStatus.UNSUPPORTED, SignatureStatus.INVALID):
        nodes = [
            node
            for status, key in tried
            if status is wanted
            for node in key
            if wanted is SignatureStatus.UNSUPPORTED or key_ids_agree(child, node.certificate) is not False
        ]
        if nodes:
            return tuple(Edge(node, wanted) for node in nodes[:MOST_BROKEN])
    return ()


def price(child: Certificate, issuer: Certificate) -> int:
    """Return what verifying a signature costs, in units of about a tenth of a millisecond."""
    key = issuer.key
    cost = 2 + len(child.der) // 50_000
    bits = key.bits or 0
    if key.kind == "RSA":
        exponent = key.exponent.bit_length() if key.exponent is not None else 0
        cost += bits * bits * max(exponent, 17) // (17 * 4096 * 4096)
    elif key.kind == "EC":
        cost += 0 if key.curve == "secp256r1" else bits // 32
    elif key.kind == "DSA":
        cost += bits * bits // 1_000_000
    return min(cost, _DEAREST)


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
