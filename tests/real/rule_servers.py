"""A TLS server for the chain of every rule (tests.rules), made as of now: these clients judge by the clock alone."""

from __future__ import annotations

import selectors
import socket
import ssl
import tempfile
import threading
from base64 import encodebytes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from certwizard.domain.observation import Observation
from tests import factory as f
from tests.real.clients.visit import Visit
from tests.rules.case import RuleCase

_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Served:
    """The chain of one rule, and how to get at its server."""

    observation: Observation
    visit: Visit


def made_now(cases: Mapping[str, RuleCase]) -> tuple[dict[str, Observation], dict[bytes, f.Key]]:
    """Return every chain as of now, and the private keys by their public halves."""
    keys: dict[bytes, f.Key] = {}
    issue = f.issue

    def noted(spec: f.Spec, issuer: f.Issued | None) -> f.Issued:
        keys[_public(spec.key)] = spec.key
        return issue(spec, issuer)

    now = datetime.now(UTC).replace(microsecond=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f, "NOW", now)
        patch.setattr(f, "issue", noted)
        f.pki.cache_clear()
        made = {name: replace(case.make(), judge_at=now) for name, case in cases.items()}
    f.pki.cache_clear()
    return made, keys


@contextmanager
def rule_servers(cases: Mapping[str, RuleCase]) -> Iterator[dict[str, Served]]:
    """Serve every chain that OpenSSL can read and serve, each at a port of its own."""
    made, keys = made_now(cases)
    listening: dict[socket.socket, ssl.SSLContext] = {}
    served = {}
    with tempfile.TemporaryDirectory() as place:
        for number, (name, observation) in enumerate(made.items()):
            context = _context(observation, keys, Path(place) / str(number))
            if context is not None:
                server = socket.create_server(("127.0.0.1", 0), backlog=64)
                listening[server] = context
                served[name] = Served(
                    observation, _visit(observation, server.getsockname()[1], Path(place) / f"{number}-roots")
                )
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, stop))
        thread.start()
        try:
            yield served
        finally:
            stop.set()
            thread.join()
            for server in listening:
                server.close()


def _context(observation: Observation, keys: Mapping[bytes, f.Key], file: Path) -> ssl.SSLContext | None:
    chain = observation.files[0].chain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    # Read as bytes: some of these certificates are such that the library warns of them.
    key = next((key for public, key in keys.items() if public in chain[0]), None)
    if key is None:
        return None
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_text(private.decode("ascii") + "".join(map(_pem, chain)), "ascii")
    try:
        context.load_cert_chain(file)
    except ssl.SSLError:
        return None
    return context


def _visit(observation: Observation, port: int, roots: Path) -> Visit:
    roots.write_text("".join(_pem(anchor.der) for anchor in observation.anchors), "ascii")
    host = observation.target.server_name or ""
    return Visit(host, port, ca_file=str(roots), roots=str(roots), patience=_PATIENCE)


def _serve(listening: Mapping[socket.socket, ssl.SSLContext], stop: threading.Event) -> None:
    with selectors.DefaultSelector() as ready:
        for server in listening:
            ready.register(server, selectors.EVENT_READ)
        while not stop.is_set():
            for key, _ in ready.select(0.1):
                assert isinstance(key.fileobj, socket.socket)
                arguments = (key.fileobj.accept()[0], listening[key.fileobj])
                threading.Thread(target=_answer, args=arguments).start()


def _answer(connection: socket.socket, context: ssl.SSLContext) -> None:
    connection.settimeout(_PATIENCE)
    with suppress(OSError), connection, context.wrap_socket(connection, server_side=True) as secured:
        secured.recv(4096)
        secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        secured.unwrap()


def _public(key: f.Key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _pem(certificate: bytes) -> str:
    return (
        f"-----BEGIN CERTIFICATE-----\n{encodebytes(certificate).decode('ascii')}-----END CERTIFICATE-----\n"
    )
