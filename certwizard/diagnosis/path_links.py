"""The path as judged, certificate by certificate, for those who show it."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import ChainRole, Origin, PathLink


def path_links(case: Case) -> tuple[PathLink, ...]:
    """Return the links of the best path, leaf first; nothing where no chain was received."""
    best = case.choice.best
    if best is None:
        return ()
    last = len(best.path.nodes) - 1
    links = []
    for position, node in enumerate(best.path.nodes):
        ends = position == last and (node.is_anchor or best.path.self_signed_end)
        role = ChainRole.LEAF if position == 0 else ChainRole.ROOT if ends else ChainRole.INTERMEDIATE
        if position == last and node.is_anchor:
            origin = Origin.STORE
        else:
            origin = Origin.FETCHED if node.fetched else Origin.STORE if node.index is None else Origin.SENT
        links.append(PathLink(node.certificate, origin, role, node.index, node.stores if ends else ()))
    return tuple(links)
