"""One message of one client, as the catalogue of error messages holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from certwizard.domain.vocabulary import CauseId


class Says(StrEnum):
    """How much a message tells."""

    CAUSE = "cause"
    """It names a fault, or a few that it can stand for."""
    ALERT = "alert"
    """The other side refused, and says in a word why."""
    REFUSED = "refused"
    """Only that something was refused; the causes are the usual ones."""
    NOTHING = "nothing"
    """It belongs to a client, but names no cause."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one client."""

    client: str
    codes: tuple[str, ...]
    """Names and numbers that stand for it, such as ``60`` or ``ERR_CERT_DATE_INVALID``."""
    text: str
    """Its words; what varies stands in angle brackets. Empty where only the code is shown."""
    causes: tuple[CauseId, ...]
    """Most likely first."""
    says: Says = Says.CAUSE
    why: Mapping[CauseId, str] = field(default_factory=dict, compare=False)
    ask: Mapping[CauseId, str] = field(default_factory=dict, compare=False)
    silent: str = ""
    """What this message does not say, where its client's general word does not fit."""
