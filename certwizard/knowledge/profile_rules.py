"""The profile's rules without a cause of their own: where each stands, since when, who enforces it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import FieldId


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """One rule of RFC 5280 or of the Baseline Requirements."""

    id: str
    section: str
    since: datetime
    """Public CAs are bound for what they issued from then on."""
    field: FieldId
    expected: str
    fault: str
    """The headline; ``{who}`` stands for the certificate."""
    why: str
    clients: tuple[str, ...] = ()
    """Ids of the clients that refuse, whoever issued it."""
    end_clients: tuple[str, ...] | None = None
    """Those of them that look at the last certificate of a path too; None: all."""
    clients_since: datetime | None = None
    """They refuse what was issued from then on; None: whatever the day."""
    strict: tuple[str, ...] = ()
    """Names of other verifiers that refuse."""
    private_only: bool = False
    """Whether public CAs may deviate."""

    def refusing(self, *, end: bool) -> tuple[str, ...]:
        """Return the ids of the clients that refuse, in the last certificate of a path or elsewhere."""
        return self.clients if self.end_clients is None or not end else self.end_clients

    def refused(self, issued: datetime | None, *, end: bool = False) -> bool:
        """Return whether clients refuse a certificate for it that was issued at a time."""
        if self.clients_since is None:
            return bool(self.refusing(end=end))
        return issued is not None and issued >= self.clients_since

    def binds(self, issued: datetime | None, *, public: bool) -> bool:
        """Return whether the rule holds for a certificate that was issued at a time.

        Below private roots no day counts: strict verifiers look at the form alone.
        """
        if self.refused(issued) or not public:
            return True
        return not self.private_only and (issued is None or issued >= self.since)


@cache
def profile_rules() -> dict[str, ProfileRule]:
    """Return every rule by its id, in the order of the table."""
    text = files("certwizard.knowledge").joinpath("profile_rules.toml").read_text(encoding="utf-8")
    return {name: _rule(name, row) for name, row in tomllib.loads(text).items()}


def _rule(name: str, row: dict[str, Any]) -> ProfileRule:
    return ProfileRule(
        id=name,
        section=row["section"],
        since=_midnight(row["since"]),
        field=FieldId(row["field"]),
        expected=row["expected"],
        fault=row["fault"],
        why=row["why"],
        clients=tuple(row.get("clients", ())),
        end_clients=tuple(row["end_clients"]) if "end_clients" in row else None,
        clients_since=_midnight(row["clients_since"]) if "clients_since" in row else None,
        strict=tuple(row.get("strict", ())),
        private_only=row.get("private_only", False),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
