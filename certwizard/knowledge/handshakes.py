"""What clients offer in their handshakes, and in which order; the rows are data (handshakes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class SuiteKind:
    """Cipher suites up to TLS 1.2 that clients take or leave together."""

    id: str
    words: str
    """The kind for a sentence."""
    why: str
    """Why clients leave it out; empty where all take it."""
    suites: Mapping[int, str]
    """OpenSSL's names by the numbers on the wire."""


@dataclass(frozen=True, slots=True)
class ClientOffer:
    """What some clients offer up to TLS 1.2."""

    clients: tuple[str, ...]
    kinds: frozenset[str]
    least_dh_bits: int
    """The smallest Diffie-Hellman group they take."""


BEST_KIND = "ecdhe-aead"
"""The kind that every client of today offers first."""


def prefer_rsa(protocol: str) -> frozenset[str]:
    """Return the ids of the clients that get the RSA certificate where a server has an ECDSA one as well.

    Args:
        protocol: The version the handshake agreed on, such as ``TLSv1.3``.
    """
    return frozenset(_table("handshakes.toml")["prefers_rsa"].get(protocol, ()))


def long_greeters() -> frozenset[str]:
    """Return the ids of the clients whose greeting does not fit into one packet."""
    return frozenset(_table("handshakes.toml")["long_greeting"]["clients"])


@cache
def suite_kinds() -> tuple[SuiteKind, ...]:
    """Return all kinds of cipher suites, the best first."""
    return tuple(
        SuiteKind(
            row["id"],
            row["words"],
            row["why"],
            MappingProxyType({int(number, 16): name for number, name in row["suites"].items()}),
        )
        for row in _table("cipher_suites.toml")["kind"]
    )


def kind_of_suite(name: str) -> SuiteKind | None:
    """Return the kind of a suite by OpenSSL's name, or None where it is none up to TLS 1.2 or not listed."""
    return _by_name().get(name)


@cache
def client_offers() -> tuple[ClientOffer, ...]:
    """Return what each client offers."""
    return tuple(
        ClientOffer(tuple(row["clients"]), frozenset(row["kinds"]), row.get("dh", 0))
        for row in _table("handshakes.toml")["offer"]
    )


@cache
def _by_name() -> Mapping[str, SuiteKind]:
    return MappingProxyType({name: kind for kind in suite_kinds() for name in kind.suites.values()})


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("certwizard.knowledge").joinpath(name).read_text(encoding="utf-8"))
