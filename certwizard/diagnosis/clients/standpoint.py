"""Which path a client takes: through what it knows, to a root that it trusts, by the habits of its verifier."""

from __future__ import annotations

from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.clients.limits import key_refused, signature_refused
from certwizard.diagnosis.clients.steps import is_ambiguous, listed_steps, settled_steps
from certwizard.diagnosis.flaws import Flaw
from certwizard.diagnosis.result import Cause, RevocationFinding, RevocationStatus
from certwizard.diagnosis.stores import store_used
from certwizard.domain.certificate import Certificate
from certwizard.domain.trust_stores import CA_FILE, is_public
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.client_traits import BareRoot, PathTraits, Search
from certwizard.knowledge.clients import ClientProfile

STAPLED, OCSP = "stapled OCSP", "OCSP"
_DATES = frozenset({CauseId.EXPIRED, CauseId.NOT_YET_VALID})
_RULES = frozenset({CauseId.NOT_A_CA, CauseId.PATH_LENGTH})


@dataclass(frozen=True, slots=True)
class Standpoint:
    """One client in front of one server."""

    profile: ClientProfile
    stores: frozenset[str]
    """Ids of the stores whose roots it trusts here."""
    public: bool
    """Whether the chain ends in a root of a vendor, for this client."""
    path: Judged | None = None
    """The path it takes, with every flaw of it; None where it finds none to a root and several that lead nowhere."""
    reaches_root: bool = False
    """Whether that path ends in a root that it trusts."""
    hangs_on_order: bool = False
    """Whether its store holds several issuers that fit alike, of which it tries one: the order decides."""
    could_reach: bool = False
    """Whether some path that it could take does."""
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
    traits = profile.traits.path
    known = [each for each in case.choice.judged if _knows(traits, stores, each)]
    trusted = [each for each in known if _trusts(traits, stores, each)]
    if traits.search is Search.ALL:
        path = min(trusted, key=lambda each: len(minded(profile, each)), default=None)
    else:
        ends = [each for each in known if not _goes_on(traits, stores, each)]
        steps = listed_steps if traits.search is Search.LISTED else settled_steps
        path = min(ends, key=lambda each: steps(case, stores, each), default=None)
    return Standpoint(
        profile,
        stores,
        public=case.publicly_trusted if path is None else is_public(path.path.stores),
        path=path,
        reaches_root=path is not None and _trusts(traits, stores, path),
        hangs_on_order=path is not None
        and traits.search is Search.FIRST
        and is_ambiguous(case, stores, path),
        could_reach=bool(trusted),
        flaws=() if path is None else minded(profile, path),
        findings=findings,
    )


def _stores(case: Case, profile: ClientProfile) -> frozenset[str]:
    """Return the first of its stores that was consulted, and the roots given by the user."""
    own = store_used(case, profile)
    return frozenset({CA_FILE} if own is None else {CA_FILE, own.id})


def _trusts(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether the end of a path is a root to this client."""
    return bool(stores & set(judged.path.stores)) and not _goes_on(traits, stores, judged)


def _goes_on(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether a client looks for an issuer of where the path ends, although it trusts it."""
    held = bool(stores & set(judged.path.stores))
    return held and traits.self_signed_end and not judged.path.self_signed_end


def _knows(traits: PathTraits, stores: frozenset[str], judged: Judged) -> bool:
    """Return whether a client comes by every certificate of a path."""
    carried = traits.preloads_intermediates and is_public(judged.path.stores)
    return all(
        node.index is not None
        or stores & set(node.stores)
        or traits.fetches_aia
        or (carried and node is not judged.path.nodes[-1])
        for node in judged.path.nodes
    )


def minded(profile: ClientProfile, judged: Judged) -> tuple[Flaw, ...]:
    """Return those flaws of a path that a client looks at."""
    return tuple(flaw for flaw in judged.flaws if _minds(profile, judged, flaw))


def _minds(profile: ClientProfile, judged: Judged, flaw: Flaw) -> bool:
    traits = profile.traits
    clients = flaw.variant.clients
    if clients is not None and not profile.is_among(clients):
        return False
    certificate = judged.path.nodes[flaw.position].certificate
    root = judged.path.anchored and flaw.position == len(judged.path.nodes) - 1
    if flaw.cause is CauseId.WEAK_KEY:
        return key_refused(traits.limits, certificate, root=root, leaf=flaw.position == 0)
    if flaw.cause is CauseId.WEAK_SIGNATURE:
        return signature_refused(traits.limits, certificate, public=is_public(judged.path.stores))
    if flaw.cause is CauseId.WRONG_USAGE and not traits.path.purpose:
        return False
    if not (root and flaw.position):
        return True
    if flaw.cause in _DATES:
        return traits.path.root_dates
    if flaw.cause is CauseId.NOT_A_CA and certificate.basic_constraints is None:
        return not _takes_bare(traits.path, certificate)
    return traits.path.root_rules or flaw.cause not in _RULES


def _takes_bare(traits: PathTraits, root: Certificate) -> bool:
    """Return whether a client takes a root without basic constraints."""
    signs = root.key_usage is not None and "keyCertSign" in root.key_usage
    return traits.bare_root is BareRoot.ACCEPTED or (traits.bare_root is BareRoot.WITH_KEY_USAGE and signs)
