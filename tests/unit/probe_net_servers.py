"""Loopback servers that behave, and misbehave, exactly as a test says."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from OpenSSL import SSL, crypto

from certwizard.domain.observation import Failure
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.cancel import CancelToken
from certwizard.probe.handshake import Route
from certwizard.probe.server import ServerSight, observe_server
from tests.factory import Issued, pki

Handler = Callable[["Peer"], None]
NAME = "www.example.com"
HTTP = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nServer: test\r\nContent-Length: 0\r\n\r\n"
PATIENCE = 10.0
"""Seconds after which a test's server gives up, so that no failing test hangs."""


@dataclass
class Peer:
    """One accepted connection, seen from the server."""

    sock: socket.socket
    over: threading.Event
    """Set when the test is over."""
    buffer: bytearray = field(default_factory=bytearray)

    def line(self) -> bytes:
        """Return the client's next line, without its end; nothing when it has gone."""
        while b"\n" not in self.buffer and self._more():
            pass
        line, _, rest = bytes(self.buffer).partition(b"\n")
        self.buffer[:] = rest
        return line.removesuffix(b"\r")

    def exactly(self, count: int) -> bytes:
        """Return the client's next bytes."""
        while len(self.buffer) < count and self._more():
            pass
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def until(self, end: bytes) -> bytes:
        """Return the client's bytes up to and with `end`."""
        while end not in self.buffer and self._more():
            pass
        at = self.buffer.find(end) + len(end)
        taken = bytes(self.buffer[:at])
        del self.buffer[:at]
        return taken

    def say(self, data: bytes) -> None:
        """Send bytes to the client."""
        self.sock.sendall(data)

    def reset(self) -> None:
        """Tear the connection down with a TCP reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.sock.close()

    def _more(self) -> bool:
        piece = self.sock.recv(4096)
        self.buffer += piece
        return bool(piece)


@contextlib.contextmanager
def server(*handlers: Handler, address: str = "127.0.0.1") -> Iterator[int]:
    """Serve on a free port; connection n goes to handler n, later ones to the last. Yields the port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    over, threads = threading.Event(), list[threading.Thread]()
    with socket.create_server((address, 0), family=family) as listener:

        def accept() -> None:
            for number in range(1000):
                try:
                    sock, _ = listener.accept()
                except OSError:
                    return
                sock.settimeout(PATIENCE)
                handler = handlers[min(number, len(handlers) - 1)]
                thread = threading.Thread(target=_serve, args=(handler, Peer(sock, over)), daemon=True)
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            # Closing alone does not wake accept() on every system.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for thread in [accepting, *threads]:
                thread.join(PATIENCE)


def _serve(handler: Handler, peer: Peer) -> None:
    with peer.sock, contextlib.suppress(OSError, SSL.Error):
        handler(peer)


def silent(peer: Peer) -> None:
    """Accept and never say a word."""
    peer.over.wait(PATIENCE)


def resetting(peer: Peer) -> None:
    """Read the first bytes and tear the connection down."""
    peer.sock.recv(1)
    peer.reset()


def closed_port() -> int:
    """Return a loopback port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def tls_context(
    *chain: Issued,
    oldest: int = SSL.TLS1_VERSION,
    newest: int = SSL.TLS1_3_VERSION,
    ciphers: str = "ALL:COMPLEMENTOFALL:@SECLEVEL=0",
    staple: bytes = b"",
    by_name: dict[bytes, SSL.Context] | None = None,
    client_ca: Issued | None = None,
    key: crypto.PKey | None = None,
) -> SSL.Context:
    """Return a server's TLS settings; the first certificate is the leaf."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_cipher_list(ciphers.encode())
    context.set_min_proto_version(oldest)
    context.set_max_proto_version(newest)
    context.use_certificate(chain[0].certificate)
    context.use_privatekey(key or chain[0].key)
    for issuer in chain[1:]:
        context.add_extra_chain_cert(issuer.certificate)
    if staple:
        context.set_ocsp_server_callback(lambda _, __: staple)
    if by_name:
        context.set_tlsext_servername_callback(lambda connection: _switch(connection, by_name))
    if client_ca:
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
        context.add_client_ca(client_ca.certificate)
    return context


def _switch(connection: SSL.Connection, by_name: dict[bytes, SSL.Context]) -> None:
    chosen = by_name.get(connection.get_servername() or b"")
    if chosen is not None:
        connection.set_context(chosen)


def tls(context: SSL.Context, before: Handler | None = None, answer: bytes = b"") -> Handler:
    """Return a handler that speaks TLS, after a plain dialog, and answers one HTTP request."""

    def handle(peer: Peer) -> None:
        if before is not None:
            before(peer)
        peer.sock.settimeout(None)
        connection = SSL.Connection(context, peer.sock)
        connection.set_accept_state()
        connection.do_handshake()
        heard = b""
        while answer and b"\r\n\r\n" not in heard:
            heard += connection.recv(4096)
        if answer:
            connection.sendall(answer)
        else:
            peer.over.wait(PATIENCE)
        connection.shutdown()

    return handle


def route(
    port: int, timeout: float = PATIENCE, cancel: CancelToken | None = None, **changes: object
) -> Route:
    """Return the way to a server of this file."""
    values: dict[str, object] = {"host": "www.example.com", "cancel": cancel or CancelToken(), **changes}
    return Route(port=port, timeout=timeout, **values)  # type: ignore[arg-type]


def target(
    port: int, host: str = "127.0.0.1", name: str = "www.example.com", starttls: Starttls | None = None
) -> Target:
    """Return a target that is connected to on loopback under a name."""
    return Target(
        f"{name}:{port}", TargetKind.SERVER, name, port, name, starttls, connect_host=host, connect_port=port
    )


def subjects(chain: Sequence[bytes]) -> list[str]:
    """Return the common names of a chain, as sent."""
    from certwizard.domain.parsing import parse_certificate

    return [parse_certificate(der).subject.first("CN") or "" for der in chain]


def look(*handlers: Handler, timeout: float = 10.0, **changes: object) -> ServerSight:
    """Serve with these handlers and return what the probe sees."""
    with server(*handlers) as port:
        return observe_server(target(port, **changes), ProbeOptions(timeout=timeout))  # type: ignore[arg-type]


def healthy() -> Handler:
    """Return a server with nothing wrong."""
    return tls(tls_context(*pki().chain), answer=HTTP)


def failure_of(sight: ServerSight) -> Failure:
    """Return why the handshake to judge failed; it must have."""
    failure = sight.handshakes[0].failure
    assert failure is not None
    return failure


def forward_to(port: int, mangle: Callable[[bytes], bytes] | None = None) -> Handler:
    """Carry bytes to and fro; behind an HTTP CONNECT, or mangled on their way back."""

    def pump(
        source: socket.socket, sink: socket.socket, change: Callable[[bytes], bytes] | None = None
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                sink.sendall(change(data) if change else data)
            sink.shutdown(socket.SHUT_WR)

    def handle(peer: Peer) -> None:
        if mangle is None:
            peer.until(b"\r\n\r\n")
            peer.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port), 2) as onward:
            back = threading.Thread(target=pump, args=(onward, peer.sock, mangle))
            back.start()
            pump(peer.sock, onward)
            back.join()

    return handle
