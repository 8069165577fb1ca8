"""How a target is probed: the options that `certwizard`, `demo` and `check` share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

PasswordSource = Callable[[str], str | None]
"""Asked with the path of a file that needs a password; None gives up."""

DEFAULT_TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class ProbeOptions:
    """Options of one probe; the target's own (name, port, --connect, STARTTLS) are in the Target."""

    family: int | None = None
    """4 or 6 to use only that kind of address."""
    proxy: str | None = None
    """URL of an HTTP CONNECT or SOCKS5 proxy, from --proxy or the environment; None: direct."""
    ca_files: tuple[str, ...] = ()
    only_ca_file: bool = False
    at: datetime | None = None
    """Judge as of this time (UTC, aware) instead of now."""
    offline: bool = False
    timeout: float = DEFAULT_TIMEOUT
    """Bound on each network step, in seconds."""
    crl_files: tuple[str, ...] = ()
    vendor_roots: str | None = None
    """A PEM file whose certificates stand in for the roots of all vendors and of this machine; its public keys are
    transparency logs beside the listed ones, so that the rules for public CAs can be practised."""
    environment: tuple[tuple[str, str], ...] | None = None
    """The variables to look at for trust stores; None: those of this process."""
    every_store: bool = False
    """Consult every store of this machine: each Java's, browsers' databases, and what variables name."""
    disk: str | None = "/"
    """Below which folder the usual places of certificates are, looked at where the target is this machine.

    None: nowhere.
    """
    password: PasswordSource | None = None
