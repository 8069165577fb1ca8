"""The keys that browsers know in advance for some names (static pins)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PinSet:
    """Names of one owner, and the keys that each browser expects on the way to their root."""

    title: str
    below: frozenset[str]
    """Names that count with all that is below them."""
    alone: frozenset[str]
    keys: Mapping[str, frozenset[str]]
    """By client: SHA-256 of the public keys (SubjectPublicKeyInfo), in base64 as pins are written."""

    def covers(self, name: str) -> bool:
        """Return whether a host name is pinned.

        Args:
            name: As it is asked for, in A-labels.
        """
        labels = name.lower().rstrip(".").split(".")
        above = {".".join(labels[start:]) for start in range(len(labels))}
        return ".".join(labels) in self.alone or not above.isdisjoint(self.below)


@cache
def expiry() -> date:
    """Return the day after which the lists are too old to say anything."""
    found: date = _table()["expires"]
    return found


def pin_set_for(name: str) -> PinSet | None:
    """Return the pins of a host name, or None where browsers know none.

    Args:
        name: As it is asked for, in A-labels.
    """
    return next((each for each in pin_sets() if each.covers(name)), None)


@cache
def pin_sets() -> tuple[PinSet, ...]:
    """Return every set of the table."""
    rows = [row for row in _table().values() if isinstance(row, dict)]
    return tuple(
        PinSet(
            row["title"],
            frozenset(row["below"]),
            frozenset(row["alone"]),
            {client: frozenset(keys) for client, keys in row["keys"].items()},
        )
        for row in rows
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("certwizard.knowledge").joinpath("pins.toml").read_text(encoding="utf-8"))
