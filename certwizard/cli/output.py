"""Where results go: the terminal with what it can show, or a file that is never clobbered blindly."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TextIO

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.reports.paper import Paper
from certwizard.reports.symbols import can_show_glyphs

OWN_BEGINNINGS = (b"{", b"[")
"""How JSON reports begin, which carry PEM inside and may be written anew."""


def paper_for(stream: TextIO) -> Paper:
    """Return what a stream can show: colour, glyphs and width."""
    is_terminal = stream.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("", "dumb")
    width = shutil.get_terminal_size().columns if is_terminal else 80
    return Paper(colour=colour, unicode=can_show_glyphs(stream.encoding), width=max(width, 40))


def write(text: str, path: str | None) -> None:
    """Write a report to standard output or to a file.

    Raises:
        OptionError: Where the file cannot be written, or holds keys or certificates.
    """
    if path is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_file(path, text.encode("utf-8"), "--output")


def write_file(path: str, data: bytes, option: str) -> None:
    """Write a file whole or not at all, and never over a key or a certificate.

    Args:
        path: Where to.
        data: The bytes.
        option: The option that named it, for the message.

    Raises:
        OptionError: Where it cannot be written.
    """
    target = Path(path)
    shown = clean(path)
    if target.is_dir():
        raise OptionError(f"{option} {shown} is a folder; expected a file")
    if _holds_pem(target):
        raise OptionError(
            f"{option} {shown} holds a key or a certificate and is left alone; expected another file"
        )
    if target.exists() and not target.is_file():
        _write_into(target, data, option)
        return
    _replace(target, data, option)


def _holds_pem(path: Path) -> bool:
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as stream:
                head = stream.read(65536)
            return b"-----BEGIN " in head and not head.lstrip().startswith(OWN_BEGINNINGS)
    return False


def _write_into(path: Path, data: bytes, option: str) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _cannot_write(path, option, error) from error


def _replace(path: Path, data: bytes, option: str) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _cannot_write(path, option, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        os.replace(name, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise _cannot_write(path, option, error) from error


def _cannot_write(path: Path, option: str, error: OSError) -> OptionError:
    return OptionError(
        f"{option} {clean(str(path))} cannot be written: {clean(error.strerror or str(error))}"
    )
