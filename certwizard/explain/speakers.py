"""Which program printed a text: by the marks it leaves, the outermost program first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from certwizard.explain.matching import Grade, Match
from certwizard.explain.phrases import TLS_ALERT
from certwizard.explain.reading import Reading
from certwizard.knowledge.error_messages import MessageClient, catalogue
from certwizard.knowledge.messages import Message

_FIRST = "openssl"
"""Whose words they most likely are where several libraries use the same."""
_NEAR_LINES = 60
"""A traceback or the prologue of a program may be so many lines away from the message itself."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Which clients a text shows marks of, and at which lines."""

    lines: Mapping[str, tuple[int, ...]]

    def heard(self, own: Iterable[tuple[str, int]]) -> "Speakers":
        """Return the speakers with those whose own words were found.

        Args:
            own: Ids of clients, each with a line.
        """
        lines = {name: list(places) for name, places in self.lines.items()}
        for name, line in own:
            lines.setdefault(name, []).append(line)
        return Speakers({name: tuple(places) for name, places in lines.items()})

    def near(self, line: int) -> tuple[MessageClient, ...]:
        """Return the clients with a mark near a line, the outermost first.

        Args:
            line: Number of the line.
        """
        clients = catalogue().clients
        found = [
            (-clients[name].layer, min(abs(line - at) for at in lines), -len(lines), name)
            for name, lines in self.lines.items()
            if any(abs(line - at) <= _NEAR_LINES for at in lines)
        ]
        return tuple(clients[name] for *_, name in sorted(found))


def speakers_of(reading: Reading) -> Speakers:
    """Return the clients whose marks a text bears.

    Args:
        reading: The text.
    """
    lower = reading.lower
    found: dict[str, list[int]] = {}
    for client in catalogue().clients.values():
        for mark in client.marks:
            place = lower.find(mark)
            if place >= 0:
                last = lower.rfind(mark)
                places = {place, last, lower.find(mark, (place + last) // 2)}
                found.setdefault(client.id, []).extend(lower.count("\n", 0, at) for at in sorted(places))
    return Speakers({name: tuple(lines) for name, lines in found.items()})


@cache
def hands_on(client: str) -> frozenset[str]:
    """Return every client whose words this one may print, itself included.

    Args:
        client: Its id.
    """
    names, waiting = {client}, [client]
    while waiting:
        known = catalogue().clients.get(waiting.pop())
        new = set(known.passes_on) - names if known else set()
        names |= new
        waiting += new
    return frozenset(names | {TLS_ALERT})


def spoken(match: Match, *speakers: Iterable[MessageClient]) -> Match:
    """Return a match with the client that printed it; what merely resembles its words names none.

    Args:
        match: What was found.
        *speakers: The clients near it, the outermost first; those the text bears marks of before others.
    """
    own = match.message.client
    for client in chain.from_iterable(speakers):
        if own in hands_on(client.id):
            return replace(match, speaker=client.id)
    return replace(match, speaker=own if own != TLS_ALERT and match.grade is Grade.EXACT else "")


def best_row(rows: Iterable[Message], speakers: Iterable[MessageClient]) -> Message:
    """Return, of messages with the same words, the one that fits the speaker.

    Args:
        rows: At least one.
        speakers: The clients near the words, the outermost first.
    """
    rows = tuple(rows)
    for client in speakers:
        for names in ({client.id}, hands_on(client.id)):
            fitting = [row for row in rows if row.client in names]
            if fitting:
                return _innermost(fitting)
    return _innermost(rows)


def _innermost(rows: Iterable[Message]) -> Message:
    clients = catalogue().clients
    return min(
        rows,
        key=lambda row: (clients[row.client].layer if row.client in clients else 0, row.client != _FIRST),
    )
