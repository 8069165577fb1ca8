"""What was found in a text, each with its place."""

from dataclasses import dataclass
from enum import IntEnum

from certwizard.knowledge.messages import Message, Says


class Grade(IntEnum):
    """How surely a message was recognised."""

    WORDS = 1
    """By words that any program might use for it."""
    PIECE = 2
    """By a piece of it: the rest is cut off or misspelt."""
    EXACT = 3
    """By its own words or its code."""


@dataclass(frozen=True, slots=True)
class Match:
    """One message of the catalogue, found in a text."""

    message: Message
    start: int
    """Where its words stand among the words of the text."""
    end: int
    grade: Grade = Grade.EXACT
    code: str = ""
    """The code as it was read, where it was found by that."""
    shared: bool = False
    """Whether several clients use these words."""
    speaker: str = ""
    """Who printed it; empty where only the library behind it is known."""

    @property
    def telling(self) -> int:
        """How much it tells: 3 a fault, 2 an alert, 1 that something was refused, 0 nothing."""
        return _TELLING[self.message.says]

    def covers(self, other: "Match") -> bool:
        """Whether all of the other one's words are among this one's."""
        return self.start <= other.start and other.end <= self.end

    def holds(self, other: "Match") -> bool:
        """Whether the other one is but a part of this one's words."""
        return self.covers(other) and self.end - self.start > other.end - other.start


_TELLING = {Says.CAUSE: 3, Says.ALERT: 2, Says.REFUSED: 1, Says.NOTHING: 0}
