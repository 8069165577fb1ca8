"""Standard output and error as they really are: closed, full, cut off, or in an old encoding."""

import contextlib
import os
import sys
from typing import TextIO

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.reports.glyphs import ascii_form, can_show_glyphs


def settle_streams() -> None:
    """Make standard output and error usable whatever the caller did to them."""
    # A closed one is None; opening the null device also keeps its number from a socket or file.
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names from an old locale or a broken file must not end in a traceback.
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Write text to standard output; a reader that went away (head, less) is no error.

    Raises:
        OptionError: Where it cannot be written, for instance onto a full disk.
    """
    shown = text if can_show_glyphs(sys.stdout.encoding) else ascii_form(text)
    try:
        sys.stdout.write(shown)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        words = clean(error.strerror or str(error))
        raise OptionError(f"standard output cannot be written: {words}") from error


def complain(text: str) -> None:
    """Write one line to standard error, or nothing where nobody can read it."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"certwizard: {text}\n")
        sys.stderr.flush()


def _silence() -> None:
    """Let what is still buffered go nowhere, or the interpreter complains of it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
