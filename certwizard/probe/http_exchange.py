"""One HTTP request and its answer on an open stream, bounded in size."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.stream import BoundedStream, StepFailed, fail

if TYPE_CHECKING:
    import h11

HEAD_LIMIT = 16 * 1024
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Place:
    """An http address, taken apart."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in a Host field."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 80 else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a place."""

    body: bytes = b""
    """Sent with POST; empty asks with GET."""
    content_type: str = ""
    limit: int = 1 << 20
    """Longest body that is read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes


def place_of(url: str) -> Place | Failure:
    """Take an address of a certificate apart, or say why it is not asked."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError:
        return Failure(FailureReason.NOT_ALLOWED, "the address cannot be understood")
    if parts.scheme.lower() != "http":
        scheme = clean(parts.scheme, 20) or "no scheme"
        return Failure(
            FailureReason.NOT_ALLOWED, f"only plain http addresses are asked, this one has {scheme}"
        )
    if not host or not host.isascii() or not host.isprintable() or " " in host:
        return Failure(FailureReason.NOT_ALLOWED, "the address names no host")
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    return Place(
        host.rstrip("."),
        port,
        path + (f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""),
    )


def exchange(
    stream: BoundedStream, place: Place, question: Question, proxy_fields: list[tuple[str, str]] | None
) -> Answer:
    """Ask and return the answer.

    Args:
        stream: Connected to the place, or to an HTTP proxy.
        place: Where the question goes.
        question: What is asked.
        proxy_fields: Header fields for an HTTP proxy that carries the request; None without one.

    Raises:
        StepFailed: The answer is no HTTP, breaks off, or is too large.
    """
    import h11

    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_LIMIT)
    target = place.path if proxy_fields is None else f"http://{place.authority}{place.path}"
    request = h11.Request(
        method="POST" if question.body else "GET",
        target=target,
        headers=_fields(place, question) + (proxy_fields or []),
    )
    stream.send(connection.send(request) or b"")
    if question.body:
        stream.send(connection.send(h11.Data(data=question.body)) or b"")
    connection.send(h11.EndOfMessage())
    return _read_answer(connection, stream, question.limit)


def _read_answer(connection: "h11.Connection", stream: BoundedStream, limit: int) -> Answer:
    import h11

    kinds = (h11.InformationalResponse, h11.Response, h11.Data)
    head: h11.Response | None = None
    body = bytearray()
    try:
        # Anything else than these three ends the answer, a change of protocol included.
        while isinstance(event := _next(connection, stream), kinds):
            if isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > limit:
                    raise fail(FailureReason.TOO_LARGE, f"the answer is larger than {limit // 1024} KiB")
    except h11.RemoteProtocolError as error:
        raise _broken(head) from error
    if head is None:
        raise fail(FailureReason.RESET, "the connection was closed without an answer")
    return Answer(head.status_code, _field(head, b"location"), bytes(body))


def _next(connection: "h11.Connection", stream: BoundedStream) -> object:
    import h11

    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(stream.receive())
    return event


def _fields(place: Place, question: Question) -> list[tuple[str, str]]:
    fields = [
        ("Host", place.authority),
        ("User-Agent", "certwizard"),
        ("Accept", "*/*"),
        ("Connection", "close"),
    ]
    if question.body:
        fields += [("Content-Type", question.content_type), ("Content-Length", str(len(question.body)))]
    return fields


def _field(head: "h11.Response", name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in head.headers if key == name), "")


def _broken(head: "h11.Response | None") -> StepFailed:
    if head is None:
        return fail(FailureReason.WRONG_KIND, "what answers there does not speak HTTP")
    return fail(FailureReason.RESET, "the answer breaks off")
