"""Certificate Transparency as dated data: the logs that count, and what each browser asks."""

from __future__ import annotations

import tomllib
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CtLog:
    """A log that browsers list."""

    id: str
    """SHA-256 of its key, lower-case hex, as SCTs name it."""
    name: str
    operator: str
    key: bytes
    """SubjectPublicKeyInfo."""
    retired: datetime | None = None
    """SCTs from then on do not count; None: the log is admissible."""
    static: bool = False
    """Whether it is of the static-ct-api kind and not of RFC 6962's."""


@dataclass(frozen=True, slots=True)
class EmbeddedRule:
    """How many embedded SCTs a certificate of a lifetime needs."""

    up_to: timedelta | None
    scts: int
    most_per_operator: int | None = None


@dataclass(frozen=True, slots=True)
class CtPolicy:
    """What one family of browsers asks of the SCTs below a root that it ships."""

    id: str
    title: str
    clients: frozenset[str]
    since: datetime
    """It binds certificates issued from then on."""
    from_version: str
    lifetime_inclusive: bool
    embedded: tuple[EmbeddedRule, ...]
    operators: int
    delivered: int
    delivered_counts_embedded: bool
    rfc6962: bool
    rfc6962_until: datetime | None
    leaf_index: bool
    """Whether SCTs of static logs without their leaf index do not count."""

    def rule_for(self, lifetime: timedelta) -> EmbeddedRule:
        """Return the row for a lifetime, counted with its last second (RFC 5280 section 4.1.2.5)."""
        counted = lifetime if self.lifetime_inclusive else lifetime - _SECOND
        return next(row for row in self.embedded if row.up_to is None or counted <= row.up_to)

    def wants_rfc6962(self, when: datetime) -> bool:
        """Return whether one SCT must be from a log of RFC 6962's kind at a time."""
        return self.rfc6962 and (self.rfc6962_until is None or when < self.rfc6962_until)


@cache
def ct_logs() -> dict[str, CtLog]:
    """Return every listed log by its id."""
    logs = (_log(row) for row in _table("ct_logs.toml")["log"])
    return {log.id: log for log in logs}


@cache
def ct_logs_as_of() -> date:
    """Return the day of the list of logs."""
    day: date = _table("ct_logs.toml")["as_of"]
    return day


@cache
def ct_policies() -> tuple[CtPolicy, ...]:
    """Return the policy of each family of browsers, in the table's order."""
    return tuple(_policy(row) for row in _table("ct_policy.toml")["policy"])


def _log(row: dict[str, Any]) -> CtLog:
    key = b64decode(row["key"])
    retired = row["since"] if row["state"] == "retired" else None
    return CtLog(
        sha256(key).hexdigest(), row["name"], row["operator"], key, retired, static=row["kind"] == "static"
    )


def _policy(row: dict[str, Any]) -> CtPolicy:
    rules = tuple(
        EmbeddedRule(
            each["up_to_days"] * _DAY if "up_to_days" in each else None,
            each["scts"],
            each.get("most_per_operator"),
        )
        for each in row["embedded"]
    )
    return CtPolicy(
        id=row["id"],
        title=row["title"],
        clients=frozenset(row["clients"]),
        since=_midnight(row["since"]),
        from_version=row["from_version"],
        lifetime_inclusive=row["lifetime_inclusive"],
        embedded=rules,
        operators=row["operators"],
        delivered=row["delivered"],
        delivered_counts_embedded=row["delivered_counts_embedded"],
        rfc6962=row["rfc6962"],
        rfc6962_until=_midnight(row["rfc6962_until"]) if "rfc6962_until" in row else None,
        leaf_index=row["leaf_index"],
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("certwizard.knowledge").joinpath(name).read_text(encoding="utf-8"))
