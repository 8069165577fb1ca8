"""The one place where a command becomes text, with the quoting of its shell.

A `Command` is a list of arguments, so nothing that stands in an argument can start another program. What a
shell cannot express at all (a line break in cmd.exe) is refused rather than written wrongly.
"""

import re
import shlex
from collections.abc import Callable

from certwizard.remedies.model import Command, Shell, Step

NULL_FILE = "/dev/null"

# U+2018 to U+201B end a single-quoted string of PowerShell as the apostrophe does.
_POWERSHELL_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")
# A leading dash with a dot or colon behind it is split in two by PowerShell's own parameter parsing.
_POWERSHELL_BARE = re.compile(r"(?:[A-Za-z0-9_./\\:][A-Za-z0-9_./\\:=+-]*|--?[A-Za-z0-9][A-Za-z0-9_-]*)\Z")
_CMD_BARE = re.compile(r"[A-Za-z0-9_./\\:+@-]+\Z")
_CMD_SPECIAL = re.compile(r'([()%!^"<>&|])')
WINDOWS_PLATFORMS = frozenset({"windows", "iis"})


class CannotQuoteError(ValueError):
    """Raised for an argument that the shell has no way to express."""


def render(command: Command, shell: Shell = Shell.POSIX) -> str:
    """Write a command as one line of the shell."""
    return _WRITERS[shell](command)


def shell_for(step: Step) -> Shell:
    """Return the shell in which the people of a step's platform work."""
    return Shell.POWERSHELL if step.platform in WINDOWS_PLATFORMS else Shell.POSIX


def quote(argument: str, shell: Shell = Shell.POSIX) -> str:
    """Write one argument so that the program receives exactly this text."""
    if "\0" in argument:
        raise CannotQuoteError("no shell can pass a NUL character")
    return _QUOTERS[shell](argument)


def _quote_powershell(argument: str) -> str:
    if '"' in argument:
        # PowerShell 5 drops the double quote and PowerShell 7.3 keeps it: no form is right in both.
        raise CannotQuoteError("PowerShell versions disagree on double quotes in arguments")
    if _POWERSHELL_BARE.match(argument):
        return argument
    return "'" + _POWERSHELL_QUOTES.sub(r"\1\1", argument) + "'"


def _quote_cmd(argument: str) -> str:
    if "\n" in argument or "\r" in argument:
        raise CannotQuoteError("cmd.exe ends a command at a line break")
    if _CMD_BARE.match(argument):
        return argument
    quoted = _quote_for_c_runtime(argument)
    if any(mark in argument for mark in '"%!'):
        # Every mark of cmd.exe behind a caret, the quotes too: it then sees no quoted part at all.
        return _CMD_SPECIAL.sub(r"^\1", quoted)
    return quoted


def _quote_for_c_runtime(argument: str) -> str:
    """Quote for the C runtime: backslashes count only before a double quote."""
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', argument)
    return '"' + re.sub(r"(\\+)\Z", r"\1\1", escaped) + '"'


def _words(arguments: tuple[str, ...], shell: Shell) -> str:
    return " ".join(quote(argument, shell) for argument in arguments)


def _write_posix(command: Command) -> str:
    return _write_redirected(command, Shell.POSIX, NULL_FILE)


def _write_cmd(command: Command) -> str:
    return _write_redirected(command, Shell.CMD, "NUL")


def _write_redirected(command: Command, shell: Shell, null_file: str) -> str:
    programs = [_words(arguments, shell) for arguments in command.pipeline]
    if command.stdin is not None:
        programs[0] += f" < {_file(command.stdin, shell, null_file)}"
    line = " | ".join(programs)
    if command.stdout is not None:
        line += f" {'>>' if command.append else '>'} {_file(command.stdout, shell, null_file)}"
    return line if command.then is None else f"{line} && {_WRITERS[shell](command.then)}"


def _file(path: str, shell: Shell, null_file: str) -> str:
    return null_file if path == NULL_FILE else quote(path, shell)


def _write_powershell(command: Command) -> str:
    parts = [_powershell_program(arguments) for arguments in command.pipeline]
    if command.stdin is not None:
        parts.insert(0, _powershell_input(command.stdin))
    if command.stdout is not None:
        parts.append(_powershell_output(command.stdout, append=command.append))
    line = " | ".join(parts)
    # PowerShell 5 has no &&.
    return line if command.then is None else f"{line}; if ($?) {{ {_write_powershell(command.then)} }}"


def _powershell_program(arguments: tuple[str, ...]) -> str:
    line = _words(arguments, Shell.POWERSHELL)
    return f"& {line}" if line.startswith("'") else line


def _powershell_input(path: str) -> str:
    return "@()" if path == NULL_FILE else f"Get-Content {quote(path, Shell.POWERSHELL)}"


def _powershell_output(path: str, *, append: bool) -> str:
    if path == NULL_FILE:
        return "Out-Null"
    # The > of PowerShell 5 writes UTF-16, which no reader of PEM files takes.
    verb = "Add-Content" if append else "Set-Content"
    return f"{verb} -Encoding ascii {quote(path, Shell.POWERSHELL)}"


_QUOTERS: dict[Shell, Callable[[str], str]] = {
    Shell.POSIX: shlex.quote,
    Shell.POWERSHELL: _quote_powershell,
    Shell.CMD: _quote_cmd,
}
_WRITERS: dict[Shell, Callable[[Command], str]] = {
    Shell.POSIX: _write_posix,
    Shell.POWERSHELL: _write_powershell,
    Shell.CMD: _write_cmd,
}
