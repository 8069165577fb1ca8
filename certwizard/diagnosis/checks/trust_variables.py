"""Variables of the environment that lead programs to no roots, or to private ones alone."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.holders import holders
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import severity_for
from certwizard.domain.trust_stores import SYSTEM, PlaceState, TrustVariable, is_public
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


def variable_causes(case: Case) -> list[Cause]:
    """Return `trust-store-missing` for each variable that leads nowhere or replaces the public roots."""
    causes = []
    for variable in case.observation.trust_variables:
        row = trust_variable(variable.name)
        if row is None:
            continue
        if variable.place.state is not PlaceState.USABLE:
            causes += _leads_nowhere(case, row, variable)
        elif variable.place.public == 0 and is_public(holders(case)):
            causes += _replaces(case, row, variable)
    return causes


def _leads_nowhere(case: Case, row: VariableRow, variable: TrustVariable) -> list[Cause]:
    clients = _still_read(case, row, row.refuses)
    if row.adds and not case.choice.anchored:
        consequence = f"{row.programs} go on with the usual roots alone"
        return [_cause(variable, "extra-missing", consequence, frozenset({"nodejs"}), Severity.WARNING)]
    if not clients:
        return []
    return [_cause(variable, "variable", f"{_who(clients, row)} {_refuse(clients)} every server", clients)]


def _replaces(case: Case, row: VariableRow, variable: TrustVariable) -> list[Cause]:
    clients = _still_read(case, row, row.replaces_for)
    if not _directory_helps(case):
        clients |= _still_read(case, row, row.beside_directory)
    if not clients:
        return []
    place = variable.place
    roots = f"{place.roots} root{'s' if place.roots != 1 else ''}"
    return [
        Cause(
            CauseId.TRUST_STORE_MISSING,
            severity_for(clients),
            f"{variable.name} replaces the public roots by {roots}, and no public one is among them.",
            f"{variable.name} names {place.path}, and its roots are all that {_who(clients, row)} then "
            f"{'knows' if len(clients) == 1 else 'know'}: the variable replaces the usual ones and does not add to "
            "them. So the company's own servers work and all others are refused. The file has to hold the public "
            "roots and the private one.",
            FieldId.TRUST_ANCHOR,
            f"{variable.name}={place.path}: {roots}, none of them public",
            "a bundle of the public roots with the private one added",
            detail="replaced",
            minded_by=clients,
        )
    ]


def _cause(
    variable: TrustVariable,
    detail: str,
    consequence: str,
    clients: frozenset[str],
    severity: Severity | None = None,
) -> Cause:
    place = variable.place
    return Cause(
        CauseId.TRUST_STORE_MISSING,
        severity or severity_for(clients),
        f"{variable.name} names {place.path or 'nothing'}, {_STATES[place.state]}: {consequence}.",
        "The variable is set in the environment that this check ran in, so what is started from there has it too. "
        "The path may be of another machine, of a container, or of a file that an update took away. The server is "
        "not at fault.",
        FieldId.TRUST_ANCHOR,
        f"{variable.name}={place.path}" + (f": {place.words}" if place.words else ""),
        "a file with the public roots, or the variable not set",
        detail=detail,
        minded_by=clients,
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


def _refuse(clients: frozenset[str]) -> str:
    return "refuses" if len(clients) == 1 else "refuse"


def _who(clients: frozenset[str], row: VariableRow) -> str:
    titles = [profile.title for profile in profiles() if profile.id in clients]
    return " and ".join(titles) or row.programs
