"""What a remedy is made of: steps with commands as lists of arguments, never as strings."""

from dataclasses import dataclass
from enum import StrEnum

from certwizard.domain.vocabulary import CauseId, Role

ANY = "any"
"""The platform or way of a step that is the same on all."""


class Shell(StrEnum):
    """Whose quoting a command is written with."""

    POSIX = "bash"
    POWERSHELL = "powershell"
    CMD = "cmd"


@dataclass(frozen=True, slots=True)
class Command:
    """A pipeline of programs with their arguments."""

    pipeline: tuple[tuple[str, ...], ...]
    """One tuple of arguments a program; several are joined by pipes."""
    stdin: str | None = None
    """File to read from; ``/dev/null`` for programs that wait for input."""
    stdout: str | None = None
    """File to write to."""
    append: bool = False
    then: "Command | None" = None
    """Runs only if this one succeeds (``&&``)."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines to put into a file: server configuration, unit files, mail texts."""

    language: str
    """``nginx`` ``apache`` ``ini`` ``text`` ...: for syntax colours."""
    text: str
    where: str = ""
    """The file it belongs into, in words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    text: str
    command: Command | None = None
    snippet: Snippet | None = None
    platform: str = ANY
    """``any`` ``nginx`` ``apache`` ``debian`` ``rhel`` ``macos`` ``windows`` ``java`` ``firefox`` ..."""
    way: str = ANY
    """How the certificate is had and kept: ``any`` ``certbot`` ``acme.sh`` ``ca`` (files from a CA, by hand)."""
    needs_root: bool = False
    verify: Command | None = None
    """Proves that this step worked."""
    undo: str = ""
    """The way back, in words or as a command line."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to repair one cause, for one role."""

    id: str
    cause: CauseId
    title: str
    role: Role
    steps: tuple[Step, ...]
