"""Variants of a cause that only some clients mind: who refuses, and how much that weighs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import profiles


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a cause."""

    clients: frozenset[str] | None = None
    """Ids of the clients that refuse; None: every one that has words for the cause."""
    severity: Severity = Severity.ERROR
    basis: str = ""
    """``measured`` or ``documented``."""
    source: str = ""


_USUAL = Variant()


def variant(cause: CauseId, detail: str, *, root: bool = False) -> Variant:
    """Return who minds a variant of a cause; every client, where the table has no row.

    Args:
        cause: The cause.
        detail: The word for its variant.
        root: Whether the anchor itself is at fault, which fewer clients mind.
    """
    rows = variants()
    own = rows.get((cause, detail), _USUAL)
    at_root = rows.get((cause, f"root-{detail}"), rows.get((cause, "root"))) if root else None
    if at_root is None or at_root.clients is None:
        return own
    clients = at_root.clients if own.clients is None else own.clients & at_root.clients
    return replace(own, clients=clients)


@cache
def variants() -> dict[tuple[CauseId, str], Variant]:
    """Return every row of the table."""
    text = files("certwizard.knowledge").joinpath("variants.toml").read_text(encoding="utf-8")
    return {
        (CauseId(cause), detail): _variant(row)
        for cause, rows in tomllib.loads(text).items()
        for detail, row in rows.items()
    }


def _variant(row: dict[str, Any]) -> Variant:
    clients = row.get("clients")
    if clients is None:
        clients = {profile.id for profile in profiles() if not profile.is_among(row["except"])}
    return Variant(frozenset(clients), Severity(row.get("severity", "error")), row["basis"], row["source"])
