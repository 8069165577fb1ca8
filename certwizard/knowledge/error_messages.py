"""The catalogue of error messages: who prints what, and which causes it can stand for.

The rows are data (error_catalogue/, one file a client; cause_questions.toml); nothing here recognises anything.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.messages import Message, Says


@dataclass(frozen=True, slots=True)
class CodeShape:
    """How a client writes its numbers."""

    client: str
    near: str
    """Lower-case text that must be there before the expression is tried at all."""
    find: str
    """A regular expression on lower-case text; its group is the number."""
    form: str = "{}"
    """How the number is written among the codes."""


@dataclass(frozen=True, slots=True)
class MessageClient:
    """A program that prints such messages."""

    id: str
    title: str
    layer: int = 0
    """0 a library, 1 a language's runtime, 2 a library above it, 3 and 4 programs; the outermost one speaks."""
    store: str = "its trust store"
    fetches: bool = False
    """Whether it finds missing intermediates itself."""
    server: bool = False
    """Whether its words come from a server's log."""
    passes_on: tuple[str, ...] = ()
    """Clients whose words it hands on as they are."""
    marks: tuple[str, ...] = ()
    """Lower-case texts by which it is known."""
    shapes: tuple[CodeShape, ...] = ()
    means: Mapping[str, Mapping[str, tuple[CauseId, ...]]] = field(default_factory=dict)
    """For a client whose words it hands on: code to causes, where they rank otherwise here."""
    why: Mapping[CauseId, str] = field(default_factory=dict)
    ask: Mapping[CauseId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CauseQuestion:
    """What to say of a cause where a client's file has no word of its own."""

    step: str
    """The step of the wizard that shows it."""
    why: str
    why_fetching: str
    ask: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every message of every client."""

    clients: Mapping[str, MessageClient]
    messages: tuple[Message, ...]


@cache
def catalogue() -> Catalogue:
    """Return the whole catalogue, in the order of the file names."""
    clients: dict[str, MessageClient] = {}
    messages: list[Message] = []
    folder = files("certwizard.knowledge").joinpath("error_catalogue")
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text(encoding="utf-8"))
            messages += (_message(table["id"], row) for row in table["message"])
            if "title" in table:  # a further file on a client has rows alone
                clients[table["id"]] = _client(table)
    return Catalogue(MappingProxyType(clients), tuple(messages))


@cache
def cause_questions() -> Mapping[CauseId, CauseQuestion]:
    """Return the step, the reason and the question of each cause."""
    text = files("certwizard.knowledge").joinpath("cause_questions.toml").read_text(encoding="utf-8")
    return MappingProxyType({
        CauseId(name): CauseQuestion(
            row["step"], row["why"], row.get("why_fetching", row["why"]), row["ask"]
        )
        for name, row in tomllib.loads(text).items()
    })  # fmt: skip


def _message(client: str, row: Mapping[str, Any]) -> Message:
    return Message(
        client=client,
        codes=tuple(row.get("code", "").split()),
        text=row.get("text", ""),
        causes=_causes(row.get("causes", "")),
        says=Says(row.get("says", Says.CAUSE)),
        why=_texts(row.get("why")),
        ask=_texts(row.get("ask")),
        silent=row.get("silent", ""),
    )


def _client(table: Mapping[str, Any]) -> MessageClient:
    return MessageClient(
        id=table["id"],
        title=table["title"],
        layer=table["layer"],
        store=table["store"],
        fetches=table.get("fetches", False),
        server=table.get("server", False),
        passes_on=tuple(table.get("passes_on", ())),
        marks=tuple(table["marks"]),
        shapes=tuple(CodeShape(table["id"], **shape) for shape in table.get("shapes", ())),
        means={other: dict(_ranked(rows)) for other, rows in table.get("means", {}).items()},
        why=_texts(table.get("why")),
        ask=_texts(table.get("ask")),
    )


def _ranked(rows: Mapping[str, str]) -> Iterator[tuple[str, tuple[CauseId, ...]]]:
    return ((code, _causes(causes)) for code, causes in rows.items())


def _causes(names: str) -> tuple[CauseId, ...]:
    return tuple(map(CauseId, names.split()))


def _texts(table: Mapping[str, str] | None) -> Mapping[CauseId, str]:
    return {CauseId(name): text for name, text in table.items()} if table else {}
