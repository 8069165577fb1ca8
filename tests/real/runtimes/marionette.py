"""Marionette, the protocol by which Firefox is driven: each message is its length, a colon, and JSON."""

from __future__ import annotations

import json
import socket
from typing import Any


class MarionetteError(Exception):
    """Firefox answered a command with an error."""

    def __init__(self, kind: str, message: str) -> None:
        """Keep what it said."""
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Marionette:
    """A connection to a Firefox started with ``--marionette``."""

    def __init__(self, port: int, patience: float) -> None:
        """Connect, and read the greeting."""
        self._socket = socket.create_connection(("127.0.0.1", port), patience)
        self._stream = self._socket.makefile("rb")
        self._count = 0
        self._message()

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()
        self._socket.close()

    def call(self, command: str, **parameters: Any) -> Any:
        """Give a command and return its result.

        Raises:
            MarionetteError: Firefox refused, or a page could not be loaded.
        """
        self._count += 1
        text = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(f"{len(text)}:".encode() + text)
        _, _, error, result = self._message()
        if error:
            raise MarionetteError(error["error"], error["message"])
        return result

    def _message(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise EOFError("Firefox closed the connection")
            length += digit
        return json.loads(self._stream.read(int(length)))
