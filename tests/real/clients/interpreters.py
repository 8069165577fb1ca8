"""The Pythons of this machine, by version.

Only those that are built as their makers build them: a distribution's may take OpenSSL's cipher suites in place of
Python's own (``--with-ssl-default-suites=openssl``, as Debian does), and accepts what Python's refuse.
"""

from __future__ import annotations

import re
import shutil
import sys
from functools import cache
from pathlib import Path

from tests.real.clients.visit import run


@cache
def newest_python() -> tuple[str, tuple[int, int]]:
    """Return the newest released Python here and its version; nothing, and 0.0, where there is none."""
    named = [found for minor in range(20, 10, -1) if (found := shutil.which(f"python3.{minor}"))]
    kept = [str(path) for path in Path.home().glob(".pyenv/versions/3.*/bin/python3")]
    versions = {path: version for path in (*kept, *named, sys.executable) if (version := _version(path))}
    best = max(versions, key=lambda path: versions[path], default="")
    return best, versions.get(best, (0, 0))


@cache
def python_of(minor: int) -> str:
    """Return a Python 3 of a minor version, or nothing."""
    if _version(sys.executable) == (3, minor):
        return sys.executable
    kept = sorted(str(path) for path in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3"))
    found = [*kept[-1:], shutil.which(f"python3.{minor}") or ""]
    return next((path for path in found if path and _version(path) == (3, minor)), "")


def _version(path: str) -> tuple[int, int] | None:
    said = run([path, "-c", _SAYS])
    found = re.fullmatch(r"(\d+) (\d+) ours", said.words.strip())
    return (int(found[1]), int(found[2])) if said.status == 0 and found else None


_SAYS = (
    "import ssl, sys, sysconfig; print(*sys.version_info[:2], "
    "'theirs' if 'ssl-default-suites' in str(sysconfig.get_config_var('CONFIG_ARGS')) else 'ours')"
)
