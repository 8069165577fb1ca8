"""What clients offer in their handshakes, and in which order; the rows are data (handshakes.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def prefer_rsa(protocol: str) -> frozenset[str]:
    """Return the ids of the clients that get the RSA certificate where a server has an ECDSA one as well.

    Args:
        protocol: The version the handshake agreed on, such as ``TLSv1.3``.
    """
    return frozenset(_table()["prefers_rsa"].get(protocol, ()))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        files("certwizard.knowledge").joinpath("handshakes.toml").read_text(encoding="utf-8")
    )
