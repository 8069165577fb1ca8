"""The DevTools protocol over a pair of pipes, which needs neither a port nor a websocket."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

_OUT_OF_THE_WAY = 20
"""Descriptors are moved above the numbers that the browser expects its own at."""


class DevTools:
    """A browser started with ``--remote-debugging-pipe``; messages are JSON, each ended by a NUL byte."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        """Start the browser; it reads commands at descriptor 3 and writes answers at 4."""
        commands, self._write = _pipe()
        self._read, answers = _pipe()
        null = _moved(os.open(os.devnull, os.O_RDWR))
        places = {0: null, 1: null, 2: null, 3: commands, 4: answers}
        actions = [(os.POSIX_SPAWN_DUP2, given, number) for number, given in places.items()]
        self._pid = os.posix_spawn(argv[0], list(argv), dict(env), file_actions=actions, setpgroup=0)
        for given in (commands, answers, null):
            os.close(given)
        self._buffer = b""
        self._count = 0
        self._results: dict[int, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        """Return the browser."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the browser with everything it started."""
        os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._read)
        os.close(self._write)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> int:
        """Give a command, and return the number by which its result is asked for."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._count

    def result(self, number: int, patience: float = 30) -> dict[str, Any]:
        """Return the result of a command.

        Raises:
            TimeoutError: It did not come in time.
            EOFError: The browser went away.
        """
        until = time.monotonic() + patience
        while number not in self._results:
            message = self._receive(until)
            if "id" in message:  # Others are events.
                self._results[message["id"]] = message.get("result", {})
        return self._results.pop(number)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Give a command and return its result."""
        return self.result(self.send(method, session, **parameters))

    def _receive(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._read], [], [], left)[0]:
                raise TimeoutError
            more = os.read(self._read, 1 << 16)
            if not more:
                raise EOFError
            self._buffer += more
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message


def _pipe() -> tuple[int, int]:
    read, write = os.pipe()
    return _moved(read), _moved(write)


def _moved(descriptor: int) -> int:
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    os.close(descriptor)
    return moved
