"""Where programs are that come as packages of this Python."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def which(name: str) -> str:
    """Return the path of a program, this Python's environment before the system; empty where there is none."""
    places = (str(Path(sys.executable).parent), os.environ.get("PATH", ""))
    return shutil.which(name, path=os.pathsep.join(places)) or ""
