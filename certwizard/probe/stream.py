"""A socket whose every operation ends: at a deadline, at a size, or when cancelled."""

import contextlib
import errno
import os
import selectors
import socket
import time
from types import TracebackType
from typing import Self

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.cancel import CancelToken

POLL_SECONDS = 0.05
"""How often a waiting step looks at its CancelToken."""

READ_SIZE = 16 * 1024
LINE_LIMIT = 4 * 1024

_UNREACHABLE = {
    errno.EHOSTUNREACH,
    errno.ENETUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
    errno.EAFNOSUPPORT,
    # A packet filter that answers "prohibited" reaches us as one of these.
    errno.EACCES,
    errno.EPERM,
}


class StepFailed(Exception):
    """Ends a step of the probe from inside; turned into its value at the room's edge."""

    def __init__(self, failure: Failure) -> None:
        """Carry the failure as the value it will become."""
        super().__init__(failure)
        self.failure = failure


def fail(reason: FailureReason, detail: str = "", spoke: str | None = None) -> StepFailed:
    """Build the exception for a failure; `detail` may come from the network."""
    return StepFailed(Failure(reason, clean(detail), spoke=spoke))


def failure_of(error: OSError) -> Failure:
    """Tell refused, timed out, reset and unreachable apart by the error's number."""
    words = clean(os.strerror(error.errno)) if error.errno else clean(str(error))
    if isinstance(error, ConnectionRefusedError):
        return Failure(FailureReason.REFUSED, words)
    if isinstance(error, TimeoutError):
        return Failure(FailureReason.TIMEOUT, words)
    if error.errno in _UNREACHABLE:
        return Failure(FailureReason.UNREACHABLE, words)
    return Failure(FailureReason.RESET, words)


class BoundedStream:
    """A connected, non-blocking socket; what is done between two `begin_step` shares one deadline."""

    def __init__(self, sock: socket.socket, timeout: float, cancel: CancelToken) -> None:
        """Take over a socket, which is closed with the stream."""
        sock.setblocking(False)
        self.timeout = timeout
        self._socket = sock
        self._cancel = cancel
        self._pending = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(sock, selectors.EVENT_READ)
        self._deadline = 0.0
        self.begin_step()

    def begin_step(self, at_most: float | None = None) -> None:
        """Start the clock of the next step: the timeout, or less."""
        seconds = self.timeout if at_most is None else min(at_most, self.timeout)
        self._deadline = time.monotonic() + seconds

    def finish_connecting(self) -> None:
        """Wait for a connect under way; fails as the system says."""
        self._wait(selectors.EVENT_WRITE)
        code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise StepFailed(failure_of(OSError(code, os.strerror(code))))

    def receive(self, limit: int = READ_SIZE) -> bytes:
        """Return at least one byte and at most `limit`, or nothing when the peer has closed."""
        if self._pending:
            return self._take(limit)
        while True:
            self._check()
            try:
                return self._socket.recv(limit)
            except (BlockingIOError, InterruptedError):
                self._wait(selectors.EVENT_READ)
            except OSError as error:
                raise StepFailed(failure_of(error)) from error

    def receive_exactly(self, count: int) -> bytes:
        """Return exactly `count` bytes."""
        got = bytearray()
        while len(got) < count:
            piece = self.receive(count - len(got))
            if not piece:
                raise fail(FailureReason.RESET, "the peer closed the connection")
            got += piece
        return bytes(got)

    def receive_line(self, limit: int = LINE_LIMIT) -> bytes:
        """Return one line without its end; fails when it is longer than `limit`."""
        line = bytearray()
        while b"\n" not in line:
            piece = self.receive()
            if not piece:
                raise fail(FailureReason.RESET, "the peer closed the connection")
            line += piece
            if len(line) > limit and b"\n" not in line[: limit + 1]:
                raise fail(FailureReason.TOO_LARGE, f"a line of more than {limit} bytes")
        head, _, rest = bytes(line).partition(b"\n")
        self._pending[:0] = rest
        return head.removesuffix(b"\r")

    def discard_pending(self) -> bytes:
        """Drop and return what the peer sent ahead of its turn."""
        dropped = bytes(self._pending)
        self._pending.clear()
        return dropped

    def send(self, data: bytes) -> None:
        """Send all of `data`."""
        view = memoryview(data)
        while view:
            self._check()
            try:
                view = view[self._socket.send(view) :]
            except (BlockingIOError, InterruptedError):
                self._wait(selectors.EVENT_WRITE)
            except OSError as error:
                raise StepFailed(failure_of(error)) from error

    def close(self) -> None:
        """Close the socket; harmless when repeated."""
        with contextlib.suppress(OSError, KeyError, ValueError):
            self._selector.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, limit: int) -> bytes:
        taken = bytes(self._pending[:limit])
        del self._pending[:limit]
        return taken

    def _check(self) -> float:
        """Return the seconds left; fails when there are none or the probe was cancelled."""
        if self._cancel.cancelled:
            raise fail(FailureReason.CANCELLED)
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise fail(FailureReason.TIMEOUT)
        return left

    def _wait(self, event: int) -> None:
        self._selector.modify(self._socket, event)
        while True:
            if self._selector.select(min(self._check(), POLL_SECONDS)):
                return
