"""Stapled OCSP answers that do not count, as dated data: who refuses a server for which."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class StapleFault:
    """One way in which a staple fails."""

    id: str
    words: str
    """Follow "the stapled answer"."""
    expected: str
    always: frozenset[str] = frozenset()
    """Clients that refuse whatever the certificate says."""
    demanded: frozenset[str] = frozenset()
    """Those that refuse where the certificate demands a staple."""
    asks_instead: frozenset[str] = frozenset()
    """Those of them that ask the responder, and accept where it answers."""
    listed_first: frozenset[str] = frozenset()
    """Those of them that look into a list of their own before, for publicly trusted certificates."""

    def refusing(self, *, demanded: bool, answered: bool, public: bool) -> frozenset[str]:
        """Return who refuses.

        Args:
            demanded: Whether the certificate demands a staple.
            answered: Whether the responder itself gives a good answer.
            public: Whether the chain ends in a publicly trusted root.
        """
        who = self.always | (self.demanded if demanded else frozenset())
        spared = (self.asks_instead if answered else frozenset()) | (
            self.listed_first if public else frozenset()
        )
        return who - spared


@cache
def staple_faults() -> dict[str, StapleFault]:
    """Return every fault by its id."""
    text = files("certwizard.knowledge").joinpath("staples.toml").read_text(encoding="utf-8")
    return {name: _fault(name, row) for name, row in tomllib.loads(text).items()}


def _fault(name: str, row: dict[str, Any]) -> StapleFault:
    lists = ("always", "demanded", "asks_instead", "listed_first")
    return StapleFault(
        name, row["words"], row["expected"], **{key: frozenset(row.get(key, ())) for key in lists}
    )
