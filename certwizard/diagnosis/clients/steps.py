"""How soon a verifier that tries one path alone takes which: the one with the lowest steps."""

from __future__ import annotations

from itertools import pairwise

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.edges import key_ids_agree
from certwizard.diagnosis.flaws import date_flaws
from certwizard.diagnosis.pool import Node, name_key

Step = tuple[float, ...]
UNSENT = 9_999


def settled_steps(case: Case, stores: frozenset[str], judged: Judged) -> tuple[Step, ...]:
    """Return the steps of a path as OpenSSL takes them.

    It looks into its store before it looks at what was sent, and there takes the first issuer that is in date,
    else the one that ends last (crypto/x509/x509_lu.c, x509_vfy.c).
    """
    return tuple(_settled(case, stores, node) for node in judged.path.nodes[1:])


def _settled(case: Case, stores: frozenset[str], node: Node) -> Step:
    certificate = node.certificate
    outdated = bool(date_flaws(certificate, case.judged_at))
    last = certificate.not_after.timestamp() if outdated and certificate.not_after else 0.0
    held = bool(stores & set(node.stores))
    return (not held, outdated, -last, node.index if node.index is not None else 0)


def listed_steps(case: Case, stores: frozenset[str], judged: Judged) -> tuple[Step, ...]:
    """Return the steps of a path as GnuTLS takes them.

    It keeps to what was sent, in that order and whatever the dates, until it comes to the name and key of a
    certificate in its store, or to the end (lib/x509/verify-high.c).
    """
    return tuple(_listed(case, stores, node) for node in judged.path.nodes[1:])


def _listed(case: Case, stores: frozenset[str], node: Node) -> Step:
    held = bool(stores & set(node.stores))
    if held and (node.index is not None or _is_sent_otherwise(case, node)):
        return (0, 0)
    return (1, node.index) if node.index is not None else (2, UNSENT)


def _is_sent_otherwise(case: Case, node: Node) -> bool:
    """Return whether another certificate of the same name and key was sent."""
    name, key = name_key(node.certificate.subject), node.certificate.key.spki_sha256
    return any(name_key(each.subject) == name and each.key.spki_sha256 == key for each in case.sent)


def is_ambiguous(case: Case, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether OpenSSL may take another issuer of its store than the right one, by name alone.

    Where no key id tells them apart it takes the first of that name, verifies with it, and tries no second one.
    """
    nodes = [node.certificate for node in judged.path.nodes]
    return any(
        stores & set(other.stores)
        and key_ids_agree(child, other.certificate) is not False
        and other.certificate.key.spki_sha256 != issuer.key.spki_sha256
        for child, issuer in pairwise(nodes)
        for other in case.pool.issuers_of(child)
    )
