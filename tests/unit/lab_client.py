"""A client that refuses nothing and tells what a practice server sent."""

import socket
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from certwizard.lab.scenario import OpenScenario

TIMEOUT = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What one connection has shown."""

    chain: tuple[x509.Certificate, ...]
    protocol: str
    cipher: str
    staple: bytes
    answer: bytes

    @property
    def leaf(self) -> x509.Certificate:
        """The first certificate sent."""
        return self.chain[0]

    @property
    def subjects(self) -> list[str]:
        """The common names, as sent."""
        return [
            str(each.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value) for each in self.chain
        ]


def connect(opened: OpenScenario) -> socket.socket:
    """Open a plain connection to a scenario."""
    return socket.create_connection(("127.0.0.1", opened.target.port or 0), TIMEOUT)


def see(opened: OpenScenario, request: bytes = b"", *, sni: str | None = None, before: bytes = b"") -> Seen:
    """Shake hands with a scenario, and send a request where given.

    Args:
        opened: The scenario.
        request: Sent over TLS; its whole answer is read.
        sni: The name sent; None sends the target's, an empty one sends none.
        before: Sent in the clear first, for STARTTLS; what is answered is thrown away.
    """
    with connect(opened) as sock:
        if before:
            _upgrade(sock, before)
        return _shake_hands(sock, opened.target.server_name if sni is None else sni, request)


def _upgrade(sock: socket.socket, before: bytes) -> None:
    sock.recv(4096)
    for line in before.splitlines(keepends=True):
        sock.sendall(line)
        sock.recv(4096)


def _shake_hands(sock: socket.socket, sni: str | None, request: bytes) -> Seen:
    staples: list[bytes] = []

    def keep(_: SSL.Connection, staple: bytes, __: object) -> bool:
        staples.append(staple)
        return True

    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_cipher_list(b"ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    context.set_min_proto_version(SSL.TLS1_VERSION)
    context.set_ocsp_client_callback(keep)
    connection = SSL.Connection(context, sock)
    sock.setblocking(True)
    if sni:
        connection.set_tlsext_host_name(sni.encode("ascii"))
    connection.request_ocsp()
    connection.set_connect_state()
    connection.do_handshake()
    chain = tuple(connection.get_peer_cert_chain(as_cryptography=True) or ())
    answer = _ask(connection, request) if request else b""
    name, cipher = connection.get_protocol_version_name(), connection.get_cipher_name() or ""
    return Seen(chain, name, cipher, b"".join(staples), answer)


def _ask(connection: SSL.Connection, request: bytes) -> bytes:
    connection.sendall(request)
    answer = b""
    while True:
        try:
            answer += connection.recv(4096)
        except SSL.ZeroReturnError:
            return answer


def der(certificate: x509.Certificate) -> bytes:
    """Return a certificate as DER."""
    return certificate.public_bytes(Encoding.DER)
