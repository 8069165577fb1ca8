"""All listening sockets of the lab behind one accepting thread, which stops cleanly."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable

from certwizard.lab.loopback import bind_loopback, port_of

Handler = Callable[[socket.socket], None]
"""Serves one accepted connection; it may return or raise OSError at any time, and never closes it."""

PATIENCE = 10.0
"""Seconds a connection may stay silent before its thread gives up."""

_BACKLOG = 64
_JOIN_TIMEOUT = 5.0


class Network:
    """The loopback listeners of one lab; closing it ends every listener, connection and thread."""

    def __init__(self) -> None:
        """Open nothing yet: the thread starts with the first listener."""
        self._selector = selectors.DefaultSelector()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._lock = threading.Lock()
        self._bound: list[socket.socket] = []
        self._live: dict[socket.socket, threading.Thread] = {}
        self._accepting: threading.Thread | None = None
        self._closed = False

    def listen(self, handler: Handler) -> int:
        """Serve a new port with a handler, one thread a connection.

        Returns:
            The port; it is the same on every loopback address.
        """
        listeners = self._bind()
        for listener in listeners:
            listener.listen(_BACKLOG)
            listener.setblocking(False)
            self._selector.register(listener, selectors.EVENT_READ, handler)
        if self._accepting is None:
            self._accepting = threading.Thread(target=self._accept_all, name="lab-accept", daemon=True)
            self._accepting.start()
        self._wake()
        return port_of(listeners[0])

    def reserve(self) -> int:
        """Return a port that refuses connections for as long as the lab is open."""
        return port_of(self._bind()[0])

    def close(self) -> None:
        """Stop accepting, end the connections, join the threads; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._accepting is not None:
            self._wake()
            self._accepting.join(_JOIN_TIMEOUT)
        self._end_connections()
        self._selector.close()
        for sock in (*self._bound, self._wake_in, self._wake_out):
            sock.close()

    def _bind(self) -> tuple[socket.socket, ...]:
        bound = bind_loopback()
        self._bound += bound
        return bound

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_out.send(b"!")

    def _accept_all(self) -> None:
        while not self._closed:
            for key, _ in self._selector.select():
                if key.fileobj is self._wake_in:
                    with contextlib.suppress(OSError):
                        self._wake_in.recv(64)
                elif isinstance(key.fileobj, socket.socket):
                    self._accept(key.fileobj, key.data)

    def _accept(self, listener: socket.socket, handler: Handler) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:  # the client is gone already
            return
        connection.settimeout(PATIENCE)
        thread = threading.Thread(
            target=self._serve, args=(connection, handler), name="lab-serve", daemon=True
        )
        with self._lock:
            self._live[connection] = thread
        thread.start()

    def _serve(self, connection: socket.socket, handler: Handler) -> None:
        try:
            handler(connection)
        except OSError:
            pass  # the client left, or the lab closes: either way this connection is over
        finally:
            with self._lock:
                self._live.pop(connection, None)
            connection.close()

    def _end_connections(self) -> None:
        with self._lock:
            live = dict(self._live)
        for connection in live:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in live.values():
            thread.join(_JOIN_TIMEOUT)
