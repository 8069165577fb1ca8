"""Who holds the root that the chain ends in, and who does not: vendors that differ, and this machine's own stores."""

from __future__ import annotations

from collections.abc import Iterable

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import capital, quoted
from certwizard.diagnosis.result import Cause, Fact
from certwizard.diagnosis.stores import clients_of, given_by_user, severity_for, store_names, usable_stores
from certwizard.domain.observation import TrustStore
from certwizard.domain.trust_stores import CA_FILE, JAVA, MICROSOFT, MOZILLA, SYSTEM, VENDORS, is_public
from certwizard.domain.vocabulary import CauseId, FieldId, Status

SOME_VENDORS = "some-vendors"
"""The detail of a root that some vendors ship and others do not."""
_OF_A_STORE = frozenset({CauseId.TRUST_STORE_MISSING, CauseId.TRUST_STORE_OUTDATED, CauseId.DISTRUSTED_CA})
_WHERE = {
    MOZILLA: "Firefox, programs with Mozilla's list, and most Linux systems",
    MICROSOFT: "Windows, Edge and programs that rest on the Windows store",
}


def holders(case: Case) -> tuple[str, ...]:
    """Return the ids of the stores that hold the end of any path, each once."""
    return tuple(dict.fromkeys(store for path in case.choice.anchored for store in path.stores))


def lacking(case: Case) -> tuple[TrustStore, ...]:
    """Return the usable stores that hold no root of this chain although a vendor ships one."""
    found = holders(case)
    if not is_public(found):
        return ()
    return tuple(store for store in usable_stores(case) if store.id not in found and store.id != CA_FILE)


def vendor_causes(case: Case) -> list[Cause]:
    """Return `untrusted-root` where some vendors ship the root and others do not: clients differ."""
    best, without = case.choice.best, [store for store in lacking(case) if store.id in VENDORS]
    if best is None or not best.path.anchored or given_by_user(case) or not without:
        return []
    root = next(path for path in case.choice.anchored if is_public(path.stores)).nodes[-1]
    having = tuple(store for store in holders(case) if store in VENDORS)
    missing = tuple(store.id for store in without)
    return [
        Cause(
            CauseId.UNTRUSTED_ROOT,
            severity_for(frozenset().union(*(clients_of(case, store) for store in without))),
            f"{quoted(root.certificate)} is a root of {store_names(case, having)}, but not of "
            f"{store_names(case, missing)}.",
            f"So the same server is trusted by {_places(having)}, and refused by {_places(missing)}. Each vendor "
            "decides on its own which CAs it takes, and a CA may be with one and not, not yet or no longer with "
            "another. A certificate of a CA that all vendors ship is trusted everywhere.",
            FieldId.TRUST_ANCHOR,
            f"held by {store_names(case, having)}",
            f"held by {store_names(case, (*having, *missing))}",
            certificate=root.index,
            concerns="" if root.index is not None else root.certificate.sha256,
            detail=SOME_VENDORS,
        )
    ]


def _places(stores: tuple[str, ...]) -> str:
    return " and ".join(_WHERE[store] for store in stores)


def _mark(store: TrustStore, causes: Iterable[Cause]) -> Status:
    """Return how bad it is that a store lacks the root: as bad as what is said of that store."""
    found = next((cause for cause in causes if _speaks_of(cause, store)), None)
    return Status.WARN if found is None else mark(found.severity)


def _speaks_of(cause: Cause, store: TrustStore) -> bool:
    if store.id in VENDORS:
        return cause.detail == SOME_VENDORS
    if store.id == SYSTEM:
        # Whatever is said of a store on this machine and not of a Java's is said of the system's.
        return cause.id in _OF_A_STORE and not cause.detail.startswith(JAVA)
    return cause.detail == store.id


def holder_facts(case: Case, causes: Iterable[Cause] = ()) -> list[Fact]:
    """Return a row for each consulted store: whether it holds the root that the chain ends in.

    Args:
        case: What was seen.
        causes: What was found; some speak of a store.
    """
    best = case.choice.best
    if best is None or not best.path.anchored or best.path.nodes[-1].stores == (CA_FILE,):
        return []
    found, public = holders(case), is_public(holders(case))
    return [
        Fact(
            FieldId.TRUST_ANCHOR,
            capital(store.title),
            "holds the root" if store.id in found else "does not hold the root",
            "holds it" if public else "",
            Status.PASS if store.id in found or not public else _mark(store, causes),
        )
        for store in usable_stores(case)
        if store.id != CA_FILE
    ]
