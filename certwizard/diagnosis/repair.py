"""What would make clients accept: sets of changes, each found by judging again with them made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from certwizard.domain.vocabulary import CauseId, Verdict


class ChangeKind(StrEnum):
    """What is changed: this computer, the clients, the server's set-up, or the certificate."""

    SET_CLOCK = "set-clock"
    RELOAD = "reload"
    SERVE_RIGHT_CERTIFICATE = "serve-right-certificate"
    RIGHT_ORDER = "right-order"
    LEAVE_OUT = "leave-out"
    SEND_INTERMEDIATE = "send-intermediate"
    STAPLE = "staple"
    ALIGN_ADDRESSES = "align-addresses"
    MATCHING_KEY = "matching-key"
    MODERN_TLS = "modern-tls"
    DROP_PINS = "drop-pins"
    STOP_STAPLING = "stop-stapling"
    NO_CLIENT_CERTIFICATE = "no-client-certificate"
    RENEW = "renew"
    NEW_CERTIFICATE = "new-certificate"
    CORRECT_AUTHORITY = "correct-authority"
    TRUSTED_CERTIFICATE = "trusted-certificate"
    INSTALL_ROOT = "install-root"
    MEND_STORE = "mend-store"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change."""

    kind: ChangeKind
    text: str
    """What to do, as the second half of a sentence: ``send “R11” after the server's certificate``."""
    certificate: int | None = None
    """Index in the chain as sent of the certificate it concerns."""
    removes: tuple[CauseId, ...] = ()
    """The causes that are gone once it is made, after the changes before it."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of changes with the judgement that was made with all of them."""

    changes: tuple[Change, ...]
    """In the order to make them."""
    verdict: Verdict
    accepting: tuple[str, ...] = ()
    """Ids of the clients that accept then."""
    refusing: tuple[str, ...] = ()
    """Ids of those that still refuse."""
    left: tuple[CauseId, ...] = ()
    """Causes that stay: warnings and remarks, or what no change here could remove."""

    @property
    def green(self) -> bool:
        """Whether every mainstream client accepts then."""
        return self.verdict in (Verdict.ACCEPTED, Verdict.WARNED)


@dataclass(frozen=True, slots=True)
class Repairs:
    """What turns a verdict green."""

    best: Repair | None = None
    """The fewest changes, and of those the ones that ask least."""
    others: tuple[Repair, ...] = ()
    """As few changes of another kind."""
    spotless: Repair | None = None
    """What leaves no warning either; None where `best` does or nothing was found."""
    note: str = ""
    """Why nothing was found, or what stays open, in one sentence."""
