"""TLS alerts in a text: by number and by name, in every spelling, and never where the words mean something else."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from certwizard.explain.matching import Grade, Match
from certwizard.explain.normal import CUT, normal
from certwizard.explain.phrases import TLS_ALERT
from certwizard.knowledge.error_messages import catalogue
from certwizard.knowledge.messages import Message

_TRIGGERS = (
    "alert",
    "sslv3",
    "tlsv1",
    "tls: ",
    "unknown_ca",
    "_certificate",
    "certificate_",
    "handshake_failure",
)
_BETWEEN = (
    r"(?:number|code|fatal|warning|received|description|desc|level|type|is|client|server|from|peer|tls|ssl|the|by"
    r"|in|out|a|error|generated|read|write|sent|\d{1,3}) "
)
_NUMBER_AFTER = re.compile(
    r" \w*alerts? (?:(?:number|code|description|desc|type|id|received|fatal|value|is|level \d|2) )*(\d{1,4}) "
)
_CUT_OFF = re.compile(rf" (?:\w*alert|sslv3|tlsv1\w*) (?:{_BETWEEN})*?([a-z]{{4,}}(?: [a-z]+)*) (?:{CUT}|$)")
_AS_A_NAME = r"(?<![a-z0-9_])(?<!exception: \(){}(?![a-z0-9_])"
"""Java puts the alert it sends itself in brackets behind the exception: that is no reason."""
_HIGH_BYTES = (1, 2)
"""curl writes the level of an alert into the byte above its number."""


@cache
def _by_number() -> Mapping[int, Message]:
    return {int(message.codes[0]): message for message in catalogue().messages if message.client == TLS_ALERT}


@cache
def _by_name() -> Mapping[str, Message]:
    names: dict[str, Message] = {}
    for message in _by_number().values():
        for code in message.codes[1:]:
            names[normal(code)] = message
            names[normal(code).replace(" ", "")] = message
    return names


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(_by_name(), key=len, reverse=True))
    return (
        re.compile(rf" (?:\w*alert\w*|sslv3|tlsv1\w*) (?:{_BETWEEN})*?({names}) "),
        re.compile(rf" ({names}) alert "),
        re.compile(rf" remote error tls ({names}) "),
    )


def alerts_in(text: str, lower: str) -> Iterator[Match]:
    """Yield the alerts a text speaks of.

    Args:
        text: Its words in normal form.
        lower: The text itself in lower case.
    """
    if not any(trigger in lower for trigger in _TRIGGERS):
        return
    for expression in _expressions():
        for found in expression.finditer(text):
            yield Match(_by_name()[found[1]], *found.span(1), code=found[1].replace(" ", "_"))
    for found in _NUMBER_AFTER.finditer(text):
        number = int(found[1])
        number = number & 0xFF if number >> 8 in _HIGH_BYTES else number
        if number in _by_number():
            yield Match(_by_number()[number], *found.span(1), code=str(number))
    yield from _written_as_names(text, lower)
    yield from _cut_off(text)


def _cut_off(text: str) -> Iterator[Match]:
    """Yield the alerts whose name begins as the text does where it is cut off."""
    for found in _CUT_OFF.finditer(text):
        for name in sorted(_by_name()):
            if " " in name and name.startswith(found[1]) and name != found[1]:
                yield Match(_by_name()[name], *found.span(1), Grade.PIECE, name.replace(" ", "_"))


def _written_as_names(text: str, lower: str) -> Iterator[Match]:
    """Yield alerts written with underscores, as no other words are."""
    for message in _by_number().values():
        for name in message.codes[1:]:
            if "certificate" in name or name in _UNMISTAKABLE:
                at = re.search(_AS_A_NAME.format(name), lower) if name in lower else None
                place = text.find(f" {normal(name)} ") if at else -1
                if place >= 0:
                    yield Match(message, place + 1, place + 1 + len(name), code=name)


_UNMISTAKABLE = frozenset(
    {"unknown_ca", "handshake_failure", "unrecognized_name", "inappropriate_fallback", "decrypt_error"}
)


def alert_numbered(number: int) -> Message | None:
    """Return the alert of a number, or None.

    Args:
        number: As on the wire.
    """
    return _by_number().get(number)


def alerts_named(name: str) -> tuple[Message, ...]:
    """Return the alert of a name in normal form, if there is one.

    Args:
        name: Such as ``unknown ca``.
    """
    found = _by_name().get(name)
    return (found,) if found else ()
