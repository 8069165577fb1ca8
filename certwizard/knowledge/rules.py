"""Rules and tables that change with time, read from dated data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.certificate import DistinguishedName


@dataclass(frozen=True, slots=True)
class ValidityLimit:
    """The longest validity of server certificates issued from a day on."""

    since: datetime
    days: int
    refused_days: int
    """Clients refuse what is valid longer than this."""
    rule: str

    @property
    def span(self) -> timedelta:
        """The limit as a time."""
        return timedelta(days=self.days)

    @property
    def refused_span(self) -> timedelta:
        """The time beyond which clients refuse."""
        return timedelta(days=self.refused_days)


@dataclass(frozen=True, slots=True)
class DefaultCertificate:
    """The subject of a certificate that a program answers with by default."""

    product: str
    cn: str | None = None
    o: str | None = None
    ou: str | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class KnownIntermediate:
    """The subjects of a public CA's intermediates, and the root they lead to."""

    cn: re.Pattern[str]
    o: str | None
    root: str


def validity_limit(issued: datetime, *, public: bool) -> ValidityLimit | None:
    """Return the limit for a certificate by the day it was issued, or None where there was none yet.

    Args:
        issued: Its Not Before.
        public: Whether it leads to a publicly trusted root.
    """
    rows = _limits("public" if public else "any")
    return next((row for row in rows if issued >= row.since), None)


def default_certificate(subject: DistinguishedName) -> DefaultCertificate | None:
    """Return the program that answers with a certificate of this subject by default, or None."""
    return next((row for row in _defaults() if _fits(row, subject)), None)


def known_intermediate(name: DistinguishedName) -> KnownIntermediate | None:
    """Return the public CA whose intermediate has this name, or None."""
    common, organisation = name.first("CN"), name.first("O")
    if common is None or len(common) > 200:
        return None
    return next(
        (row for row in _intermediates() if row.o in (None, organisation) and row.cn.fullmatch(common)), None
    )


def _fits(row: DefaultCertificate, subject: DistinguishedName) -> bool:
    for label, wanted in (("CN", row.cn), ("O", row.o), ("OU", row.ou)):
        if wanted is None:
            continue
        value = (subject.first(label) or "").casefold()
        wanted = wanted.casefold()
        if value != wanted and not (row.prefix and label == "CN" and value.startswith(wanted)):
            return False
    return True


@cache
def _limits(scope: str) -> tuple[ValidityLimit, ...]:
    rows = (
        ValidityLimit(_midnight(row["from"]), row["days"], row["refused_days"], row["rule"])
        for row in _table("validity_limits.toml")[scope]
    )
    return tuple(sorted(rows, key=lambda row: row.since, reverse=True))


@cache
def _defaults() -> tuple[DefaultCertificate, ...]:
    return tuple(
        DefaultCertificate(
            row["product"], row.get("cn"), row.get("o"), row.get("ou"), prefix=row.get("prefix", False)
        )
        for row in _table("default_certificates.toml")["default"]
    )


@cache
def _intermediates() -> tuple[KnownIntermediate, ...]:
    return tuple(
        KnownIntermediate(
            re.compile(row["cn"] if row.get("pattern") else re.escape(row["cn"])), row.get("o"), row["root"]
        )
        for row in _table("known_intermediates.toml")["ca"]
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("certwizard.knowledge").joinpath(name).read_text(encoding="utf-8"))
