"""What changes for certificates and when, read from a dated table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Coming:
    """One change that concerns certificates of some kind."""

    id: str
    since: date
    until: date
    """From then on it is old news."""
    when: tuple[str, ...]
    """What must hold for a certificate."""
    text: str
    """With places for the certificate's own values."""
    source: str
    days: int | None = None
    """The lifetime it brings, where it brings one."""


@cache
def coming() -> tuple[Coming, ...]:
    """Return every change, the nearest first."""
    rows = (
        Coming(
            row["id"],
            row["from"],
            row["until"],
            tuple(row["when"]),
            row["text"],
            row["source"],
            row.get("days"),
        )
        for row in _table()["coming"]
    )
    return tuple(sorted(rows, key=lambda row: (row.since, row.id)))


def checked() -> date:
    """Return the day on which the table was last held against its sources."""
    day: date = _table()["checked"]
    return day


@cache
def _table() -> dict[str, Any]:
    text = files("certwizard.knowledge").joinpath("coming.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
