"""Fetches what the addresses in certificates lead to: bounded in time, size, redirects and number."""

import base64
import os
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin

from certwizard.domain.errors import OptionError
from certwizard.domain.observation import Failure, FailureReason
from certwizard.domain.options import ProbeOptions
from certwizard.probe.cancel import CancelToken
from certwizard.probe.connect import connect
from certwizard.probe.guard import Reach, objection
from certwizard.probe.http_exchange import Answer, Place, Question, exchange, place_of
from certwizard.probe.proxy import Proxy, parse_proxy, proxy_from_environment
from certwizard.probe.resolve import resolve
from certwizard.probe.stream import BoundedStream, StepFailed, fail

MAX_FETCHES = 24
MAX_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body behind an address, or why there is none."""

    body: bytes = b""
    failure: Failure | None = None
    ms: float = 0.0


class Fetcher:
    """Makes the requests of one probe; may be used from several threads."""

    def __init__(self, options: ProbeOptions, reach: Reach, cancel: CancelToken) -> None:
        """Start with nothing fetched."""
        self._options = options
        self._reach = reach
        self._cancel = cancel
        self._made = 0
        self._lock = threading.Lock()

    def fetch(self, url: str, question: Question) -> Fetched:
        """Ask an address; never raises for anything the network does."""
        started = time.monotonic()
        if not self._may_ask():
            failure = Failure(FailureReason.NOT_ALLOWED, f"more than {MAX_FETCHES} requests for one target")
            return Fetched(failure=failure)
        try:
            body = self._follow(url, question, started + self._options.timeout)
        except StepFailed as failed:
            return Fetched(failure=failed.failure, ms=_since(started))
        return Fetched(body, ms=_since(started))

    def _may_ask(self) -> bool:
        with self._lock:
            self._made += 1
            return self._made <= MAX_FETCHES

    def _follow(self, url: str, question: Question, deadline: float) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(url, question, deadline)
            if answer.status not in _REDIRECTS or not answer.location:
                break
            url = urljoin(url, answer.location)
        else:
            raise fail(FailureReason.NOT_ALLOWED, f"more than {MAX_REDIRECTS} redirects")
        if answer.status != 200:
            raise fail(FailureReason.HTTP_STATUS, f"HTTP status {answer.status}")
        return answer.body

    def _ask(self, url: str, question: Question, deadline: float) -> Answer:
        place = place_of(url)
        if isinstance(place, Failure):
            raise StepFailed(place)
        proxy = _proxy_for(place, self._options.proxy)
        if proxy is None:
            with self._connect(place.host, place.port, deadline, guarded=True) as stream:
                return exchange(stream, place, question, None)
        self._refuse(place.host)
        if proxy.scheme == "http":
            with self._connect(proxy.host, proxy.port, deadline, guarded=False) as stream:
                return exchange(stream, place, question, _log_in(proxy))
        from certwizard.probe.tunnel import tunnel

        with tunnel(proxy, place.host, place.port, timeout=_left(deadline), cancel=self._cancel) as stream:
            stream.begin_step(_left(deadline))
            return exchange(stream, place, question, None)

    def _connect(self, host: str, port: int, deadline: float, *, guarded: bool) -> BoundedStream:
        """Connect to the first address that answers; what follows shares the deadline."""
        found = resolve(host, family=self._options.family, timeout=_left(deadline), cancel=self._cancel)
        last = found.failure or Failure(FailureReason.DNS)
        for position, address in enumerate(found.addresses, 1):
            if guarded:
                self._refuse(address)
            share = _left(deadline) / (1 if position == len(found.addresses) else 2)
            try:
                stream = connect(address, port, timeout=share, cancel=self._cancel)
            except StepFailed as failed:
                last = failed.failure
                continue
            stream.timeout = _left(deadline)
            stream.begin_step()
            return stream
        raise StepFailed(last)

    def _refuse(self, host: str) -> None:
        """Stop where the guard objects to an address (names behind a proxy are the proxy's to resolve)."""
        words = objection(host, self._reach)
        if words:
            raise fail(FailureReason.NOT_ALLOWED, words)


def _proxy_for(place: Place, chosen: str | None) -> Proxy | None:
    """Return the proxy for plain HTTP: the one of the options, else HTTP_PROXY of the environment."""
    try:
        if chosen:
            return parse_proxy(chosen)
        names = {name.lower(): value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        plain = {**names, "https_proxy": names.get("http_proxy", "")}
        url = proxy_from_environment(place.host, place.port, plain) if plain["https_proxy"] else None
        return parse_proxy(url) if url else None
    except OptionError as error:
        raise fail(FailureReason.PROXY, str(error)) from error


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise fail(FailureReason.TIMEOUT)
    return left


def _since(started: float) -> float:
    return (time.monotonic() - started) * 1000


def _log_in(proxy: Proxy) -> list[tuple[str, str]]:
    """Return the header fields an HTTP proxy wants (RFC 7617)."""
    if proxy.user is None:
        return []
    token = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode("ascii")
    return [("Proxy-Authorization", f"Basic {token}")]
