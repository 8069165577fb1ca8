"""Small files of the user's own: read within bounds, written whole or not at all, and never a reason to fail."""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

LONGEST = 64 * 1024
_DEFAULTS = {"XDG_CONFIG_HOME": ".config", "XDG_STATE_HOME": ".local/state"}
_OF_WINDOWS = {"XDG_CONFIG_HOME": "APPDATA", "XDG_STATE_HOME": "LOCALAPPDATA"}


def own_folder(variable: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return certwizard's folder below an XDG folder; None where the user has no home.

    Args:
        variable: ``XDG_CONFIG_HOME`` or ``XDG_STATE_HOME``.
        environment: The environment.
    """
    named = environment.get(variable, "")
    if not os.path.isabs(named):  # the specification: relative ones are ignored
        named = environment.get(_OF_WINDOWS[variable], "") if os.name == "nt" else ""
    if named:
        return Path(named) / "certwizard"
    try:
        return Path.home() / _DEFAULTS[variable] / "certwizard"
    except RuntimeError:
        return None


def read_small(path: Path) -> str | None:
    """Return a small text file; None where there is none that can be read.

    Args:
        path: The file.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(LONGEST + 1)
        return data.decode("utf-8") if len(data) <= LONGEST else None
    except (OSError, ValueError):
        return None


def write_small(path: Path, text: str) -> bool:
    """Write a small text file whole; False where it cannot be written.

    Args:
        path: The file; its folders are made.
        text: What to write.
    """
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(name, path)
    except (OSError, ValueError):
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)
        return False
    return True
