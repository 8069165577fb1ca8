"""The variables of the environment that name roots: who reads them, and what they do to the usual roots."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One variable."""

    name: str
    programs: str
    """Who reads it, in words."""
    adds: bool
    """Whether its roots come beside the usual ones; else they stand in their place."""
    refuses: tuple[str, ...]
    """Ids of the clients that refuse every server where the place is missing or holds nothing."""
    replaces_for: tuple[str, ...]
    """Ids of the clients that know no other roots where it is set."""
    beside_directory: tuple[str, ...]
    """Ids of the clients that read the system's directory of roots beside it."""
    java_options: bool = False
    """Whether it holds options of Java, of which one names the roots."""


@cache
def trust_variables() -> tuple[VariableRow, ...]:
    """Return every row of the table, in its order."""
    text = files("certwizard.knowledge").joinpath("trust_variables.toml").read_text(encoding="utf-8")
    return tuple(
        VariableRow(
            name=row["name"],
            programs=row["programs"],
            adds=row.get("adds", False),
            refuses=tuple(row.get("refuses", ())),
            replaces_for=tuple(row.get("replaces_for", ())),
            beside_directory=tuple(row.get("beside_directory", ())),
            java_options=row.get("java_options", False),
        )
        for row in tomllib.loads(text)["variable"]
    )


def trust_variable(name: str) -> VariableRow | None:
    """Return the row of a variable, or None for one that names no roots."""
    return next((row for row in trust_variables() if row.name == name), None)
