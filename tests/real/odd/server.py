"""What an odd server is made of, and how it is served."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from OpenSSL import SSL

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target, TargetKind
from certwizard.lab.conversations import http_page
from certwizard.lab.network import Handler, Network
from certwizard.lab.pem import pem_chain
from certwizard.lab.tls_server import Identity, TlsSettings, TlsStream, server_context
from certwizard.probe.run import probe
from tests import factory as f
from tests.real.client_matrix import Place
from tests.real.clients.visit import Visit

HOST = "odd.example.com"
TODAY = datetime.now(UTC).replace(microsecond=0)
"""Real clients have the real clock; nothing here outlives the test."""
Days = tuple[float, float]


@dataclass(frozen=True)
class Odd:
    """One server: what it sends, and what its clients trust."""

    sent: Sequence[f.Issued | bytes]
    key: f.Key
    roots: Sequence[f.Issued | bytes]
    host: str = HOST
    settings: dict[str, Any] = field(default_factory=dict)
    """Other settings of its TLS."""


Recipe = Callable[[], Odd]


def dated(days: Days) -> dict[str, datetime]:
    """Return a validity in days from today."""
    return {"not_before": TODAY + timedelta(days=days[0]), "not_after": TODAY + timedelta(days=days[1])}


def root(common: str = "Odd Root", *, days: Days = (-1000, 3000), **changes: Any) -> f.Issued:
    """Return a root of today."""
    return f.root(common, **{**dated(days), **changes})


def ca(
    issuer: f.Issued, common: str = "Odd Intermediate", *, days: Days = (-500, 1500), **changes: Any
) -> f.Issued:
    """Return an intermediate of today."""
    return f.intermediate(issuer, common, **{**dated(days), **changes})


def leaf(
    issuer: f.Issued | None, names: Sequence[str] = (HOST,), *, days: Days = (-30, 60), **changes: Any
) -> f.Issued:
    """Return a server's certificate of today."""
    return f.leaf(issuer, names, **{**dated(days), **changes})


@functools.cache
def top() -> f.Issued:
    """Return the root that most odd servers lead to."""
    return root()


@functools.cache
def middle() -> f.Issued:
    """Return the intermediate that most of them come from."""
    return ca(top())


def with_leaf(issuer: f.Issued | None = None, names: Sequence[str] = (HOST,), **changes: Any) -> Odd:
    """Return a server that is odd in its own certificate alone."""
    host = changes.pop("host", HOST)
    settings = changes.pop("settings", {})
    made = leaf(issuer or middle(), names, **changes)
    return Odd((made, issuer or middle()), made.key, (top(),), host, settings)


def with_ca(authority: f.Issued, *above: f.Issued, roots: Sequence[f.Issued] = ()) -> Odd:
    """Return a server that is odd in what stands above its certificate."""
    made = leaf(authority)
    return Odd((made, authority, *above), made.key, roots or (top(),))


def place(name: str, odd: Odd, network: Network, folder: Path) -> Place:
    """Serve an odd server, probe it, and return where clients are to go."""
    port = network.listen(_handler(odd))
    held = pem_chain(f.ders(odd.roots))
    # One file for all servers with these roots: a browser is started once for each file.
    roots = folder / f"{sha256(held).hexdigest()}.pem"
    roots.write_bytes(held)
    target = Target(
        f"{odd.host}:{port}",
        TargetKind.SERVER,
        host=odd.host,
        port=port,
        server_name=odd.host,
        connect_host=None if odd.host == "127.0.0.1" else "127.0.0.1",
    )
    seen = probe(target, ProbeOptions(ca_files=(str(roots),), offline=True))
    return Place(name, (Visit(odd.host, port, ca_file=str(roots), roots=str(roots)),), seen)


def _handler(odd: Odd) -> Handler:
    settings = TlsSettings(Identity(f.ders(odd.sent), odd.key), **odd.settings)  # type: ignore[arg-type] # any key
    context = server_context(settings)
    context.set_options(SSL.OP_NO_TICKET)
    page = http_page()

    def serve(connection: Any) -> None:
        stream = TlsStream(context, connection)
        stream.handshake()
        page(stream)

    return serve
