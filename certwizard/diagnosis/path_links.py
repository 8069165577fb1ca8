"""The paths as judged, certificate by certificate, for those who show them."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.path_rules import path_rule_causes
from certwizard.diagnosis.checks.policy import path_causes
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.paths import Path
from certwizard.diagnosis.result import Cause, ChainRole, Origin, PathLink, PathProblem, TrustPath
from certwizard.domain.vocabulary import CauseId, Severity

_DATES = frozenset({CauseId.EXPIRED, CauseId.NOT_YET_VALID})


def all_paths(case: Case) -> tuple[TrustPath, ...]:
    """Return every path of the leaf, the one judged by first; nothing where no chain was received."""
    return tuple(_shown(case, judged) for judged in case.choice.judged)


def _shown(case: Case, judged: Judged) -> TrustPath:
    problems = path_problems(case, judged)
    refused = any(problem.severity is Severity.ERROR for problem in problems)
    return TrustPath(
        _links(judged.path),
        problems,
        judged.trusted,
        judged.trusted and not refused and not judged.unfinished,
    )


def path_problems(case: Case, judged: Judged) -> tuple[PathProblem, ...]:
    """Return everything that is wrong on a path, from the leaf up, what clients refuse first."""
    found = [
        PathProblem(flaw.cause, Severity.ERROR, flaw.position, flaw.detail)
        for flaw in judged.flaws
        if flaw.cause in _DATES
    ]
    places: dict[object, int] = {}
    for position, node in enumerate(judged.path.nodes):
        places.setdefault(node.certificate.sha256, position)
        if node.index is not None:
            places.setdefault(node.index, position)
    causes = [*path_rule_causes(case, judged), *path_causes(case, judged)]
    found += [PathProblem(each.id, each.severity, _place(each, places), each.detail) for each in causes]
    return tuple(sorted(found, key=lambda each: (each.position, each.severity is not Severity.ERROR)))


def _place(cause: Cause, places: dict[object, int]) -> int:
    return places[cause.concerns if cause.certificate is None else cause.certificate]


def _links(path: Path) -> tuple[PathLink, ...]:
    last = len(path.nodes) - 1
    links = []
    for position, node in enumerate(path.nodes):
        ends = position == last and (node.is_anchor or path.self_signed_end)
        role = ChainRole.LEAF if position == 0 else ChainRole.ROOT if ends else ChainRole.INTERMEDIATE
        if position == last and node.is_anchor:
            origin = Origin.STORE
        else:
            origin = Origin.FETCHED if node.fetched else Origin.STORE if node.index is None else Origin.SENT
        links.append(PathLink(node.certificate, origin, role, node.index, node.stores if ends else ()))
    return tuple(links)
