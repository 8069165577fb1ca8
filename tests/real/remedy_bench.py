"""A TLS server and a file server on loopback, and a shell to run remedies' commands in."""

from __future__ import annotations

import contextlib
import http.server
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from certwizard.remedies.model import Remedy
from certwizard.remedies.quoting import render, shell_for
from tests import factory
from tests.factory import Issued, Pki
from tests.real.real_servers import write_material

PATIENCE = 60


def pem(*chain: Issued) -> bytes:
    """Return certificates as PEM."""
    return b"".join(issued.certificate.public_bytes(Encoding.PEM) for issued in chain)


def span() -> dict[str, object]:
    """Return dates that hold now: real programs look at the real clock."""
    now = datetime.now(UTC).replace(microsecond=0)
    return {"not_before": now - timedelta(days=1), "not_after": now + timedelta(days=30)}


def current_pki(names: Sequence[str] = (factory.HOST,), aia: str | None = None) -> Pki:
    """Return a hierarchy that is valid now; the leaf names `aia` as its issuer's address."""
    top = factory.root(**span())  # type: ignore[arg-type]
    middle = factory.intermediate(top, **span())  # type: ignore[arg-type]
    having = [_issuer_address(aia)] if aia else []
    return Pki(top, middle, factory.leaf(middle, names, having=having, **span()))  # type: ignore[arg-type]


def _issuer_address(url: str) -> x509.AuthorityInformationAccess:
    place = x509.UniformResourceIdentifier(url)
    access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
    return x509.AuthorityInformationAccess([access])


class _Quiet(http.server.BaseHTTPRequestHandler):
    files: Mapping[str, bytes] = {}

    def do_GET(self) -> None:
        body = self.files.get(self.path, b"fine")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: tests read their own output."""


@contextlib.contextmanager
def file_server(files: Mapping[str, bytes]) -> Iterator[int]:
    """Serve these files over plain HTTP; yields the port."""
    handler = type("Handler", (_Quiet,), {"files": files})
    with _serving(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        yield port


@contextlib.contextmanager
def tls_server(folder: Path, chain: Sequence[Issued]) -> Iterator[int]:
    """Serve a page over TLS with this chain; yields the port."""
    material = write_material(folder, chain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(material.chain, material.key)
    server = _TlsServer(("127.0.0.1", 0), _Quiet)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _serving(server) as port:
        yield port


class _TlsServer(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Clients that refuse the certificate are what the tests want."""


@contextlib.contextmanager
def _serving(server: http.server.ThreadingHTTPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run(folder: Path, line: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one line in bash, without a terminal, in a folder."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        start_new_session=True,
        env={**os.environ, "PATH": path, "HOME": str(folder), **variables},
    )


def succeed(folder: Path, line: str, given: str = "", **variables: str) -> str:
    """Run one line that must succeed; returns what it printed."""
    answer = run(folder, line, given, **variables)
    assert answer.returncode == 0, f"{line}\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout


def lines(found: tuple[Remedy, ...], identity: str) -> list[str]:
    """Return the commands of a remedy, each followed by the one that proves it."""
    remedy = next(remedy for remedy in found if remedy.id == identity)
    return [
        render(command, shell_for(step))
        for step in remedy.steps
        for command in (step.command, step.verify)
        if command is not None
    ]


def holding(written: Sequence[str], *parts: str) -> str:
    """Return the first line that holds all these parts."""
    return next(line for line in written if all(part in line for part in parts))
