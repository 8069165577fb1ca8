"""Changes to this machine: its trust stores, and the variables that lead programs to roots."""

from __future__ import annotations

from dataclasses import replace

from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.proposal import Proposal, concerned
from certwizard.diagnosis.repairs.supposition import Supposition
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import clients_of
from certwizard.domain.observation import Anchor, Observation, TrustStore
from certwizard.domain.trust_stores import PlaceState, TrustVariable, is_public
from certwizard.domain.vocabulary import CauseId

USUAL_NUMBER = 140
"""About as many roots as a vendor ships."""
ON_PURPOSE = 6
"""Somebody decided it, so undoing it asks for more than an update."""


def mend_store(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Give a store of this machine the public roots, or let a variable of the environment lead to them."""
    variable = _variable(judgement, cause)
    if variable is not None:
        names = tuple(each.name for each in _alike(judgement.case.observation, variable))
        unset = "leave it unset" if len(names) == 1 else "leave them unset"
        text = f"let {listing(names, 3)} name a file with the public roots, or {unset}"
        return Proposal(ChangeKind.MEND_STORE, variable.name, text, lambda so_far: _without(so_far, variable))
    store = _store(judgement, cause)
    if store is None:
        return None
    root = concerned(judgement, cause)
    text = f"put the public roots into {store.title}"
    if cause.id is CauseId.TRUST_STORE_OUTDATED and root is not None:
        text = f"update {store.title}, or add {quoted(root)} to it"
    return Proposal(ChangeKind.MEND_STORE, store.id, text, lambda so_far: _mended(so_far, store))


def trust_again(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Take a root off the list of those that this machine distrusts on purpose."""
    store, root = _store(judgement, cause), concerned(judgement, cause)
    if cause.detail != "this-machine" or store is None or root is None:
        return None
    return Proposal(
        ChangeKind.MEND_STORE,
        store.id,
        f"let this machine trust {quoted(root)} again, if that was a mistake",
        lambda so_far: _mended(so_far, store),
        effort=ON_PURPOSE,
    )


def _variable(judgement: Judgement, cause: Cause) -> TrustVariable | None:
    name, is_setting, _ = cause.seen.partition("=")
    set_here = judgement.case.observation.trust_variables
    return next((each for each in set_here if is_setting and each.name == name), None)


def _store(judgement: Judgement, cause: Cause) -> TrustStore | None:
    """Return the store that the clients named by a cause rest on."""
    case, clients = judgement.case, cause.minded_by or frozenset()
    found = (store for store in case.observation.stores if clients & clients_of(case, store))
    return next(found, None)


def _alike(seen: Observation, variable: TrustVariable) -> tuple[TrustVariable, ...]:
    """Return the variables that lead to the same place, which are told and set right together."""
    return tuple(each for each in seen.trust_variables if each.place == variable.place)


def _without(so_far: Supposition, variable: TrustVariable) -> Supposition:
    left = tuple(each for each in so_far.observation.trust_variables if each.place != variable.place)
    return replace(so_far, observation=replace(so_far.observation, trust_variables=left))


def _mended(so_far: Supposition, store: TrustStore) -> Supposition:
    """Return this with the store holding every root that a vendor ships."""
    number = max(store.count, USUAL_NUMBER)
    places = tuple(
        replace(each, state=PlaceState.USABLE, roots=number, public=number) for each in store.places
    )
    good = replace(store, count=number, public=number, failure=None, excluded=(), places=places)
    seen = so_far.observation
    stores = tuple(good if each.id == store.id else each for each in seen.stores)
    anchors = tuple(_held(each, store.id) if is_public(each.stores) else each for each in seen.anchors)
    return replace(so_far, observation=replace(seen, stores=stores, anchors=anchors))


def _held(anchor: Anchor, store: str) -> Anchor:
    return replace(anchor, stores=tuple(dict.fromkeys((*anchor.stores, store))))
