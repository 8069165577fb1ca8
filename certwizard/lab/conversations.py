"""What the lab's servers say before and after TLS is up."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from certwizard.lab.http import Reply, read_request
from certwizard.lab.tls_server import TlsStream

After = Callable[[TlsStream], None]
"""What is said once TLS is up."""

Before = Callable[[socket.socket], bool]
"""The dialogue in the clear; whether it came to the upgrade."""

_LINE_LIMIT = 1000
_LINES = 50

PAGE = Reply(body=b"<!doctype html><title>Practice lab</title><p>A page of the certwizard practice lab.\n")


def http_page(reply: Reply = PAGE, clock_offset: timedelta = timedelta(0)) -> After:
    """Answer one HTTP request.

    Args:
        reply: The answer.
        clock_offset: How far the Date header is from this machine's clock.
    """

    def serve(stream: TlsStream) -> None:
        request = read_request(stream.receive)
        if request is not None:
            date = datetime.now(UTC) + clock_offset
            stream.send(reply.encode(date, with_body=request.method != "HEAD"))
        stream.end()

    return serve


def smtp_before(host: str, *, starttls: bool = True) -> Before:
    """Speak SMTP up to STARTTLS (RFC 3207).

    Args:
        host: The name the server greets with.
        starttls: Whether it offers and accepts the upgrade.
    """
    offer = f"250-{host}\r\n250-SIZE 10485760\r\n" + ("250 STARTTLS\r\n" if starttls else "250 8BITMIME\r\n")
    upgrade = "220 2.0.0 Ready to start TLS\r\n" if starttls else "502 5.5.1 STARTTLS is not available\r\n"

    def speak(sock: socket.socket) -> bool:
        sock.sendall(f"220 {host} ESMTP practice lab\r\n".encode("ascii"))
        for _ in range(_LINES):
            verb = read_line(sock.recv).upper()
            if verb is None or not verb:
                return False
            if verb.startswith(b"STARTTLS"):
                sock.sendall(upgrade.encode("ascii"))
                if starttls:
                    return True
            elif verb.startswith(b"QUIT"):
                sock.sendall(b"221 2.0.0 Bye\r\n")
                return False
            else:
                sock.sendall((offer if verb.startswith(b"EHLO") else f"250 {host}\r\n").encode("ascii"))
        return False

    return speak


def smtp_after(host: str) -> After:
    """Speak SMTP over TLS until the client quits."""

    def serve(stream: TlsStream) -> None:
        for _ in range(_LINES):
            verb = read_line(stream.receive).upper()
            if not verb:
                break
            if verb.startswith(b"QUIT"):
                stream.send(b"221 2.0.0 Bye\r\n")
                break
            stream.send(f"250 {host}\r\n".encode("ascii"))
        stream.end()

    return serve


def read_line(receive: Callable[[int], bytes]) -> bytes:
    """Read one line, bounded, byte by byte so that nothing after it is taken; empty at the end."""
    line = b""
    while not line.endswith(b"\n") and len(line) < _LINE_LIMIT:
        data = receive(1)
        if not data:
            break
        line += data
    return line
