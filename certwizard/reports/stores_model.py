"""An inventory of trust stores with its judgement: what both forms of the report show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.diagnosis.store_verdicts import StoreVerdict
from certwizard.domain.inventory import Inventory
from certwizard.domain.observation import FailureReason, TrustStore
from certwizard.domain.trust_stores import CA_FILE, JAVA, MOZILLA, SYSTEM, VENDORS, PlaceState, TrustVariable
from certwizard.domain.vocabulary import ExitCode, Status
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.trust_variables import trust_variable

_STATES = {
    PlaceState.MISSING: "is not there",
    PlaceState.EMPTY: "holds no root",
    PlaceState.UNREADABLE: "cannot be read",
}


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One store as it is shown."""

    store: TrustStore
    status: Status
    problem: str
    """What is wrong with it, empty where nothing is."""
    used_by: str
    verdict: StoreVerdict | None = None
    """What it makes of the target's chain, where one was asked for."""


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One variable as it is shown."""

    variable: TrustVariable
    status: Status
    words: str
    programs: str


@dataclass(frozen=True, slots=True)
class StoresReport:
    """Everything that is shown."""

    inventory: Inventory
    target: str | None
    stores: tuple[StoreRow, ...]
    variables: tuple[VariableRow, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0 where all is well, 1 with something wrong, and with a target 2 where no store trusts it."""
        verdicts = [row.verdict.status for row in self.stores if row.verdict is not None]
        if verdicts and all(status is Status.UNKNOWN for status in verdicts):
            return ExitCode.UNDETERMINED
        if verdicts and Status.PASS not in verdicts:
            return ExitCode.REJECTED
        states = [row.status for row in self.stores] + [row.status for row in self.variables]
        wrong = any(status in (Status.WARN, Status.FAIL) for status in (*states, *verdicts))
        return ExitCode.WARNED if wrong or self.inventory.notices else ExitCode.ACCEPTED


def stores_report(
    inventory: Inventory, target: str | None = None, verdicts: Iterable[StoreVerdict] = ()
) -> StoresReport:
    """Judge an inventory.

    Args:
        inventory: What was found.
        target: What the stores were asked about, in words.
        verdicts: What each store makes of it, in the order of the stores.
    """
    by_place: list[StoreVerdict | None] = [*verdicts] or [None] * len(inventory.stores)
    rows = [_store(store, verdict) for store, verdict in zip(inventory.stores, by_place, strict=True)]
    return StoresReport(inventory, target, tuple(rows), tuple(map(_variable, inventory.variables)))


def _store(store: TrustStore, verdict: StoreVerdict | None) -> StoreRow:
    status, problem = _state(store)
    return StoreRow(store, status, problem, _used_by(store.id), verdict)


def _state(store: TrustStore) -> tuple[Status, str]:
    if store.failure is not None:
        unknown = store.failure.reason is FailureReason.WRONG_KIND
        detail = store.failure.detail or "it cannot be read"
        return (Status.UNKNOWN if unknown else Status.FAIL), detail
    broken = [place for place in store.places if place.state is not PlaceState.USABLE]
    if store.count == 0:
        # A browser's database holds what somebody added to it, mostly nothing.
        return (Status.PASS, "") if store.id.startswith("nss-") else (Status.FAIL, "it holds no root")
    if store.id in (SYSTEM, JAVA) and store.places and store.public == 0:
        return Status.FAIL, "private roots stand in the place of the public ones: none of them is public"
    if broken and store.id == SYSTEM:
        return Status.WARN, "; ".join(f"{place.path} {_STATES[place.state]}" for place in broken)
    return Status.PASS, ""


def _used_by(store: str) -> str:
    if store == CA_FILE:
        return "what you give it to"
    row = trust_variable(store)
    if row is not None:
        return row.programs
    if store.startswith("nss-"):
        return "this browser profile, beside the roots that the browser brings along"
    if store.startswith(f"{JAVA}-"):
        return "programs that this Java runs"
    titles = [profile.title for profile in profiles() if profile.roots[0] == store]
    named = ", ".join(dict.fromkeys(titles))
    own = " (browsers and Node.js by lists of their own that are close to it)" if store == MOZILLA else ""
    return f"{named}{own}" or ("nobody that is known here" if store not in VENDORS else "")


def _variable(variable: TrustVariable) -> VariableRow:
    place, row = variable.place, trust_variable(variable.name)
    programs = row.programs if row is not None else ""
    if place.state is not PlaceState.USABLE:
        status = Status.FAIL if row is not None and row.refuses else Status.WARN
        return VariableRow(variable, status, f"{_STATES[place.state]}: {place.words}", programs)
    roots = f"{place.roots} root{'s' if place.roots != 1 else ''}, {place.public} of them public"
    if place.public or (row is not None and row.adds):
        return VariableRow(variable, Status.PASS, roots, programs)
    if row is not None and row.replaces_for:
        return VariableRow(variable, Status.WARN, f"{roots}: it replaces the public roots", programs)
    return VariableRow(variable, Status.PASS, roots, programs)
