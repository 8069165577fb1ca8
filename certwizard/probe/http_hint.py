"""The head of the server's HTTP answer: its clock, and where it sends its visitors."""

import contextlib
import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import HttpHint
from certwizard.probe.stream import StepFailed

if TYPE_CHECKING:
    from certwizard.probe.openssl import TLSSession

HINT_SECONDS = 2.0
"""A server that takes longer is not worth the wait: the hint is welcome, never needed."""

HEAD_LIMIT = 16 * 1024
PINS_LIMIT = 2000

_HEAD_END = re.compile(rb"\r?\n\r?\n")

# Ports whose protocol is well known to be another one than HTTP (IANA registry of service names).
_NOT_HTTP_PORTS = frozenset(
    {
        21,
        25,
        110,
        119,
        143,
        389,
        465,
        563,
        587,
        636,
        853,
        989,
        990,
        992,
        993,
        994,
        995,
        1883,
        2525,
        3268,
        3269,
        3306,
    }
    | {3389, 4190, 5061, 5222, 5223, 5269, 5270, 5432, 5671, 5672, 6379, 6514, 6697, 8883, 9092, 27017}
)


def may_be_http(port: int) -> bool:
    """Whether a question in HTTP makes sense on this port."""
    return port not in _NOT_HTTP_PORTS


def hint_over_tls(session: "TLSSession", host: str, port: int) -> HttpHint | None:
    """Ask for the head of ``/`` on an open connection; None when no HTTP is answered."""
    session.stream.begin_step(HINT_SECONDS)
    head = b""
    with contextlib.suppress(StepFailed):
        session.send(request("HEAD", host, port))
        head = read_head(session.receive)
    now = datetime.now(UTC)
    hint = parse_head(head, now, over_tls=True)
    if not session.asked_late:
        return hint
    return dataclasses.replace(hint or HttpHint(None, None, now), client_certificate_requested=True)


def request(method: str, host: str, port: int) -> bytes:
    """Return the bytes of the smallest polite request for ``/``."""
    authority = f"[{host}]" if ":" in host else host
    authority = authority if port in (80, 443) else f"{authority}:{port}"
    lines = [f"{method} / HTTP/1.1", f"Host: {authority}", "User-Agent: certwizard", "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("ascii", "replace")


def read_head(receive: Callable[[], bytes]) -> bytes:
    """Read until the empty line, the end or the limit, whichever comes first."""
    head = bytearray()
    while len(head) < HEAD_LIMIT and not _HEAD_END.search(head):
        piece = receive()
        if not piece:
            break
        head += piece
    return bytes(head[:HEAD_LIMIT])


def parse_head(head: bytes, received_at: datetime, *, over_tls: bool) -> HttpHint | None:
    """Return the hint of an answer's head, or None when it is no HTTP."""
    status, *lines = _HEAD_END.split(head, maxsplit=1)[0].decode("latin-1").splitlines() or [""]
    found = re.match(r"HTTP/\d(?:\.\d)? (\d{3})\b", status)
    if not found:
        return None
    fields = _fields(lines)
    return HttpHint(
        status=int(found.group(1)),
        date=_date(fields.get("date", "")),
        received_at=received_at,
        location=clean(fields["location"]) if "location" in fields else None,
        server=clean(fields["server"]) if "server" in fields else None,
        over_tls=over_tls,
        public_key_pins=clean(fields.get("public-key-pins", ""), PINS_LIMIT) if over_tls else "",
    )


def _fields(lines: list[str]) -> dict[str, str]:
    """Return the header fields by lower-case name; of repeated ones the first."""
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _date(words: str) -> datetime | None:
    """Read an HTTP date; without a zone it is UTC (RFC 9110 section 5.6.7)."""
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(words)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
