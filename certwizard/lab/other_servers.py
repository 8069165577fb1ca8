"""Servers that speak no TLS at all, or nothing."""

import contextlib
import os
import socket
import struct

from certwizard.lab.conversations import Before
from certwizard.lab.http import Reply
from certwizard.lab.network import Handler

_GREETING_LIMIT = 4096
_SSH_BANNER = b"SSH-2.0-OpenSSH_9.6 practice-lab\r\n"
_BAD_REQUEST = Reply(
    400, "Bad Request", b"<!doctype html><title>400 Bad Request</title><p>Plain HTTP is spoken here.\n"
)


def plain_http(connection: socket.socket) -> None:
    """Answer as a web server does when TLS comes to its plain port."""
    connection.recv(_GREETING_LIMIT)
    connection.sendall(_BAD_REQUEST.encode(None))
    linger(connection)


def ssh_banner(connection: socket.socket) -> None:
    """Greet as an SSH server."""
    connection.sendall(_SSH_BANNER)
    linger(connection)


def silent(connection: socket.socket) -> None:
    """Take everything and say nothing until the client leaves."""
    connection.settimeout(None)
    while connection.recv(_GREETING_LIMIT):
        pass


def resetting(connection: socket.socket) -> None:
    """Hang up on the first bytes with a TCP reset."""
    connection.recv(_GREETING_LIMIT)
    # A close with linger time 0 sends RST in place of FIN.
    connection.setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    )


def talking(before: Before) -> Handler:
    """Return a handler that speaks a dialogue in the clear and hangs up after it."""

    def serve(connection: socket.socket) -> None:
        before(connection)

    return serve


def linger(connection: socket.socket) -> None:
    """Read until the client leaves, so that closing does not reset what was just sent."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(_GREETING_LIMIT):
            pass
