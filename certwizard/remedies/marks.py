"""What a command does to the machine beside repairing it: read from its arguments, never from its prose."""

from collections.abc import Iterator
from enum import StrEnum

from certwizard.remedies.model import Command
from certwizard.remedies.quoting import NULL_FILE


class Hazard(StrEnum):
    """Why somebody should look twice before a command runs."""

    REPLACES = "replaces"
    """It deletes something or writes over it."""
    INTERRUPTS = "interrupts"
    """The service is away for a moment."""


_REPLACING_PROGRAMS = frozenset({"rm", "mv", "install", "dd", "truncate", "shred"})
_REPLACING_WORDS = {
    "certbot": frozenset({"delete", "revoke"}),
    "acme.sh": frozenset({"--remove", "--revoke"}),
    "keytool": frozenset({"-delete"}),
    "security": frozenset({"remove-trusted-cert", "delete-certificate"}),
    "kubectl": frozenset({"delete"}),
    "sed": frozenset({"-i"}),
    "certutil": frozenset({"-delstore", "-D"}),
}
_INTERRUPTING = frozenset({"restart", "stop", "disable"})
_BEFORE_THE_PROGRAM = frozenset({"sudo", "env"})


def programs_of(command: Command | None) -> Iterator[tuple[str, ...]]:
    """Yield each program of a command with its arguments, without ``sudo`` and ``env`` before it.

    Args:
        command: The command, or None.
    """
    while command is not None:
        yield from map(_bare, command.pipeline)
        command = command.then


def hazards_of(command: Command | None) -> tuple[Hazard, ...]:
    """Return what a command does that is not easily taken back.

    Args:
        command: The command, or None.
    """
    found = {hazard: None for program in programs_of(command) for hazard in _hazards(program)}
    if _writes_over(command):
        found = {Hazard.REPLACES: None} | found
    return tuple(found)


def runs_as_root(command: Command | None) -> bool:
    """Return whether any part of a command runs under ``sudo``.

    Args:
        command: The command, or None.
    """
    while command is not None:
        if any(program[0] == "sudo" for program in command.pipeline):
            return True
        command = command.then
    return False


def _hazards(program: tuple[str, ...]) -> Iterator[Hazard]:
    name, arguments = program[0], frozenset(program[1:])
    makes_a_folder = name == "install" and "-d" in arguments
    if name in _REPLACING_PROGRAMS and not makes_a_folder:
        yield Hazard.REPLACES
    if arguments & _REPLACING_WORDS.get(name, frozenset()):
        yield Hazard.REPLACES
    if name == "systemctl" and arguments & _INTERRUPTING:
        yield Hazard.INTERRUPTS


def _writes_over(command: Command | None) -> bool:
    """Whether it writes a file of the system anew; a file in the folder one stands in is one's own."""
    while command is not None:
        if command.stdout not in (None, NULL_FILE) and not command.append:
            return str(command.stdout).startswith("/")
        command = command.then
    return False


def _bare(program: tuple[str, ...]) -> tuple[str, ...]:
    """The program itself: ``sudo -u postgres psql`` is psql, ``env A=1 curl`` is curl."""
    rest = program
    while len(rest) > 1 and rest[0] in _BEFORE_THE_PROGRAM:
        rest = rest[1:]
        while len(rest) > 1 and (rest[0].startswith("-") or "=" in rest[0]):
            rest = rest[2:] if rest[0] == "-u" and len(rest) > 2 else rest[1:]
    return rest
