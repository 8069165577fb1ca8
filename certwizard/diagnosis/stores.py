"""The trust stores of an observation, in words."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.domain.observation import TrustStore


def usable_stores(case: Case) -> tuple[TrustStore, ...]:
    """Return the stores that were consulted and could be read."""
    return tuple(store for store in case.observation.stores if store.failure is None and store.count > 0)


def store_names(case: Case, ids: tuple[str, ...]) -> str:
    """Return the titles of stores by their ids, in one phrase."""
    titles = {store.id: store.title for store in case.observation.stores}
    return listing(tuple(titles.get(each, each) for each in ids))
