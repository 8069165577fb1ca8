"""A greeting that names every cipher suite there ever was: what servers speak that OpenSSL has forgotten.

No key is agreed on and nothing is entrusted to the connection: it ends with what the server sends in the clear.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Sequence

from certwizard.domain.observation import Failure, FailureReason, Handshake, Offer
from certwizard.knowledge.handshakes import SuiteKind, kind_of_suite, suite_kinds
from certwizard.probe.greeting import identify, looks_like_tls
from certwizard.probe.handshake import Route
from certwizard.probe.plain_flight import PlainFlight, read_plain_flight
from certwizard.probe.records import read_flight
from certwizard.probe.stream import BoundedStream, StepFailed, fail

MOST_GREETINGS = 8
"""Kinds of cipher suites that a server is asked for at most."""

ANSWER_LIMIT = 256 * 1024

_SSL30, _TLS10, _TLS12 = 0x0300, 0x0301, 0x0303
_CAN_RENEGOTIATE = 0x00FF
# The last five are finite ones: OpenSSL 4 chooses among them, in place of its own group (RFC 7919).
_GROUPS = (29, 23, 24, 25, 30, 256, 257, 258, 259, 260)
_SIGNATURES = (
    0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0808,
    0x0203, 0x0201, 0x0202, 0x0402, 0x0101,
)  # fmt: skip


def taken_kinds(route: Route, address: str, sni: str | None, most: int = MOST_GREETINGS) -> list[Handshake]:
    """Ask again and again, each time without the kind of suites that was chosen before.

    Args:
        route: How to get there.
        address: Where to connect to.
        sni: The name to send.
        most: How often to ask.

    Returns:
        The answers; where the last one failed, the server takes nothing else.
    """
    left, made = list(suite_kinds()), list[Handshake]()
    while len(made) < most:
        made.append(greet(route, address, sni, left, repeat=len(made)))
        kind = kind_of_suite(made[-1].cipher or "")
        if kind not in left:
            break
        left.remove(kind)
    if made[0].failure is not None and made[0].connected:
        # The oldest servers do not know extensions, or that a version may be negotiated.
        return [*made, greet(route, address, None, left, repeat=1, version=_SSL30)]
    return made


def greet(
    route: Route,
    address: str,
    sni: str | None,
    kinds: Sequence[SuiteKind],
    repeat: int = 0,
    version: int = _TLS12,
) -> Handshake:
    """Greet a server with these kinds of suites and read its answer; never raises."""
    started = time.monotonic()
    blank = Handshake(address, route.port, sni, Offer.EVERYTHING, repeat=repeat, started_ms=_ms(route.began))
    connected = 0.0
    try:
        with route.connect(address) as stream:
            connected = _ms(started)
            _upgrade(stream, route)
            stream.begin_step()
            stream.send(client_hello([number for kind in kinds for number in kind.suites], sni, version))
            raw = _read(stream)
        seen = _seen(blank, raw, kinds)
    except StepFailed as failed:
        seen = dataclasses.replace(blank, failure=failed.failure)
    ended, spent = _ms(route.began), _ms(started) - connected
    return dataclasses.replace(
        seen,
        connect_ms=connected or _ms(started),
        connected=bool(connected),
        handshake_ms=spent if connected else 0.0,
        ended_ms=ended,
    )


def client_hello(suites: Sequence[int], sni: str | None, version: int) -> bytes:
    """Return a ClientHello (RFC 5246 section 7.4.1.2), before TLS 1.0 without extensions (RFC 6101)."""
    listed = b"".join(number.to_bytes(2) for number in (*suites, _CAN_RENEGOTIATE))
    body = version.to_bytes(2) + os.urandom(32) + b"\x00" + _vector(listed, 2) + b"\x01\x00"
    if version > _SSL30:
        body += _vector(_extensions(sni), 2)
    message = b"\x01" + _vector(body, 3)
    return b"\x16" + min(version, _TLS10).to_bytes(2) + _vector(message, 2)


def _extensions(sni: str | None) -> bytes:
    name = b"" if sni is None else b"\x00" + _vector(sni.encode("ascii", "replace"), 2)
    found = {
        0: _vector(name, 2) if name else b"",
        10: _vector(b"".join(each.to_bytes(2) for each in _GROUPS), 2),
        11: b"\x01\x00",
        13: _vector(b"".join(each.to_bytes(2) for each in _SIGNATURES), 2),
    }
    return b"".join(kind.to_bytes(2) + _vector(body, 2) for kind, body in found.items() if body)


def _vector(content: bytes, width: int) -> bytes:
    return len(content).to_bytes(width) + content


def _upgrade(stream: BoundedStream, route: Route) -> None:
    if route.starttls is not None:
        from certwizard.probe.starttls import upgrade

        stream.begin_step()
        upgrade(stream, route.starttls, route.host)


def _read(stream: BoundedStream) -> bytes:
    raw = bytearray()
    while len(raw) < ANSWER_LIMIT and not read_plain_flight(bytes(raw)).done:
        try:
            piece = stream.receive()
        except StepFailed as failed:
            # A server that waits for more has said enough where it has chosen a suite.
            if failed.failure.reason is FailureReason.CANCELLED or not raw:
                raise
            break
        raw += piece
        if not piece:
            break
        if not looks_like_tls(bytes(raw[:2])):
            raise fail(FailureReason.NOT_TLS, "", identify(bytes(raw)))
    return bytes(raw)


def _seen(blank: Handshake, raw: bytes, kinds: Sequence[SuiteKind]) -> Handshake:
    plain, flight = read_plain_flight(raw), read_flight(raw)
    cipher = _name(plain, kinds)
    if plain.protocol is None or cipher is None:
        reason = FailureReason.RESET if flight.alert is None else FailureReason.ALERT
        detail = "" if raw else "closed without an answer"
        return dataclasses.replace(blank, failure=Failure(reason, detail, alert=flight.alert))
    finite = cipher.startswith(("DHE-", "EDH-", "ADH-"))
    return dataclasses.replace(
        blank,
        protocol=plain.protocol,
        cipher=cipher,
        chain=() if blank.repeat else flight.certificates,
        client_certificate_requested=flight.certificate_requested,
        dh_bits=plain.dh_bits or None if finite else None,
    )


def _name(plain: PlainFlight, kinds: Sequence[SuiteKind]) -> str | None:
    suite = plain.suite
    return next((kind.suites[suite] for kind in kinds if suite in kind.suites), None) if suite else None


def _ms(since: float) -> float:
    return (time.monotonic() - since) * 1000
