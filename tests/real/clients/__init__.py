"""Real clients, one file each, driven in the same way.

A file holds one `Driver` named DRIVER; `drivers()` finds it. A driver gets every visit at once, so that what
starts slowly (a JVM, a browser) starts once. `one_by_one` is for programs that are started for each visit.
"""

from __future__ import annotations

import importlib
import pkgutil

from tests.real.clients.visit import Driver

__all__ = ["drivers"]


def drivers() -> tuple[Driver, ...]:
    """Return every driver of this package, by the name of its file."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    return tuple(module.DRIVER for module in modules if hasattr(module, "DRIVER"))
