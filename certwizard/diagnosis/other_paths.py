"""What only those clients meet that take another path than the one judged by.

Verifiers differ in which path they take: OpenSSL and GnuTLS settle for one issuer, and every client has stores of
its own. Where such a path has faults that the best one has not, they are causes too, minded by those clients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.clients.standpoint import Standpoint, stand
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.outcome import Outcome, conclude
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, Severity, Status
from certwizard.knowledge.clients import profiles

_RULES = frozenset(
    {
        CauseId.NAME_CONSTRAINTS,
        CauseId.NOT_A_CA,
        CauseId.PATH_LENGTH,
        CauseId.WRONG_USAGE,
        CauseId.UNKNOWN_CRITICAL_EXTENSION,
    }
)
"""Broken on one of several paths they are warnings: RFC 5280 asks for one good path, and clients differ by release.

Outdated certificates and dead ends are what servers really send, and then clients refuse; those are errors.
"""
Check = Callable[[Case], Outcome]
MOST_PATHS = 4
"""So many other paths are looked at; more would only be said again in other words."""


def with_other_paths(case: Case, outcomes: Sequence[Outcome], checks: Sequence[Check]) -> tuple[Outcome, ...]:
    """Return the outcomes with the causes of other clients' paths in them.

    Args:
        case: The case.
        outcomes: What the checks said of the best path.
        checks: Those of them that look at a path, to be asked again.
    """
    found = {cause_key(cause) for outcome in outcomes for cause in outcome.causes}
    more: list[tuple[Outcome, Cause]] = []
    for judged, standpoints in _others(case)[:MOST_PATHS]:
        seen_so = replace(case, choice=replace(case.choice, judged=(judged,)))
        for check in checks:
            again = check(seen_so)
            new = [c for c in again.causes if c.severity is Severity.ERROR and cause_key(c) not in found]
            found.update(map(cause_key, new))
            more += [(again, _minded(case, cause, standpoints)) for cause in new]
    return tuple(
        _joined(outcome, [cause for again, cause in more if again.check is outcome.check])
        for outcome in outcomes
    )


def cause_key(cause: Cause) -> tuple[object, ...]:
    """Return what makes two causes the same."""
    return cause.id, cause.certificate, cause.concerns, cause.detail


def _others(case: Case) -> list[tuple[Judged, list[Standpoint]]]:
    """Return the paths besides the best one that clients take and that are worse, each with these clients."""
    best = case.choice.best
    if best is None or not best.path.anchored or len(case.choice.judged) == 1:
        return []
    grouped: dict[int, list[Standpoint]] = {}
    for profile in profiles():
        standpoint = stand(case, profile)
        if standpoint.path is None or standpoint.path is best:
            continue
        # Without a path to its own roots, whatever it tries, the cause is the store and not the path.
        if standpoint.could_reach and (standpoint.flaws or not standpoint.reaches_root):
            grouped.setdefault(case.choice.judged.index(standpoint.path), []).append(standpoint)
    return [(case.choice.judged[place], standpoints) for place, standpoints in sorted(grouped.items())]


def _minded(case: Case, cause: Cause, standpoints: Iterable[Standpoint]) -> Cause:
    clients = [standpoint.profile for standpoint in standpoints]
    if cause.minded_by is not None:
        clients = [profile for profile in clients if profile.is_among(cause.minded_by)] or clients
    who = listing(tuple(profile.title for profile in clients), 4)
    # Of a file it is not known in which order a server sends it: IIS and Java build the chain themselves.
    surely = not case.from_files and cause.id not in _RULES
    refused = surely and any(profile.mainstream for profile in clients)
    return replace(
        cause,
        severity=Severity.ERROR if refused else Severity.WARNING,
        explanation=f"Clients that try every path find a good one beside this. {who} {_settle(clients)} for the first "
        f"issuer found and {'comes' if len(clients) == 1 else 'come'} to this fault. What leads there should not be "
        f"sent. {cause.explanation}",
        minded_by=frozenset(profile.id for profile in clients),
    )


def _settle(clients: Sequence[object]) -> str:
    return "settles" if len(clients) == 1 else "settle"


def _joined(outcome: Outcome, causes: list[Cause]) -> Outcome:
    if not causes:
        return outcome
    unknown = outcome.headline if outcome.status is Status.UNKNOWN else ""
    return conclude(
        outcome.check, (*outcome.causes, *causes), outcome.facts, good=outcome.headline, unknown=unknown
    )
