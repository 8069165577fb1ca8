"""The little of HTTP the lab speaks: one bounded request, one answer, goodbye."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

HEAD_LIMIT = 16 * 1024
BODY_LIMIT = 64 * 1024

Receive = Callable[[int], bytes]
"""Returns some bytes, at most so many; nothing at the end."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as far as the lab cares."""

    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int = 200
    reason: str = "OK"
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, date: datetime | None, *, with_body: bool = True) -> bytes:
        """Return the answer as bytes, dated where a time is given."""
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        if date is not None:
            lines.append(f"Date: {format_datetime(date, usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(self.body)}",
            "Connection: close",
        ]
        head = "\r\n".join(lines).encode("ascii") + b"\r\n\r\n"
        return head + (self.body if with_body else b"")


def read_request(receive: Receive) -> Request | None:
    """Read one request, or None where none came."""
    head, body = _read_head(receive)
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split()
    if len(words) < 2:
        return None
    length = min(_content_length(head), BODY_LIMIT)
    while len(body) < length:
        data = receive(length - len(body))
        if not data:
            break
        body += data
    return Request(words[0].upper(), words[1], body[:length])


def _read_head(receive: Receive) -> tuple[bytes, bytes]:
    seen = b""
    while b"\r\n\r\n" not in seen and len(seen) < HEAD_LIMIT:
        data = receive(4096)
        if not data:
            break
        seen += data
    head, _, rest = seen.partition(b"\r\n\r\n")
    return head, rest


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0
