"""How programs in general speak of certificates, and what only looks as if it spoke of one.

The rows are data (plain_words.toml, not_certificates.toml); nothing here recognises anything.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.messages import Message, Says


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Expressions by which any program speaks of a fault."""

    message: Message
    """Of no client and without text."""
    find: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookalike:
    """What is no certificate error though it is often taken for one."""

    id: str
    says: str
    ask: str
    find: tuple[str, ...]
    strong: bool = False
    """Whether it wins over words that only resemble a certificate error."""
    against: tuple[str, ...] = ()
    """Clients whose own words it overrules."""


@cache
def plain_words() -> tuple[PlainWords, ...]:
    """Return the expressions, from the special to the general."""
    return tuple(
        PlainWords(
            Message(
                "", (), "", tuple(map(CauseId, row["causes"].split())), Says(row.get("says", Says.CAUSE))
            ),
            tuple(row["find"]),
        )
        for row in _table("plain_words.toml")["words"]
    )


@cache
def lookalikes() -> tuple[Lookalike, ...]:
    """Return what is told apart, the surest first."""
    return tuple(
        Lookalike(
            row["id"],
            row["says"],
            row["ask"],
            tuple(row["find"]),
            row.get("strong", False),
            tuple(row.get("against", ())),
        )
        for row in _table("not_certificates.toml")["lookalike"]
    )


def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("certwizard.knowledge").joinpath(name).read_text(encoding="utf-8"))
