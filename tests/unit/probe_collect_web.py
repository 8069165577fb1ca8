"""A loopback web server that answers as a test says and remembers who asked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from certwizard.domain.options import ProbeOptions
from certwizard.probe.cancel import CancelToken
from certwizard.probe.fetch import Fetcher
from certwizard.probe.guard import Reach
from tests.unit.probe_net_servers import PATIENCE, Handler, Peer, server


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    head: bytes
    body: bytes


@dataclass
class Web:
    """What is served, and what was asked."""

    port: int = 0
    answers: dict[str, bytes | Handler] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def asked(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests]

    def serve(self, path: str, body: bytes, status: str = "200 OK", *fields: str) -> str:
        """Answer a path with a body from now on, and return its address."""
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields, "", ""])
        self.answers[path] = head.encode() + body
        return self.url(path)

    def redirect(self, path: str, to: str) -> str:
        """Answer a path with a redirect, and return its address."""
        return self.serve(path, b"", "302 Found", f"Location: {to}")

    def handle(self, peer: Peer) -> None:
        """Read a request and answer it."""
        head = peer.until(b"\r\n\r\n")
        method, path = head.decode("latin-1").split(" ")[:2]
        length = next(
            (line[15:] for line in head.lower().splitlines() if line.startswith(b"content-length:")), b"0"
        )
        self.requests.append(Request(method, path, head, peer.exactly(int(length))))
        answer = self.answers.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        if isinstance(answer, bytes):
            peer.say(answer)
        else:
            answer(peer)


@contextlib.contextmanager
def web() -> Iterator[Web]:
    """Serve on a free loopback port."""
    site = Web()
    with server(site.handle) as port:
        site.port = port
        yield site


def fetcher(
    timeout: float = PATIENCE, reach: Reach = Reach.LOCAL, cancel: CancelToken | None = None
) -> Fetcher:
    """Return a fetcher that may reach loopback."""
    return Fetcher(ProbeOptions(timeout=timeout), reach, cancel or CancelToken())
