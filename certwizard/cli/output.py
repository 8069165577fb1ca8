"""Where results go: the terminal with what it can show, or a file that is never clobbered blindly."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TextIO

from certwizard.cli.streams import say
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.reports.glyphs import can_show_glyphs
from certwizard.reports.paper import Paper

OWN_MARK = b'"certwizard.diagnosis/'
"""What stands at the beginning of JSON reports, which carry PEM inside and may be written anew."""
STANDARD_OUTPUT = "-"


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
    if path in (None, STANDARD_OUTPUT):
        say(text)
    elif path is not None:
        write_file(path, text.encode("utf-8", "backslashreplace"), "--output")


def check_writable(path: str | None, option: str) -> None:
    """Refuse a place that cannot be written before long work is done for it.

    Args:
        path: Where to, or None where nothing shall be written.
        option: The option that named it, for the message.

    Raises:
        OptionError: Where it is a folder, in no folder, or holds keys or certificates.
    """
    if path is None or (path == STANDARD_OUTPUT and option == "--output"):
        return
    if not path.strip() or "\0" in path:
        raise OptionError(f"{option} names no file: {clean(path) or 'an empty word'}; expected a path")
    target, shown = _resolved(path), clean(path)
    if target.is_dir():
        raise OptionError(f"{option} {shown} is a folder; expected a file")
    if not target.parent.is_dir():
        raise OptionError(
            f"{option} {shown} cannot be written: there is no folder {clean(str(target.parent))}"
        )
    if _holds_secrets(target):
        raise OptionError(
            f"{option} {shown} holds a key or a certificate and is left alone; expected another file"
        )


def write_file(path: str, data: bytes, option: str) -> None:
    """Write a file whole or not at all, and never over a key or a certificate.

    Args:
        path: Where to.
        data: The bytes.
        option: The option that named it, for the message.

    Raises:
        OptionError: Where it cannot be written.
    """
    check_writable(path, option)
    target = _resolved(path)
    if target.exists() and not target.is_file():
        _write_into(target, data, option)
        return
    _replace(target, data, option)


def _resolved(path: str) -> Path:
    """Return where a path leads, so that a link such as /dev/stdout is followed and never replaced.

    The end of a pipe has no path: there the path itself stays.
    """
    try:
        found = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return Path(path)
    return found if found.exists() or not os.path.exists(path) else Path(path)


def _holds_secrets(path: Path) -> bool:
    """Whether a file holds a key or certificate, PEM or not."""
    from certwizard.probe.shapes import Shape, shape_of

    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as stream:
                head = stream.read(1 << 20)
            if OWN_MARK in head[:200]:
                return False
            return b"-----BEGIN " in head or shape_of(head) is not Shape.UNKNOWN
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
