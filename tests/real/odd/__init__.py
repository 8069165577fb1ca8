"""Servers that are odd in one way, or in two: what the practice lab has no room for, served to real clients."""

from tests.real.odd.encodings import ENCODINGS
from tests.real.odd.keys import KEYS
from tests.real.odd.names import NAMES
from tests.real.odd.paths import PATHS
from tests.real.odd.rules import RULES

__all__ = ["ODD"]

ODD = PATHS | NAMES | KEYS | RULES | ENCODINGS
"""Every odd server by its id."""
