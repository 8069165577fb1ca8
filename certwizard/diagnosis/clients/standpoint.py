"""Which path a client takes: through what it knows, to a root that it trusts, by the habits of its verifier."""

from __future__ import annotations

from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.clients.limits import key_refused, signature_refused
from certwizard.diagnosis.flaws import Flaw, date_flaws
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.result import Cause, RevocationFinding, RevocationStatus
from certwizard.diagnosis.stores import store_used
from certwizard.domain.trust_stores import CA_FILE, is_public
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.client_traits import PathTraits, Search
from certwizard.knowledge.clients import ClientProfile

STAPLED, OCSP = "stapled OCSP", "OCSP"
_DATES = frozenset({CauseId.EXPIRED, CauseId.NOT_YET_VALID})
_RULES = frozenset({CauseId.NOT_A_CA, CauseId.PATH_LENGTH, CauseId.WRONG_USAGE})
Step = tuple[int, int, float, int]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """One client in front of one server."""

    profile: ClientProfile
    stores: frozenset[str]
    """Ids of the stores whose roots it trusts here."""
    public: bool
    """Whether the chain ends in a root of a vendor, for this client."""
    path: Judged | None = None
    """The path it takes, with every flaw of it; None where it reaches no root."""
    flaws: tuple[Flaw, ...] = ()
    """Those flaws of the path that it looks at."""
    findings: tuple[RevocationFinding, ...] = ()
    """What is known of revocations, by whatever source."""


def says_revoked(stand: Standpoint, cause: Cause, source: str = STAPLED) -> bool:
    """Return whether a source, the server's own staple unless named, calls the certificate of a cause revoked."""
    return any(
        found.source == source
        and found.status is RevocationStatus.REVOKED
        and found.index == cause.certificate
        for found in stand.findings
    )


def stand(case: Case, profile: ClientProfile, findings: tuple[RevocationFinding, ...] = ()) -> Standpoint:
    """Return a client's standpoint: the path it takes and what it minds there."""
    stores = _stores(case, profile)
    path = _path(case, profile, stores)
    public = case.publicly_trusted if path is None else is_public(path.path.stores)
    flaws = () if path is None else minded(case, profile, path, public=public)
    return Standpoint(profile, stores, public, path, flaws, findings)


def _stores(case: Case, profile: ClientProfile) -> frozenset[str]:
    """Return the first of its stores that was consulted, and the roots given by the user."""
    own = store_used(case, profile)
    return frozenset({CA_FILE} if own is None else {CA_FILE, own.id})


def _path(case: Case, profile: ClientProfile, stores: frozenset[str]) -> Judged | None:
    traits = profile.traits.path
    known = [each for each in case.choice.judged if _knows(traits, stores, each)]
    if traits.search is Search.FIRST:
        ends = [each for each in known if not _goes_on(traits, stores, each)]
        first = min(ends, key=lambda each: _steps(case, stores, each), default=None)
        return first if first is not None and _trusts(traits, stores, first) else None
    trusted = [each for each in known if _trusts(traits, stores, each)]
    return min(
        trusted,
        key=lambda each: len(minded(case, profile, each, public=is_public(each.path.stores))),
        default=None,
    )


def _trusts(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether the end of a path is a root to this client."""
    return bool(stores & set(judged.path.stores)) and not _goes_on(traits, stores, judged)


def _goes_on(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether a client looks for an issuer of where the path ends, although it trusts it."""
    held = bool(stores & set(judged.path.stores))
    return held and traits.self_signed_end and not judged.path.self_signed_end


def _knows(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether a client comes by every certificate of a path."""
    carried = traits.preloads_intermediates and "mozilla" in judged.path.stores
    return all(
        node.index is not None
        or stores & set(node.stores)
        or traits.fetches_aia
        or (carried and node is not judged.path.nodes[-1])
        for node in judged.path.nodes
    )


def _steps(case: Case, stores: frozenset[str], judged: Judged) -> tuple[Step, ...]:
    return tuple(_step(case, stores, node) for node in judged.path.nodes[1:])


def _step(case: Case, stores: frozenset[str], node: Node) -> Step:
    """Return how soon a verifier that settles for one issuer takes this one: lowest first.

    OpenSSL looks into its store before it looks at what was sent, and there takes the first that is in date,
    else the one that ends last (crypto/x509/x509_lu.c, x509_vfy.c).
    """
    certificate = node.certificate
    outdated = bool(date_flaws(certificate, case.judged_at))
    last = certificate.not_after.timestamp() if outdated and certificate.not_after else 0.0
    held = bool(stores & set(node.stores))
    return (int(not held), int(outdated), -last, node.index if node.index is not None else 0)


def minded(case: Case, profile: ClientProfile, judged: Judged, *, public: bool) -> tuple[Flaw, ...]:
    """Return those flaws of a path that a client looks at."""
    return tuple(flaw for flaw in judged.flaws if _minds(profile, judged, flaw, public=public))


def _minds(profile: ClientProfile, judged: Judged, flaw: Flaw, *, public: bool) -> bool:
    traits = profile.traits
    clients = flaw.variant.clients
    if clients is not None and not profile.is_among(clients):
        return False
    certificate = judged.path.nodes[flaw.position].certificate
    root = judged.path.anchored and flaw.position == len(judged.path.nodes) - 1
    if flaw.cause is CauseId.WEAK_KEY:
        return key_refused(traits.limits, certificate, root=root, leaf=flaw.position == 0)
    if flaw.cause is CauseId.WEAK_SIGNATURE:
        return signature_refused(traits.limits, certificate, public=public)
    if flaw.cause is CauseId.WRONG_USAGE and not traits.path.purpose:
        return False
    if root and flaw.position:
        if flaw.cause in _DATES:
            return traits.path.root_dates
        if flaw.cause in _RULES:
            return traits.path.root_rules
    return True
