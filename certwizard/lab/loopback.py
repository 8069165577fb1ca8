"""One port on every loopback address, as the names below localhost lead to all of them (RFC 6761 6.3)."""

import errno
import socket

_TRIES = 16


def bind_loopback() -> tuple[socket.socket, ...]:
    """Bind a free port on 127.0.0.1, and the same on ::1 where this machine has IPv6.

    Raises:
        OSError: There is no free port.
    """
    for _ in range(_TRIES):
        first = _bind(socket.AF_INET, "127.0.0.1", 0)
        try:
            return first, _bind(socket.AF_INET6, "::1", port_of(first))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return (first,)
            first.close()  # another program has it on ::1; its clients are not ours
    raise OSError(errno.EADDRINUSE, "no port is free on both loopback addresses")


def has_ipv6() -> bool:
    """Return whether this machine's loopback has ::1 as well."""
    try:
        _bind(socket.AF_INET6, "::1", 0).close()
    except OSError:
        return False
    return True


def port_of(sock: socket.socket) -> int:
    """Return the port a socket is bound to."""
    port: int = sock.getsockname()[1]
    return port


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.bind((address, port))
    except OSError:
        sock.close()
        raise
    return sock
