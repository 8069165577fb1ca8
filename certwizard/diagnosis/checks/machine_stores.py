"""What is wrong with the trust stores of this machine, whatever the server does.

Nothing of this is said where the user gives the roots: then this machine's own do not decide.
"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.holders import holders, lacking
from certwizard.diagnosis.checks.trust_variables import variable_causes
from certwizard.diagnosis.naming import capital, quoted
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import clients_of, given_by_user, is_known_empty, severity_for, store_names
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import TrustStore
from certwizard.domain.trust_stores import JAVA, MOZILLA, SYSTEM, PlaceState, is_public
from certwizard.domain.vocabulary import CauseId, FieldId
from certwizard.knowledge.distrust import is_distrusted_by

WINDOWS_STORE = "ROOT"
_ROOT_FETCHED_LATER = frozenset({"python"})
"""Windows fetches a root when its own functions ask; Python's ssl module takes what is there already."""
_STATES = {
    PlaceState.MISSING: "is not there",
    PlaceState.EMPTY: "holds no root",
    PlaceState.UNREADABLE: "cannot be read",
}


def machine_store_causes(case: Case) -> list[Cause]:
    """Return `trust-store-missing`, `trust-store-outdated`, and `distrusted-ca` by this machine's settings."""
    best = case.choice.best
    if best is None or case.observation.only_ca_file or given_by_user(case):
        return []
    causes = variable_causes(case)
    told = frozenset().union(*(cause.minded_by or frozenset() for cause in causes))
    for store in case.observation.stores:
        causes += _of_store(case, store, told)
    return causes


def _of_store(case: Case, store: TrustStore, told: frozenset[str]) -> list[Cause]:
    """Return what is wrong with one store of this machine.

    Args:
        case: The case.
        store: One of its stores.
        told: Clients whose trouble was named already.
    """
    clients = clients_of(case, store) - told
    if store.id not in (SYSTEM, JAVA) or not clients:
        return []
    if is_known_empty(store):
        return [_missing(case, store, clients)]
    if store not in lacking(case):  # Nor is it where the root is no public one.
        return []
    root = _public_root(case)
    if root.sha256 in store.excluded:
        return [_excluded(case, store, root, clients)]
    if store.public == 0 and store.places and MOZILLA in holders(case):
        return [_replaced(store, clients)]
    if MOZILLA not in holders(case) or is_distrusted_by(root, "mozilla"):
        return []  # Linux systems take over Mozilla's list, so the store is as it should be.
    return [_outdated(case, store, root, clients)]


def _public_root(case: Case) -> Certificate:
    return next(path for path in case.choice.anchored if is_public(path.stores)).nodes[-1].certificate


def _missing(case: Case, store: TrustStore, clients: frozenset[str]) -> Cause:
    place = store.places[0] if store.places else None
    where = place.path if place is not None else store.path
    state = _STATES.get(place.state, "cannot be used") if place is not None else "cannot be used"
    words = f"{where} {state}" if where else "no file or folder of roots was found"
    server = (
        "The server is not at fault: its root is one that vendors ship. " if is_public(holders(case)) else ""
    )
    return Cause(
        CauseId.TRUST_STORE_MISSING,
        severity_for(clients),
        f"{capital(store.title)} are missing: {words}.",
        f"Programs that rest on this store trust nobody, so they refuse every server, good ones too. {server}Small "
        "container images come without roots; on other machines a package was removed or an update was cut off.",
        FieldId.TRUST_ANCHOR,
        words,
        "a store with the public roots",
        detail=place.state.value if place is not None else "missing",
        minded_by=clients,
    )


def _replaced(store: TrustStore, clients: frozenset[str]) -> Cause:
    return Cause(
        CauseId.TRUST_STORE_MISSING,
        severity_for(clients),
        f"{capital(store.title)} hold {store.count} root{'s' if store.count != 1 else ''}, and no public one.",
        "Private roots were put in the place of the public ones, not beside them. So programs that rest on this "
        "store accept the company's servers and refuse all others. The bundle has to hold both.",
        FieldId.TRUST_ANCHOR,
        f"{store.count} roots, none of them public, in {store.path}",
        "the public roots and the private ones",
        detail="replaced",
        minded_by=clients,
    )


def _excluded(case: Case, store: TrustStore, root: Certificate, clients: frozenset[str]) -> Cause:
    return Cause(
        CauseId.DISTRUSTED_CA,
        severity_for(clients),
        f"This machine distrusts {quoted(root)} on purpose.",
        f"{capital(store_names(case, tuple(s for s in holders(case))))} hold this root, but the settings of this "
        "machine take it out (a line with ! in /etc/ca-certificates.conf, or a file in the blocklist folder). "
        "Whoever did so decided that its certificates do not count here.",
        FieldId.TRUST_ANCHOR,
        f"{quoted(root)}, taken out of {store.title}",
        "a root that this machine trusts",
        concerns=root.sha256,
        detail="this-machine",
        minded_by=clients,
    )


def _outdated(case: Case, store: TrustStore, root: Certificate, clients: frozenset[str]) -> Cause:
    detail, why = store.id, "An old image, or a system without updates, does not know the roots of today. "
    if store.path == WINDOWS_STORE:
        clients, detail = clients & _ROOT_FETCHED_LATER, "windows"
        why = (
            "Windows fetches a root when its own functions need it; programs that only list the store, such as "
            "Python, do not see it before. "
        )
    elif store.id == JAVA:
        why = "An old Java does not know the roots of today, and Java's makers do not take every CA. "
    return Cause(
        CauseId.TRUST_STORE_OUTDATED,
        severity_for(clients),
        f"{quoted(root)} is a public root that {store.title} do not hold.",
        f"{capital(store_names(case, tuple(s for s in holders(case) if is_public((s,)))))} hold it, so browsers accept "
        f"the server. {why}The server is not at fault.",
        FieldId.TRUST_ANCHOR,
        f"{quoted(root)} is not in {store.path or store.title}",
        f"{quoted(root)} in the store",
        concerns=root.sha256,
        detail=detail,
        minded_by=clients or _ROOT_FETCHED_LATER,
    )
