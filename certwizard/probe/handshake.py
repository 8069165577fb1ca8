"""One TLS handshake with one address, from the first packet to the value it leaves behind."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from certwizard.domain.observation import Failure, FailureReason, Handshake, Offer
from certwizard.domain.target import Starttls
from certwizard.probe.cancel import CancelToken
from certwizard.probe.connect import connect
from certwizard.probe.proxy import Proxy
from certwizard.probe.stream import BoundedStream, StepFailed

if TYPE_CHECKING:
    from certwizard.probe.openssl import TLSSession

ALERT_WAIT = 0.3
"""Seconds given to a TLS 1.3 server to refuse a missing client certificate after the handshake."""


class Stage(IntEnum):
    """Where an attempt ended."""

    CONNECT = 0
    STARTTLS = 1
    TLS = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class Route:
    """How the server's TLS is reached; the same for all its addresses."""

    host: str
    port: int
    timeout: float
    cancel: CancelToken
    proxy: Proxy | None = None
    starttls: Starttls | None = None
    alpn: tuple[str, ...] = ()
    began: float = field(default_factory=time.monotonic)
    """When the probe of this server began, on the clock that only goes forward."""

    def connect(self, address: str) -> BoundedStream:
        """Open a TCP connection to the server, through the proxy where there is one."""
        if self.proxy is not None:
            from certwizard.probe.tunnel import tunnel

            return tunnel(self.proxy, address, self.port, timeout=self.timeout, cancel=self.cancel)
        return connect(address, self.port, timeout=self.timeout, cancel=self.cancel)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A handshake's value, with what only the probe itself needs to go on."""

    route: Route
    handshake: Handshake
    stage: Stage
    received: int = 0
    """Bytes the server sent once TLS was due."""
    session: TLSSession | None = None
    """The open connection of a handshake that completed."""

    def close(self) -> None:
        """Close the connection, if it is still open."""
        if self.session is not None:
            self.session.close()


def attempt(
    route: Route,
    address: str,
    sni: str | None,
    offer: Offer,
    connected: Callable[[str, float], None] | None = None,
    repeat: int = 0,
) -> Attempt:
    """Try one handshake; never raises for anything the network does.

    Args:
        route: how to get there.
        address: the address to connect to.
        sni: the name to send, or None to send none.
        offer: what to offer.
        connected: called with the address and the milliseconds once TCP is up.
        repeat: how many handshakes like it were made before.
    """
    blank = Handshake(address, route.port, sni, offer, repeat=repeat, started_ms=_ms(route.began))
    done = _attempt(route, blank, connected)
    return dataclasses.replace(done, handshake=dataclasses.replace(done.handshake, ended_ms=_ms(route.began)))


def _attempt(route: Route, blank: Handshake, connected: Callable[[str, float], None] | None) -> Attempt:
    address, started = blank.address, time.monotonic()
    try:
        stream = route.connect(address)
    except StepFailed as failed:
        missed = dataclasses.replace(blank, failure=failed.failure, connect_ms=_ms(started))
        return Attempt(route, missed, Stage.CONNECT)
    blank = dataclasses.replace(blank, connect_ms=_ms(started), connected=True)
    if connected is not None:
        connected(address, blank.connect_ms)
    try:
        if route.starttls is not None:
            from certwizard.probe.starttls import upgrade

            stream.begin_step()
            upgrade(stream, route.starttls, route.host)
    except StepFailed as failed:
        stream.close()
        failure = _explained(failed.failure, f"connected, but the {route.starttls} dialog had no answer")
        return Attempt(route, dataclasses.replace(blank, failure=failure), Stage.STARTTLS)
    return _shake(stream, blank, route)


def _shake(stream: BoundedStream, blank: Handshake, route: Route) -> Attempt:
    from certwizard.probe.openssl import TLSSession

    stream.begin_step()
    started = time.monotonic()
    session = TLSSession(stream, blank.offer, blank.sni, route.alpn)
    failure: Failure | None = None
    try:
        session.handshake()
    except StepFailed as failed:
        words = "stopped half-way" if session.received else "had no answer"
        failure = _explained(failed.failure, f"connected, but the TLS handshake {words}")
    seen = session.seen()
    handshake = dataclasses.replace(
        blank,
        failure=failure,
        protocol=seen.protocol,
        cipher=seen.cipher,
        chain=seen.chain,
        stapled_ocsp=seen.stapled_ocsp,
        client_certificate_requested=seen.client_certificate_requested,
        client_ca_names=seen.client_ca_names,
        tls_scts=seen.tls_scts,
        scts_asked=seen.scts_asked,
        chain_bytes=seen.chain_bytes,
        chain_number=seen.chain_number,
        handshake_ms=_ms(started),
    )
    if failure is not None:
        session.close()
        return Attempt(route, handshake, Stage.TLS, session.received)
    if handshake.client_certificate_requested and handshake.protocol == "TLSv1.3":
        handshake = dataclasses.replace(handshake, failure=_refused_later(session))
    return Attempt(route, handshake, Stage.DONE, session.received, session)


def _refused_later(session: TLSSession) -> Failure | None:
    """Wait a moment for the alert a TLS 1.3 server sends after the handshake (RFC 8446 section 4.4.2.4)."""
    session.stream.begin_step(ALERT_WAIT)
    try:
        session.receive()
    except StepFailed as failed:
        return failed.failure if failed.failure.reason is FailureReason.ALERT else None
    return None


def _explained(failure: Failure, words: str) -> Failure:
    """Say how far it came where the time ran out."""
    return dataclasses.replace(failure, detail=words) if failure.reason is FailureReason.TIMEOUT else failure


def _ms(since: float) -> float:
    return (time.monotonic() - since) * 1000
