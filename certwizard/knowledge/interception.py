"""Programs and devices that read along on TLS connections, known by the names of their roots."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.certificate import DistinguishedName

_LONGEST = 200


class InterceptorKind(StrEnum):
    """Who reads along, and how it came there."""

    FIREWALL = "firewall"
    ANTIVIRUS = "antivirus"
    DEBUGGING = "debugging"
    UNWANTED = "unwanted"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Interceptor:
    """One product by the names of its issuing certificates."""

    product: str
    kind: InterceptorKind
    cn: re.Pattern[str] | None
    o: re.Pattern[str] | None

    def fits(self, name: DistinguishedName) -> bool:
        """Return whether an issuing certificate of this name is the product's."""
        return all(
            pattern is None or _matches(pattern, name.first(label))
            for label, pattern in (("CN", self.cn), ("O", self.o))
        )


def interceptor_named(name: DistinguishedName) -> Interceptor | None:
    """Return the product whose issuing certificate has this name, or None."""
    return next((row for row in interceptors() if row.fits(name)), None)


def mints_for_itself(name: DistinguishedName) -> bool:
    """Return whether a CA of this name belongs to a server that makes certificates for its own names on demand."""
    return any(_matches(pattern, name.first("CN")) for pattern in _own())


@cache
def _own() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["cn"], re.IGNORECASE) for row in _table()["own"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        files("certwizard.knowledge").joinpath("interception.toml").read_text(encoding="utf-8")
    )


@cache
def interceptors() -> tuple[Interceptor, ...]:
    """Return every row of the table."""
    return tuple(
        Interceptor(
            row["product"],
            InterceptorKind(row["kind"]),
            _compiled(row.get("cn")),
            _compiled(row.get("o")),
        )
        for row in _table()["product"]
    )


def _compiled(expression: str | None) -> re.Pattern[str] | None:
    return None if expression is None else re.compile(expression, re.IGNORECASE)


def _matches(pattern: re.Pattern[str], value: str | None) -> bool:
    return value is not None and len(value) <= _LONGEST and pattern.fullmatch(value) is not None
