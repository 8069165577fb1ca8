"""In which shells a command can be said: the same program must exist there and receive the same bytes."""

import re
from dataclasses import replace

from certwizard.remedies.model import Command, Shell
from certwizard.remedies.quoting import NULL_FILE, WINDOWS_PLATFORMS, CannotQuoteError, render

_EVERYWHERE = frozenset(
    {"openssl", "certwizard", "curl", "git", "java", "keytool", "node", "npm", "docker", "kubectl", "go"}
)
"""Programs that have one name and one manner on every system."""
_CMDLET = re.compile(r"[A-Z][a-z]+-[A-Z][A-Za-z]+\Z")
_BINARY = frozenset({"DER", "der", "-binary"})
_WRITES_BYTES = frozenset({"curl", "cat"})


def shells_of(command: Command, platform: str) -> tuple[Shell, ...]:
    """Return the shells a command can be said in, the one at home on its platform first.

    Args:
        command: The command.
        platform: The platform its step is for.
    """
    home = home_shell(platform)
    others = (shell for shell in Shell if shell is not home and _can_be_said(command, shell, platform))
    return (home, *others)


def home_shell(platform: str) -> Shell:
    """Return the shell in which the people of a platform work.

    Args:
        platform: The platform of a step.
    """
    return Shell.POWERSHELL if platform in WINDOWS_PLATFORMS else Shell.POSIX


def say(command: Command, platform: str, wished: Shell | None = None) -> tuple[str, Shell]:
    """Return a command as text and its shell: the one wished for where it can be said in it, else its own.

    Args:
        command: The command.
        platform: The platform its step is for.
        wished: The shell chosen, if any.
    """
    home = home_shell(platform)
    shell = wished if wished is not None and wished in shells_of(command, platform) else home
    return render(_named_for(command, shell), shell), shell


def _can_be_said(command: Command, shell: Shell, platform: str) -> bool:
    part: Command | None = command
    while part is not None:
        if not all(_exists(program, shell, platform) for program in part.pipeline):
            return False
        if shell is Shell.POWERSHELL and _pipes_bytes(part):
            return False
        if shell is not Shell.POSIX and any(map(_is_unix_path, (part.stdin, part.stdout))):
            return False
        part = part.then
    try:
        render(_named_for(command, shell), shell)
    except CannotQuoteError:
        return False
    return True


def _exists(program: tuple[str, ...], shell: Shell, platform: str) -> bool:
    if shell is Shell.POSIX or _CMDLET.match(program[0]):
        return program[0] in _EVERYWHERE
    at_home = platform in WINDOWS_PLATFORMS
    return (at_home or program[0] in _EVERYWHERE) and not any(map(_is_unix_path, program))


def _is_unix_path(argument: str | None) -> bool:
    return (
        argument is not None and argument != NULL_FILE and argument.startswith(("/etc", "/usr", "/var", "~/"))
    )


def _pipes_bytes(command: Command) -> bool:
    """Whether other than text goes through a pipe, which PowerShell before 7.4 spoils."""
    *before, _ = command.pipeline
    return any(program[0] in _WRITES_BYTES or _BINARY & set(program) for program in before)


def _named_for(command: Command, shell: Shell) -> Command:
    """The command with ``curl.exe`` in PowerShell, where ``curl`` is another program's alias (version 5)."""
    if shell is not Shell.POWERSHELL:
        return command
    pipeline = tuple(("curl.exe", *each[1:]) if each[0] == "curl" else each for each in command.pipeline)
    then = _named_for(command.then, shell) if command.then else None
    return replace(command, pipeline=pipeline, then=then)
