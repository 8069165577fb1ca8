"""The trust stores by their ids, and what was seen of the places that hold their roots."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CA_FILE = "ca-file"
"""Roots given by the user."""
MOZILLA = "mozilla"
MICROSOFT = "microsoft"
SYSTEM = "system"
"""What OpenSSL and the programs that rest on it use on this machine."""
JAVA = "java"
"""The roots of the Java that runs by default here; further Javas are ``java-2``, ``java-3`` ..."""

VENDORS = frozenset({MOZILLA, MICROSOFT})
"""Stores that a vendor ships to everybody; a machine's own may hold private roots beside the public ones."""


def is_public(stores: Iterable[str]) -> bool:
    """Return whether a root with these holders is a public one: any vendor ships it."""
    return not VENDORS.isdisjoint(stores)


class PlaceState(StrEnum):
    """What a file or directory of roots turned out to be."""

    USABLE = "usable"
    MISSING = "missing"
    EMPTY = "empty"
    """It is there and holds no certificate that would be found."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class StorePlace:
    """One file or directory that roots are read from."""

    path: str
    state: PlaceState
    roots: int = 0
    public: int = 0
    """How many of them vendors ship too."""
    words: str = ""
    """Why it could not be used, clean."""


@dataclass(frozen=True, slots=True)
class TrustVariable:
    """A variable of the environment that names roots, with the place it points at; never its other contents."""

    name: str
    place: StorePlace


@dataclass(frozen=True, slots=True)
class AnchorLimit:
    """A store that holds a root, but takes nothing that it issued after a day."""

    store: str
    issued_until: datetime
    """The last Not Before it takes."""


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """A file that was put where the system takes roots from, and that does not do what it is there for."""

    path: str
    words: str
    """What is the matter and what to do, in one sentence without a full stop."""
