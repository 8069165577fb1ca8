"""Variables of the environment that lead programs to no roots, or to private ones alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.holders import holders
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import severity_for
from certwizard.domain.trust_stores import SYSTEM, PlaceState, StorePlace, is_public
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.trust_variables import VariableRow, trust_variable

_STATES = {
    PlaceState.MISSING: "which is not there",
    PlaceState.EMPTY: "which holds no root",
    PlaceState.UNREADABLE: "which cannot be read",
}
_YIELDS_TO = {
    "SSL_CERT_FILE": ("CURL_CA_BUNDLE", "SSL_CERT_DIR"),
    "JDK_JAVA_OPTIONS": ("_JAVA_OPTIONS",),
    "JAVA_TOOL_OPTIONS": ("_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"),
}
"""What curl reads in its place where it is set as well, and which options of Java override which."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Variables that lead to the same place, told together, and the clients that read them."""

    rows: tuple[VariableRow, ...]
    place: StorePlace
    clients: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows)

    @property
    def who(self) -> str:
        titles = tuple(profile.title for profile in profiles() if profile.id in self.clients)
        return listing(titles) or listing(tuple(row.programs for row in self.rows))

    @property
    def seen(self) -> str:
        more = f" (so are {listing(self.names[1:], 12)})" if self.rows[1:] else ""
        return f"{self.names[0]}={self.place.path}{more}"

    def verb(self, one: str, many: str) -> str:
        return one if len(self.rows) == 1 else many


def variable_causes(case: Case) -> list[Cause]:
    """Return `trust-store-missing` for the variables that lead nowhere or replace the public roots.

    A company's set-up often points half a dozen variables at one file: that is one fault.
    """
    public = is_public(holders(case))
    unusable, replacing, extra = [], [], []
    for variable in case.observation.trust_variables:
        row = trust_variable(variable.name)
        if row is None:
            continue
        if variable.place.state is PlaceState.USABLE:
            if variable.place.public == 0 and public:
                replacing.append((row, variable.place, _replaced_for(case, row)))
        elif row.adds and not case.choice.anchored:
            extra.append((row, variable.place, frozenset({"nodejs"})))
        else:
            unusable.append((row, variable.place, _still_read(case, row, row.refuses)))
    return [
        *(_extra_missing(group) for group in _grouped(extra)),
        *(_unusable(group) for group in _grouped(unusable)),
        *(_replaces(group) for group in _grouped(replacing)),
    ]


def _grouped(found: Iterable[tuple[VariableRow, StorePlace, frozenset[str]]]) -> list[_Group]:
    groups: dict[StorePlace, _Group] = {}
    for row, place, clients in found:
        if not clients:
            continue
        so_far = groups.get(place)
        rows, known = (so_far.rows, so_far.clients) if so_far else ((), frozenset[str]())
        groups[place] = _Group((*rows, row), place, known | clients)
    return list(groups.values())


def _replaced_for(case: Case, row: VariableRow) -> frozenset[str]:
    clients = _still_read(case, row, row.replaces_for)
    return clients if _directory_helps(case) else clients | _still_read(case, row, row.beside_directory)


def _extra_missing(group: _Group) -> Cause:
    programs = listing(tuple(row.programs for row in group.rows))
    return _leads_nowhere(
        group, "extra-missing", f"{programs} go on with the usual roots alone", Severity.WARNING
    )


def _unusable(group: _Group) -> Cause:
    refuse = "refuses" if len(group.clients) == 1 else "refuse"
    return _leads_nowhere(group, "variable", f"{group.who} {refuse} every server")


def _leads_nowhere(group: _Group, detail: str, consequence: str, severity: Severity | None = None) -> Cause:
    place, verb = group.place, group.verb("names", "name")
    return Cause(
        CauseId.TRUST_STORE_MISSING,
        severity or severity_for(group.clients),
        f"{listing(group.names, 3)} {verb} {place.path or 'nothing'}, {_STATES[place.state]}: {consequence}.",
        "The variable is set in the environment that this check ran in, so what is started from there has it too. "
        "The path may be of another machine, of a container, or of a file that an update took away. The server is "
        "not at fault.",
        FieldId.TRUST_ANCHOR,
        group.seen + (f": {place.words}" if place.words else ""),
        "a file with the public roots, or the variable not set",
        detail=detail,
        minded_by=group.clients,
    )


def _replaces(group: _Group) -> Cause:
    place, verb = group.place, group.verb("replaces", "replace")
    roots = f"{place.roots} root{'s' if place.roots != 1 else ''}"
    it = group.verb(
        "the variable replaces the usual ones and does", "the variables replace the usual ones and do"
    )
    return Cause(
        CauseId.TRUST_STORE_MISSING,
        severity_for(group.clients),
        f"{listing(group.names, 3)} {verb} the public roots by {roots}, and no public one is among them.",
        f"{listing(group.names, 12)} {group.verb('names', 'name')} {place.path}, and its roots are all that "
        f"{group.who} then {'knows' if len(group.clients) == 1 else 'know'}: {it} not add to them. So the company's "
        "own servers work and all others are refused. The file has to hold the public roots and the private one.",
        FieldId.TRUST_ANCHOR,
        f"{group.seen}: {roots}, none of them public",
        "a bundle of the public roots with the private one added",
        detail="replaced",
        minded_by=group.clients,
    )


def _still_read(case: Case, row: VariableRow, clients: tuple[str, ...]) -> frozenset[str]:
    """Return those clients that really look at the variable, given which others are set."""
    names = {variable.name for variable in case.observation.trust_variables}
    if names.intersection(_YIELDS_TO.get(row.name, ())):
        return frozenset()
    taken = {"requests"} if row.name == "CURL_CA_BUNDLE" and "REQUESTS_CA_BUNDLE" in names else set()
    return frozenset(clients) - taken


def _directory_helps(case: Case) -> bool:
    """Return whether the system's directory of roots holds public ones: curl and git read it beside a file."""
    system = next((store for store in case.observation.stores if store.id == SYSTEM), None)
    return system is None or any(place.public for place in system.places[1:])
