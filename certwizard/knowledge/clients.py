"""The clients a server is judged for: what each rests on, and its words for each cause.

The rows are data (clients.toml, client_messages/); nothing here decides anything.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.client_traits import Traits, traits_of


class MessageAction(StrEnum):
    """What a client does when it meets a cause."""

    REJECTS = "rejects"
    WARNS = "warns"
    ACCEPTS = "accepts"
    UNKNOWN = "unknown"
    """It may reject or not, by what it happens to know; the note says on what that hangs."""


class Basis(StrEnum):
    """How a message came to be known."""

    MEASURED = "measured"
    """The client was run against a server broken on purpose."""
    DOCUMENTED = "documented"
    """Read in its source or documentation."""


class Scope(StrEnum):
    """Below which roots a client enforces a rule."""

    ANY = "any"
    PUBLIC = "public"
    """Only where the chain ends in a publicly trusted root."""


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """What one client does and prints for one cause."""

    action: MessageAction
    code: str
    """The symbol or number beside the text; empty where there is none."""
    text: str
    """The exact words; what varies stands in angle brackets."""
    basis: Basis
    scope: Scope = Scope.ANY
    note: str = ""
    """When this holds, where that needs a word."""
    unless: frozenset[CauseId] = frozenset()
    """Causes beside which the client does not speak of this one."""


@dataclass(frozen=True, slots=True)
class ClientProfile:
    """One client: its traits and its words."""

    id: str
    title: str
    mainstream: bool
    """Whether its refusal makes the verdict ``rejected``."""
    verifier: str
    """The library that judges certificates for it."""
    roots: tuple[str, ...]
    """Ids of the stores it trusts, by preference: the first that was consulted counts."""
    traits: Traits
    version: str
    """The release that the row speaks of."""
    basis: Basis
    """How the traits came to be known; each message has a basis of its own."""
    checked: date
    source: str
    like: str = ""
    """Id of the client whose rows hold for this one too."""
    headline: str = ""
    """The title of its error page; empty where it has none."""
    note: str = ""
    speaks_as: str = ""
    """Id by which the catalogue of messages knows it, where that is another."""

    @property
    def messages(self) -> Mapping[CauseId, ClientMessage]:
        """In the order of reporting; a cause that is not in here is accepted in silence."""
        return _words(self.id).messages

    @property
    def variants(self) -> Mapping[tuple[CauseId, str], ClientMessage]:
        """Words for a special case of a cause, such as (hostname-mismatch, ip-address)."""
        return _words(self.id).variants

    def message(self, cause: CauseId, detail: str = "") -> ClientMessage | None:
        """Return the words for a cause, those of its special case first; None: accepted."""
        return self.variants.get((cause, detail)) or self.messages.get(cause)

    def first(self, causes: Iterable[CauseId]) -> CauseId | None:
        """Return the cause this client reports when several meet, or None where it minds none."""
        present = set(causes)
        return next((cause for cause in self.messages if cause in present), None)

    def is_among(self, clients: Collection[str]) -> bool:
        """Return whether a list of ids speaks of this client, by its own id or of the one it is like.

        Mainstream clients are always named themselves: two on one verifier can set different flags.
        """
        return self.id in clients or (not self.mainstream and bool(self.like) and self.like in clients)


@cache
def profiles() -> tuple[ClientProfile, ...]:
    """Return every client in the order of the table, mainstream browsers first."""
    table = tomllib.loads(_text("clients.toml"))
    return tuple(_profile(row, table["verifier"][row["verifier"]]) for row in table["client"])


def find_profile(client: str) -> ClientProfile | None:
    """Return the client with this id, or None."""
    return next((profile for profile in profiles() if profile.id == client), None)


def _profile(row: Mapping[str, Any], verifier: Mapping[str, Any]) -> ClientProfile:
    return ClientProfile(
        id=row["id"],
        title=row["title"],
        mainstream=row["mainstream"],
        verifier=row["verifier"],
        roots=tuple(row["roots"]),
        traits=traits_of(verifier, row),
        version=row["version"],
        basis=Basis(row["basis"]),
        checked=row["checked"],
        source=row["source"],
        like=row.get("like", ""),
        headline=row.get("headline", ""),
        note=row.get("note", ""),
        speaks_as=row.get("speaks_as", ""),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one client, read when it first has something to say."""

    messages: Mapping[CauseId, ClientMessage]
    variants: Mapping[tuple[CauseId, str], ClientMessage]


@cache
def _words(client: str) -> _Words:
    table = tomllib.loads(_text("client_messages", f"{client}.toml"))
    basis = Basis(table.pop("basis"))
    del table["source"]  # for the reader of the file
    shared = _words(like) if (like := table.pop("like", "")) else _Words({}, {})
    found = dict(_messages(table, basis))
    messages = {cause: words for (cause, detail), words in found.items() if not detail}
    variants = {key: words for key, words in found.items() if key[1]}
    # Rows of its own come first in the order of reporting.
    return _Words(
        MappingProxyType(messages | {c: w for c, w in shared.messages.items() if c not in messages}),
        MappingProxyType(
            variants
            | {k: w for k, w in shared.variants.items() if k not in variants and k[0] not in messages}
        ),
    )


def _messages(table: Mapping[str, Any], basis: Basis) -> Iterator[tuple[tuple[CauseId, str], ClientMessage]]:
    """Yield the rows of one file; a table inside a cause's table is a special case of it."""
    for name, row in table.items():
        cause = CauseId(name)
        if "text" in row:
            yield (cause, ""), _message(row, basis)
        for detail, variant in row.items():
            if isinstance(variant, dict):
                yield (cause, detail), _message(variant, basis)


def _message(row: Mapping[str, Any], basis: Basis) -> ClientMessage:
    return ClientMessage(
        action=MessageAction(row.get("action", MessageAction.REJECTS)),
        code=row["code"],
        text=row["text"],
        basis=Basis(row.get("basis", basis)),
        scope=Scope(row.get("scope", Scope.ANY)),
        note=row.get("note", ""),
        unless=frozenset(map(CauseId, row.get("unless", ()))),
    )


def _text(*parts: str) -> str:
    return files("certwizard.knowledge").joinpath(*parts).read_text(encoding="utf-8")
