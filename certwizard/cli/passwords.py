"""Where passwords of containers and keys come from: a file, the environment, a prompt; never an argument."""

import codecs
import getpass
import os
import sys

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.domain.options import PasswordSource

MAX_PASSWORD_BYTES = 4096


def password_from(path: str | None, *, prompt: bool = True) -> PasswordSource | None:
    """Return where passwords come from: a file, the environment, else a prompt on the terminal.

    Args:
        path: The file of --password-file, or None.
        prompt: Whether to ask on the terminal where nothing else gives a password.
    """
    if path is not None:
        return lambda _: _password_in(path)
    if "CERTWIZARD_PASSWORD" in os.environ:
        return lambda _: os.environ["CERTWIZARD_PASSWORD"]
    return _ask if prompt else None


def _password_in(path: str) -> str:
    """Return the first line of a file, which may be what a command writes (``<(command)``)."""
    shown = clean(path, 200)
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_PASSWORD_BYTES + 1)
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OptionError(f"--password-file {shown} cannot be read: {clean(words)}") from error
    if len(data) > MAX_PASSWORD_BYTES:
        raise OptionError(
            f"--password-file {shown} is larger than {MAX_PASSWORD_BYTES} bytes; expected one line"
        )
    lines = data.removeprefix(codecs.BOM_UTF8).splitlines()
    return lines[0].decode("utf-8", "surrogateescape") if lines else ""


def _ask(file: str) -> str | None:
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    try:
        return getpass.getpass(f"Password of {clean(file, 200)}: ")
    except EOFError:
        return None
