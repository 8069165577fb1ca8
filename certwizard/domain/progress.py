"""How the probe reports itself as it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """The phases of a probe, in order."""

    RESOLVE = "resolve"
    CONNECT = "connect"
    HANDSHAKE = "handshake"
    READ = "read"
    """Files are read in place of the three before."""
    CHAIN = "chain"
    """Missing certificates are fetched from AIA addresses."""
    TRUST = "trust"
    REVOCATION = "revocation"


class PhaseState(StrEnum):
    """Where a phase stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Progress:
    """One report of the probe; several may come for one phase."""

    phase: Phase
    state: PhaseState
    detail: str = ""
    """One short clean phrase for people: ``2 addresses``, ``TLSv1.3, 3 certificates``."""
    ms: float | None = None


Report = Callable[[Progress], None]
