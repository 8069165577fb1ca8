"""The trust stores of an observation: which could be read, which a client rests on, and their names in words."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.domain.observation import FailureReason, TrustStore
from certwizard.domain.trust_stores import CA_FILE, JAVA, MICROSOFT, MOZILLA, SYSTEM
from certwizard.domain.vocabulary import Severity
from certwizard.knowledge.clients import ClientProfile, profiles


def usable_stores(case: Case) -> tuple[TrustStore, ...]:
    """Return the stores that were consulted and could be read."""
    return tuple(store for store in case.observation.stores if is_usable(store))


def is_usable(store: TrustStore) -> bool:
    """Return whether a store gave roots."""
    return store.failure is None and store.count > 0


def is_known_empty(store: TrustStore) -> bool:
    """Return whether a store of this machine gives its programs nothing: then they trust nobody.

    What merely cannot be read by this program (a keystore of an unknown kind) says nothing on others.
    """
    machines = store.id == SYSTEM or bool(store.places)
    known = store.failure is None or store.failure.reason is not FailureReason.WRONG_KIND
    return machines and not is_usable(store) and known


def store_used(case: Case, profile: ClientProfile) -> TrustStore | None:
    """Return the store a client rests on: the first of its preference that was consulted."""
    consulted = {
        store.id: store
        for store in reversed(case.observation.stores)
        if is_usable(store) or is_known_empty(store)
    }
    return next((consulted[each] for each in profile.roots if each in consulted), None)


def clients_of(case: Case, store: TrustStore) -> frozenset[str]:
    """Return the ids of the clients that rest on a store."""
    return frozenset(
        profile.id
        for profile in profiles()
        if (used := store_used(case, profile)) is not None and used.id == store.id
    )


def given_by_user(case: Case) -> bool:
    """Return whether a path ends in a root that the user gives to every client."""
    return any(CA_FILE in path.stores for path in case.choice.anchored)


_SHORT = {
    MOZILLA: "Mozilla",
    MICROSOFT: "Microsoft",
    SYSTEM: "this system",
    JAVA: "Java",
    CA_FILE: "your CA file",
}


def short_names(ids: tuple[str, ...]) -> str:
    """Return who holds a root, in few words."""
    return listing(tuple(dict.fromkeys(_SHORT.get(each, each) for each in ids)))


def store_names(case: Case, ids: tuple[str, ...]) -> str:
    """Return the titles of stores by their ids, in one phrase."""
    titles = {store.id: store.title for store in reversed(case.observation.stores)}
    return listing(tuple(titles.get(each, each) for each in ids))


def severity_for(clients: frozenset[str]) -> Severity:
    """Return how much it matters that these clients refuse."""
    mainstream = {profile.id for profile in profiles() if profile.mainstream}
    return Severity.ERROR if clients & mainstream else Severity.WARNING
