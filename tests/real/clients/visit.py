"""What a real client is asked to do, and what it did."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

PATIENCE = 20.0
"""Seconds for one visit; the servers are on loopback."""
PROGRAMS = Path(__file__).parent / "programs"
"""Sources of clients that are libraries, each in its own language."""


class Action(StrEnum):
    """What a client did."""

    ACCEPTS = "accepts"
    """The handshake was completed and the certificate taken, whatever came after."""
    REJECTS = "rejects"
    UNKNOWN = "unknown"
    """It could not be told; the words say why."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One server to go to."""

    host: str
    """The name (or address) asked for: in the handshake and in the certificate."""
    port: int
    connect: str = "127.0.0.1"
    """Where the server is, whatever the name resolves to; empty: the client shall resolve the name."""
    ca_file: str = ""
    """PEM file of roots to trust as if the user had added them; empty: none."""
    vendor_roots: str = ""
    """PEM file of roots to trust as if the vendor shipped them; empty: none."""
    roots: str = ""
    """PEM file of both, for a client that makes no difference between them."""
    starttls: str = ""
    """The protocol that TLS begins in, such as ``smtp``; empty: TLS from the first byte."""
    patience: float = PATIENCE
    """Seconds after which the client may give up."""

    @property
    def url(self) -> str:
        """The address as a browser writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.port}/"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a client did on one visit."""

    action: Action
    words: str = ""
    """All that it said; for a browser the code and the text of its error page."""


class Driver(Protocol):
    """A real client."""

    @property
    def id(self) -> str:
        """The profile that it is an instance of."""

    @property
    def starttls(self) -> frozenset[str]:
        """The protocols it can begin TLS in; visits with others are not sent to it."""

    def available(self) -> str:
        """Return why it cannot run here, or nothing where it can."""

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server, in order; one outcome each."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a program ended."""

    status: int
    """Its exit code; 124 where it was stopped because it took too long."""
    words: str


def run(
    argv: Sequence[str], *, sent: str = "", env: Mapping[str, str] | None = None, timeout: float = PATIENCE
) -> Said:
    """Run a program to its end, in English, and return what it said."""
    try:
        done = subprocess.run(
            list(argv), input=sent.encode(), env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            capture_output=True, timeout=timeout, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return Said(124, _text(late.stdout) + _text(late.stderr))
    return Said(done.returncode, _text(done.stdout) + _text(done.stderr))


def one_by_one(visits: Sequence[Visit], go: Callable[[Visit], Outcome]) -> list[Outcome]:
    """Make the visits one after the other."""
    return [go(visit) for visit in visits]


def in_groups(
    visits: Sequence[Visit],
    key: Callable[[Visit], tuple[str, ...]],
    go: Callable[[Sequence[Visit]], Sequence[Outcome]],
) -> list[Outcome]:
    """Make the visits that have a key in common together, for programs that are set up for some of them."""
    outcomes: dict[int, Outcome] = {}
    for group in dict.fromkeys(map(key, visits)):
        mine = [number for number, visit in enumerate(visits) if key(visit) == group]
        outcomes.update(zip(mine, go([visits[number] for number in mine]), strict=True))
    return [outcomes[number] for number in range(len(visits))]


def run_batch(
    argv: Sequence[str], visits: Sequence[Visit], env: Mapping[str, str] | None = None
) -> list[Outcome]:
    """Run a program that reads all visits as a JSON list, and writes a JSON line for each.

    A line is ``{"action": "accepts" | "rejects" | "unknown", "words": "..."}``.
    """
    sent = json.dumps([asdict(visit) for visit in visits])
    return outcomes_of(run(argv, sent=sent, env=env, timeout=time_for(visits)), visits)


def time_for(visits: Sequence[Visit]) -> float:
    """Return the seconds that a program may take for all of them."""
    return 30 + sum(visit.patience for visit in visits)


def outcomes_of(said: Said, visits: Sequence[Visit]) -> list[Outcome]:
    """Read the JSON lines of such a program."""
    lines = [json.loads(line) for line in said.words.splitlines() if line.startswith('{"action"')]
    outcomes = [Outcome(Action(line["action"]), line["words"]) for line in lines]
    missing = len(visits) - len(outcomes)
    # What it printed besides is kept where it broke off, so that the test shows why.
    return outcomes + [Outcome(Action.UNKNOWN, f"no answer: {said.words[-2000:]}")] * missing


def _text(output: bytes | None) -> str:
    return (output or b"").decode("utf-8", "replace")
