"""Browsers and runtimes, driven like the other clients; some in another version than their profile speaks of."""

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
