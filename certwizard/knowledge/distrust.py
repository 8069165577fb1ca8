"""CAs that lost the trust of root programmes: who refuses what of theirs, and since when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.certificate import Certificate, DistinguishedName


class RuleKind(StrEnum):
    """By what a programme decides."""

    SCT_AFTER = "sct-after"
    """The earliest SCT of the certificate."""
    ISSUED_AFTER = "issued-after"
    """The certificate's Not Before."""
    REMOVED = "removed"
    """Everything is refused."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Who decides on the roots of some clients."""

    id: str
    title: str
    clients: frozenset[str]


@dataclass(frozen=True, slots=True)
class DistrustRule:
    """What one programme does about one CA."""

    programme: Programme
    kind: RuleKind
    day: date

    @property
    def last_moment(self) -> datetime:
        """The last moment of the day: what is issued until then still counts."""
        return datetime.combine(self.day, time(), UTC) + timedelta(days=1, seconds=-1)


@dataclass(frozen=True, slots=True)
class DistrustedCa:
    """One CA with what is done about it."""

    id: str
    name: str
    why: str
    rules: tuple[DistrustRule, ...]
    practice: bool = False


def distrusted_key(certificate: Certificate) -> DistrustedCa | None:
    """Return the CA that has this key, where it lost trust."""
    # Most chains meet none of them, so the table is only read where it speaks of the key.
    spki, sha256 = certificate.key.spki_sha256, certificate.sha256
    if spki not in _text() and sha256 not in _text():
        return None
    return _table().keys.get(spki) or _table().keys.get(sha256)


def distrusted_name(name: DistinguishedName) -> DistrustedCa | None:
    """Return the CA of a name, where it lost trust; a name proves nothing, so ask only where no key was seen."""
    own, organisation = name.first("CN") or name.first("OU"), name.first("O")
    return _table().names.get((own or "", organisation or ""))


def is_distrusted_by(certificate: Certificate, programme: str) -> bool:
    """Return whether a programme limits its trust in the CA that has this key."""
    found = distrusted_key(certificate)
    return found is not None and any(rule.programme.id == programme for rule in found.rules)


def distrusted_cas() -> tuple[DistrustedCa, ...]:
    """Return every row of the table."""
    return _table().rows


def decides_for(programme: Programme, client: str, like: str) -> bool:
    """Return whether a programme decides for a client, or for the one it is like where no other does."""
    if client in programme.clients:
        return True
    others = any(client in each.clients for each in _table().programmes)
    return like in programme.clients and not others


@dataclass(frozen=True, slots=True)
class _Table:
    programmes: tuple[Programme, ...]
    rows: tuple[DistrustedCa, ...]
    keys: dict[str, DistrustedCa]
    """By sha256 of the key, and of the certificate."""
    names: dict[tuple[str, str], DistrustedCa]


@cache
def _text() -> str:
    return files("certwizard.knowledge").joinpath("distrusted.toml").read_text(encoding="utf-8")


@cache
def _table() -> _Table:
    data = tomllib.loads(_text())
    programmes = {
        key: Programme(key, row["title"], frozenset(row["clients"])) for key, row in data["programme"].items()
    }
    table = _Table(tuple(programmes.values()), tuple(_ca(row, programmes) for row in data["ca"]), {}, {})
    for ca, row in zip(table.rows, data["ca"], strict=True):
        for root in row["roots"]:
            table.keys.update({root[field]: ca for field in ("spki", "sha256") if field in root})
            table.names[root["name"], root["o"]] = ca
    return table


def _ca(row: dict[str, Any], programmes: dict[str, Programme]) -> DistrustedCa:
    rules = tuple(
        DistrustRule(programmes[rule["programme"]], RuleKind(rule["kind"]), rule["date"])
        for rule in row["rules"]
    )
    return DistrustedCa(row["id"], row["name"], row["why"], rules, practice=row.get("practice", False))
