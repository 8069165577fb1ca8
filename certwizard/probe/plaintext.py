"""A question without TLS, to see what a server speaks that stayed silent or hung up on TLS."""

import contextlib
from datetime import UTC, datetime

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason, HttpHint
from certwizard.probe.greeting import identify, looks_like_tls
from certwizard.probe.handshake import Route
from certwizard.probe.http_hint import HEAD_LIMIT, HINT_SECONDS, parse_head, read_head, request
from certwizard.probe.stream import StepFailed


def ask_plainly(route: Route, address: str) -> tuple[Failure, HttpHint | None] | None:
    """Send a plain HTTP request and listen.

    Returns:
        A NOT_TLS failure that names what was spoken, with the hint where it was HTTP; None when nothing
        was said or TLS was.
    """
    heard = bytearray()
    with contextlib.suppress(StepFailed), route.connect(address) as stream:
        stream.begin_step(HINT_SECONDS)
        stream.send(request("GET", route.host, route.port))

        def receive() -> bytes:
            piece = stream.receive(HEAD_LIMIT)
            heard.extend(piece)
            return piece if looks_like_http(bytes(heard)) else b""

        read_head(receive)
    first = bytes(heard)
    if not first or looks_like_tls(first[:2]):
        return None
    words = clean(first.partition(b"\n")[0][:200].decode("latin-1"))
    failure = Failure(FailureReason.NOT_TLS, words, spoke=identify(first))
    return failure, parse_head(first, datetime.now(UTC), over_tls=False)


def looks_like_http(head: bytes) -> bool:
    """Whether these bytes can be the beginning of an HTTP answer, so that more is worth waiting for."""
    return b"HTTP/".startswith(head[:5])
