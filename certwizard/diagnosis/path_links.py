"""The paths as judged, certificate by certificate, for those who show them."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.paths import Path
from certwizard.diagnosis.result import ChainRole, Origin, PathLink, PathProblem, TrustPath
from certwizard.domain.vocabulary import Severity


def all_paths(case: Case) -> tuple[TrustPath, ...]:
    """Return every path of the leaf, the one judged by first; nothing where no chain was received."""
    return tuple(_shown(judged) for judged in case.choice.judged)


def _shown(judged: Judged) -> TrustPath:
    problems = tuple(
        PathProblem(flaw.cause, Severity.ERROR, flaw.position, flaw.detail) for flaw in judged.flaws
    )
    return TrustPath(_links(judged.path), problems, judged.trusted, judged.sound)


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
