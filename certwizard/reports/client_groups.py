"""The clients grouped for people: those who refuse first, by cause; those who say the same in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certwizard.diagnosis.result import ClientAction, ClientOutcome
    from certwizard.domain.vocabulary import CauseId

MEASURED = "measured"
ORDER = ("rejects", "warns", "unknown", "accepts")
"""What is told first."""
THEY = {"rejects": "refuse", "warns": "warn", "unknown": "unknown", "accepts": "accept"}
"""What several clients do, in one word."""


@dataclass(frozen=True, slots=True)
class Side:
    """All clients that do the same, whatever the cause, by name alone."""

    action: ClientAction
    measured: tuple[str, ...]
    """Names of those that were seen to do so, or of whom it is not known."""
    documented: tuple[str, ...]
    """Names of those whose makers say so."""

    @property
    def title(self) -> str:
        """What they do, and how many they are."""
        return f"{THEY[self.action.value]} ({len(self.measured) + len(self.documented)})"


def sides(clients: Sequence[ClientOutcome]) -> tuple[Side, ...]:
    """Return who does what in names alone: those who refuse, who warn, who are not known, who accept."""
    names = _short_names([outcome.title for outcome in clients])
    found: dict[ClientAction, tuple[list[str], list[str]]] = {}
    for outcome in sorted(clients, key=lambda each: ORDER.index(each.action.value)):
        measured, documented = found.setdefault(outcome.action, ([], []))
        told = outcome.basis == MEASURED or outcome.action.value == "unknown"
        (measured if told else documented).append(names[outcome.title])
    return tuple(Side(action, tuple(seen), tuple(read)) for action, (seen, read) in found.items())


def _short_names(titles: Sequence[str]) -> dict[str, str]:
    """Return the titles without what stands in brackets, where no two become alike."""
    short = {title: title.partition(" (")[0] for title in titles}
    seen = Counter(short.values())
    return {title: name if seen[name] == 1 else title for title, name in short.items()}


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Clients that do the same for the same cause, and say it alike."""

    outcomes: tuple[ClientOutcome, ...]

    @property
    def measured(self) -> bool:
        """Whether each of them was seen to do so; else it is documented for some."""
        return all(outcome.basis == MEASURED for outcome in self.outcomes)

    @property
    def words(self) -> str:
        """What the first of them says, or the note where it says nothing."""
        return self.outcomes[0].message or self.outcomes[0].note

    def titles(self, room: int) -> str:
        """Return their names, and how many more there are where not all have room."""
        names = [outcome.title for outcome in self.outcomes]
        for shown in range(len(names), 0, -1):
            rest = len(names) - shown
            text = ", ".join(names[:shown]) + (f" +{rest}" if rest else "")
            if len(text) <= room:
                return text
        return names[0]


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """What a part of the clients does, and for which cause."""

    action: ClientAction
    cause: CauseId | None
    rows: tuple[ClientRow, ...]

    @property
    def count(self) -> int:
        """How many clients it holds."""
        return sum(len(row.outcomes) for row in self.rows)


def grouped(clients: Iterable[ClientOutcome]) -> tuple[ClientGroup, ...]:
    """Return the clients by what they do and for which cause, refusals first, the most frequent cause first."""
    found: dict[tuple[ClientAction, CauseId | None], list[ClientOutcome]] = {}
    for outcome in clients:
        told = outcome.action.value in ("rejects", "warns")
        found.setdefault((outcome.action, outcome.cause if told else None), []).append(outcome)
    ordered = sorted(found, key=lambda key: (ORDER.index(key[0].value), -len(found[key])))
    return tuple(ClientGroup(action, cause, _rows(found[action, cause])) for action, cause in ordered)


def _rows(outcomes: Sequence[ClientOutcome]) -> tuple[ClientRow, ...]:
    alike: dict[tuple[str, ...], list[ClientOutcome]] = {}
    for outcome in outcomes:
        alike.setdefault(_likeness(outcome), []).append(outcome)
    return tuple(ClientRow(tuple(row)) for row in alike.values())


def _likeness(outcome: ClientOutcome) -> tuple[str, ...]:
    """Return what makes two clients alike: the code where there is one, else the words; else the basis alone."""
    if outcome.action.value == "accepts":
        return (outcome.basis,)
    if outcome.action.value == "unknown":
        return ("", outcome.note, outcome.basis)
    # The numbers of different programs are no common language, names of errors are.
    code = outcome.code if not outcome.code.isdigit() else ""
    return (code, "" if code else outcome.message, outcome.basis)
