"""A TLS server that can be wrong in every way: any chain, any order, old protocols, weak ciphers."""

import select
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from cryptography import x509
from OpenSSL import SSL

from certwizard.lab.network import PATIENCE
from certwizard.lab.plan import SigningKey

_Result = TypeVar("_Result")

# Level 0 lets the practice server show keys, signatures and protocols that are broken on purpose.
_ANYTHING = ":@SECLEVEL=0"


@dataclass(frozen=True, slots=True)
class Identity:
    """A chain as it is sent, and the key of its first certificate."""

    chain: tuple[bytes, ...]
    key: SigningKey


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """How a TLS server is set up; the defaults are good."""

    identity: Identity
    by_name: tuple[tuple[str, Identity], ...] = ()
    """Identities shown to clients that send a certain name."""
    for_any_name: Callable[[str], Identity] | None = None
    """Makes an identity for whatever name a client sends, as what reads along does."""
    beside: Identity | None = None
    """One with another kind of key, shown to clients that ask for it; the certificates above are the first one's."""
    oldest: int = SSL.TLS1_2_VERSION
    newest: int = SSL.TLS1_3_VERSION
    ciphers: str = "DEFAULT"
    staple: bytes | None = None
    wants_client_certificate: bool = False
    asks_client_certificate: bool = False
    """Ask for one and go on without."""


class TlsStream:
    """The server's side of an established TLS connection."""

    def __init__(self, context: SSL.Context, sock: socket.socket) -> None:
        """Wrap an accepted socket; nothing is sent yet."""
        self._sock = sock
        self._connection = SSL.Connection(context, sock)
        self._connection.set_accept_state()

    def handshake(self) -> None:
        """Complete the handshake.

        Raises:
            OSError: The client left, or the handshake failed.
        """
        self._retry(self._connection.do_handshake)

    def receive(self, limit: int) -> bytes:
        """Return some bytes, nothing at the end."""
        return self._retry(partial(self._read, limit))

    def send(self, data: bytes) -> None:
        """Send bytes, all of them."""
        self._retry(partial(self._connection.sendall, data))

    def end(self) -> None:
        """Say goodbye (close_notify); the socket stays open."""
        self._retry(self._connection.shutdown)

    def _read(self, limit: int) -> bytes:
        try:
            return self._connection.recv(limit)
        except SSL.ZeroReturnError:  # the client said goodbye (close_notify)
            return b""

    def _retry(self, operation: Callable[[], _Result]) -> _Result:
        while True:
            try:
                return operation()
            except SSL.WantReadError:
                ready, _, _ = select.select([self._sock], [], [], PATIENCE)
            except SSL.WantWriteError:
                _, ready, _ = select.select([], [self._sock], [], PATIENCE)
            except SSL.Error as error:
                raise ConnectionError("the TLS connection ended") from error
            if not ready:
                raise TimeoutError("the client fell silent")


def server_context(settings: TlsSettings) -> SSL.Context:
    """Return a context that serves with these settings."""
    context = _context(settings, settings.identity)
    if settings.by_name:
        named = {name: _context(settings, identity) for name, identity in settings.by_name}

        def choose(connection: SSL.Connection) -> None:
            asked = (connection.get_servername() or b"").decode("latin-1").lower()
            if asked in named:
                connection.set_context(named[asked])

        context.set_tlsext_servername_callback(choose)
    if settings.for_any_name is not None:
        make = settings.for_any_name

        def answer(connection: SSL.Connection) -> None:
            asked = (connection.get_servername() or b"").decode("ascii", "ignore").lower()
            if asked:
                connection.set_context(_context(settings, make(asked)))

        context.set_tlsext_servername_callback(answer)
    return context


def _context(settings: TlsSettings, identity: Identity) -> SSL.Context:
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_cipher_list((settings.ciphers + _ANYTHING).encode("ascii"))
    context.set_min_proto_version(settings.oldest)
    context.set_max_proto_version(settings.newest)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    leaf, *rest = identity.chain
    context.use_certificate(x509.load_der_x509_certificate(leaf))
    context.use_privatekey(identity.key)
    for der in rest:
        context.add_extra_chain_cert(x509.load_der_x509_certificate(der))
    if settings.beside is not None:
        context.use_certificate(x509.load_der_x509_certificate(settings.beside.chain[0]))
        context.use_privatekey(settings.beside.key)
    if settings.staple is not None:
        staple = settings.staple
        context.set_ocsp_server_callback(lambda connection, data: staple)
    if settings.wants_client_certificate:
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    elif settings.asks_client_certificate:
        context.set_verify(SSL.VERIFY_PEER)
    return context
