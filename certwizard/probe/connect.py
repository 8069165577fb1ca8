"""One TCP connection to one address."""

import socket

from certwizard.probe.cancel import CancelToken
from certwizard.probe.stream import BoundedStream, StepFailed, failure_of


def connect(address: str, port: int, *, timeout: float, cancel: CancelToken) -> BoundedStream:
    """Connect to an address given as a literal.

    Raises:
        StepFailed: refused, timed out, reset, unreachable or cancelled, each by the system's number.
    """
    try:
        rows = socket.getaddrinfo(
            address.encode(), port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
        family, kind, number, _, place = rows[0]
        sock = socket.socket(family, kind, number)
    except OSError as error:
        raise StepFailed(failure_of(error)) from error
    stream = BoundedStream(sock, timeout, cancel)
    try:
        _start(sock, place)
        stream.finish_connecting()
    except StepFailed:
        stream.close()
        raise
    return stream


def _start(
    sock: socket.socket, place: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
) -> None:
    try:
        sock.connect(place)
    except BlockingIOError:
        return
    except OSError as error:
        raise StepFailed(failure_of(error)) from error
