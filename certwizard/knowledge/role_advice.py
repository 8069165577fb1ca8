"""What the owner of a server and the developer of a client have to know until a cause is repaired.

The words stand in role_advice.toml; those for visitors in visitors.toml.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId, Role


@dataclass(frozen=True, slots=True)
class OwnerAdvice:
    """What users of a server meet, and what not to tell them."""

    users: str
    never: str
    always: bool
    """Whether `users` holds as well where no client turns away."""
    here: bool
    """Whether the fault is this place's (its network, clock or store) and users elsewhere do not meet it."""


@dataclass(frozen=True, slots=True)
class DeveloperAdvice:
    """What is at risk if verification is switched off, and what to do instead."""

    risk: str
    meanwhile: str


@cache
def _rows() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    text = files("certwizard.knowledge").joinpath("role_advice.toml").read_text(encoding="utf-8")
    return {role: tuple(rows) for role, rows in tomllib.loads(text).items()}


def _by_cause(role: Role) -> Iterator[tuple[CauseId, Mapping[str, Any]]]:
    for row in _rows()[role.value]:
        for name in row["causes"].split():
            yield CauseId(name), row


def named_causes(role: Role) -> tuple[CauseId, ...]:
    """Return every cause that a role's table names, as often as it names it.

    Args:
        role: The owner or the developer.
    """
    return tuple(cause for cause, _ in _by_cause(role))


@cache
def owner_advice(cause: CauseId) -> OwnerAdvice:
    """Return what the owner has to know about a cause.

    Args:
        cause: The cause.
    """
    row = dict(_by_cause(Role.SERVER_OWNER))[cause]
    return OwnerAdvice(row["users"], row["never"], row.get("always", False), row.get("here", False))


@cache
def developer_advice(cause: CauseId) -> DeveloperAdvice:
    """Return what the developer has to know about a cause.

    Args:
        cause: The cause.
    """
    row = dict(_by_cause(Role.CLIENT_DEVELOPER))[cause]
    return DeveloperAdvice(row["risk"], row["meanwhile"])
