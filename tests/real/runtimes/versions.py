"""Which versions are installed here: words are compared where it is the one that the profile speaks of."""

from __future__ import annotations

import re

from certwizard.knowledge.clients import find_profile
from tests.real.clients.visit import run
from tests.real.runtimes.found import which
from tests.real.runtimes.java import java

VERSION_OF = {
    "chrome": ("chromium", "--version"),
    "firefox": ("firefox-esr", "--version"),
    "java": (java(), "-version"),
    "go": (which("go"), "version"),
}
"""How to ask which version is installed."""


def is_the_profiles(client: str) -> bool:
    """Return whether the version that its profile speaks of is installed here."""
    profile = find_profile(client)
    if profile is None or client not in VERSION_OF:
        return False
    version = re.escape(profile.version.split()[0])
    return re.search(rf"(?<![\d.]){version}(?!\d)", run(VERSION_OF[client]).words) is not None
