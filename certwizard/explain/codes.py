"""Numbers in a text that stand for a message: exit codes, verify codes, HRESULTs, OSStatus, OpenSSL's packed errors."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from certwizard.explain.alerts import alert_numbered, alerts_named
from certwizard.explain.matching import Match
from certwizard.explain.normal import normal
from certwizard.explain.phrases import TLS_ALERT
from certwizard.explain.reading import Reading
from certwizard.knowledge.error_messages import CodeShape, catalogue
from certwizard.knowledge.messages import Message

_PACKED = re.compile(
    r"(?:(?<=error:)|(?<=\berror )|(?<=\berrno )|(?<=\berr )|(?<=\bcode )|(?<![0-9a-z]))([0-9a-f]{8})(?![0-9a-z])"
)
_BARE = re.compile(
    r"(?:the |an? )*(?:ssl |tls )?(?:error|err|errno|code|exit|status|returned|return|number|nr|no|result|got"
    r"|failed with|with|windows|hresult|osstatus|domain|[\s:#()\[\]=.,'\"])*"
    r"(-?\d{1,10}|0x[0-9a-f]{8}|[0-9a-f]{8})[\s)\].,'\"]*"
)
_MOST_HITS = 50
_ALERTS_FROM = 40
"""From here on a bare number is rather an alert's than a verify code's."""
_BARE_ORDER = (
    *(
        "curl",
        TLS_ALERT,
        "openssl",
        "chrome",
        "firefox",
        "apple",
        "gnutls",
        "windows",
        "cloudflare",
        "nginx",
        "mysql",
    ),
)
_LONGEST_NAME = 80
_NUMBER_BEFORE_NAME = re.compile(r"^\d{1,3}[:\s]+(?=[a-z][a-z0-9]*_[a-z0-9_]+$)")
_EVERYDAY = frozenset(
    {
        "access_denied",
        "internal_error",
        "illegal_parameter",
        "unexpected_message",
        "decode_error",
        "no_certificate",
    }
)
"""Alerts whose names say too little when they stand alone as words."""


@cache
def _tables() -> Mapping[tuple[str, str], tuple[Message, ...]]:
    """Return the messages by client and code in lower case."""
    table: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in catalogue().messages:
        for code in message.codes:
            table[message.client, code.lower()].append(message)
    return {key: tuple(rows) for key, rows in table.items()}


@cache
def _shapes() -> tuple[CodeShape, ...]:
    return tuple(shape for client in catalogue().clients.values() for shape in client.shapes)


def messages_of(client: str, code: str) -> tuple[Message, ...]:
    """Return what a client means by a code; the row that names the code alone where there is one.

    Args:
        client: Its id.
        code: The code as it is written in the catalogue, in lower case.
    """
    rows = _tables().get((client, code), ())
    named = [row for row in rows if len(row.codes) > 1 or not row.text]
    return tuple(named[:1]) or rows[:1]


def codes_in(reading: Reading) -> Iterator[Match]:
    """Yield the messages whose number stands in a text in the way its client writes it.

    Args:
        reading: The text.
    """
    lower = reading.lower
    for shape in _shapes():
        if shape.near in lower:
            for count, found in enumerate(re.finditer(shape.find, lower, re.MULTILINE)):
                if count >= _MOST_HITS:
                    break
                yield from _coded(reading, shape.client, shape.form.format(found[1]), found.start(1))
    if "ssl" in lower or "error:" in lower or "errno" in lower or len(lower) < 40:
        for found in _PACKED.finditer(lower):
            yield from _placed(reading, packed(found[1]), found[1], found.start(1))


def _coded(reading: Reading, client: str, code: str, place: int) -> Iterator[Match]:
    yield from _placed(reading, messages_of(client, code), code, place)


def _placed(reading: Reading, messages: Iterable[Message], code: str, place: int) -> Iterator[Match]:
    """Yield matches at the line in which a code stands."""
    line = reading.lower.count("\n", 0, place)
    start = reading.words.starts[line] if line < len(reading.words.starts) else 0
    within = reading.lower[reading.lower.rfind("\n", 0, place) + 1 : place]
    start += len(normal(within)) + 1 if within.strip() else 0
    for message in messages:
        yield Match(message, start, start + len(code.lstrip("-")), code=code)


def packed(number: str) -> tuple[Message, ...]:
    """Return what a packed error of OpenSSL says, by its reason.

    Args:
        number: Eight hexadecimal digits.
    """
    value = int(number, 16)
    if number.startswith("0a0") or number.startswith("14"):
        reason = value & (0xFFF if number.startswith("14") else 0x7FFFFF)
        alert = alert_numbered(reason - 1000) if reason > 1000 else None
        return (alert,) if alert else _tables().get(("openssl", f"reason:{reason}"), ())[:1]
    if number.startswith("10000"):  # BoringSSL counts its own reasons, but alerts as OpenSSL does
        alert = alert_numbered((value & 0xFFF) - 1000)
        return (alert,) if alert else ()
    if number.startswith(("0580", "0b")):
        return _tables().get(("openssl", f"x509-reason:{value & 0xFFF}"), ())[:1]
    return ()


def bare_code(reading: Reading) -> tuple[Match, ...]:
    """Return what a text stands for that is nothing but a code, the likeliest client first.

    Args:
        reading: The text.
    """
    whole = reading.lower.strip(" \n.,;:'\"()[]")
    whole = _NUMBER_BEFORE_NAME.sub("", whole)
    if len(whole) > _LONGEST_NAME:
        return ()
    found = _BARE.fullmatch(whole)
    rows = _numbered(_hexadecimal(found[1])) if found else _named(whole)
    code = found[1] if found else whole
    return tuple(
        Match(row, 1, 2, code=code, speaker="" if row.client == TLS_ALERT else row.client)
        for row in rows
        if row.causes
    )


def _numbered(code: str) -> list[Message]:
    order = list(_BARE_ORDER)
    if code.isdigit() and int(code) < _ALERTS_FROM:
        order.remove(TLS_ALERT)
        order.append(TLS_ALERT)
    if code.startswith("-") and code.removeprefix("-").isdigit() and not 100 <= -int(code) < 300:
        order.remove("chrome")
        order.append("chrome")
    rows = [row for client in order for row in messages_of(client, code)]
    if not rows and re.fullmatch("[0-9a-f]{8}", code):
        rows = [*packed(code), *messages_of("windows", f"0x{code}")]
    return rows


def _named(whole: str) -> list[Message]:
    """Return the messages of a name that stands alone; alerts only where it is written as a name."""
    if " " in whole:
        return [row for row in alerts_named(normal(whole)) if not _EVERYDAY & set(row.codes)]
    rows = [row for (client, code), some in _tables().items() if code == whole for row in some[:1]]
    return [row for row in rows if row.client != TLS_ALERT or "_" in whole][:1]


def _hexadecimal(code: str) -> str:
    """Return an HRESULT that was written as a large decimal number in its usual form."""
    if code.lstrip("-").isdigit() and len(code) >= 10:
        return f"0x{int(code) & 0xFFFFFFFF:08x}"
    return code
