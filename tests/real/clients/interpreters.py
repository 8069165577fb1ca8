"""The Pythons of this machine, by version."""

from __future__ import annotations

import re
import shutil
import sys
from functools import cache
from pathlib import Path

from tests.real.clients.visit import run


@cache
def newest_python() -> tuple[str, tuple[int, int]]:
    """Return the newest released Python here and its version."""
    named = [found for minor in range(20, 10, -1) if (found := shutil.which(f"python3.{minor}"))]
    kept = [str(path) for path in Path.home().glob(".pyenv/versions/3.*/bin/python3")]
    versions = {path: version for path in (*kept, *named, sys.executable) if (version := _version(path))}
    best = max(versions, key=lambda path: versions[path])
    return best, versions[best]


@cache
def python_of(minor: int) -> str:
    """Return a Python 3 of a minor version, or nothing."""
    if sys.version_info[1] == minor:
        return sys.executable
    kept = sorted(str(path) for path in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3"))
    found = [*kept[-1:], shutil.which(f"python3.{minor}") or ""]
    return next((path for path in found if path and _version(path) == (3, minor)), "")


def _version(path: str) -> tuple[int, int] | None:
    said = run([path, "-c", "import ssl, sys; print(*sys.version_info[:2])"])
    found = re.fullmatch(r"(\d+) (\d+)", said.words.strip())
    return (int(found[1]), int(found[2])) if said.status == 0 and found else None
