"""The words in which a client reports a cause, with what is known here filled in."""

from __future__ import annotations

import re
from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.client_certificate import PAGE, PERHAPS
from certwizard.diagnosis.checks.negotiation import INTOLERANT, LONG_GREETING, PROTOCOL_VERSION, modern
from certwizard.diagnosis.clients.special import special_cases
from certwizard.diagnosis.clients.standpoint import Standpoint
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import FailureReason
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import ClientMessage, Scope

SEEN_AS_UNTRUSTED = frozenset(
    {
        CauseId.DISTRUSTED_CA,
        CauseId.INTERCEPTION,
        CauseId.TRUST_STORE_MISSING,
        CauseId.TRUST_STORE_OUTDATED,
    }
)
"""Causes that a client without words of its own sees as a root it does not know."""
_OPEN = re.compile(r"<[a-z]+>")


def message_for(case: Case, stand: Standpoint, cause: Cause, met: list[Cause]) -> ClientMessage | None:
    """Return the row that speaks of a cause, its special case first; None where the client is silent."""
    profile = stand.profile
    if cause.id is CauseId.PROTOCOL_VERSION and cause.detail in (INTOLERANT, LONG_GREETING):
        return profile.message(_how_it_broke(case))
    if cause.id is CauseId.CLIENT_CERT_REQUIRED and cause.detail in (PAGE, PERHAPS):
        return _of_the_page(case, profile.message(cause.id))
    # A staple that fails is told in the same words, whether or not the certificate demands it.
    spoken = CauseId.REVOCATION_UNKNOWN if cause.detail.startswith("staple-") else cause.id
    for detail in (*special_cases(case, stand, cause), cause.detail):
        message = profile.variants.get((spoken, detail))
        if message is not None:
            return message if _applies(stand, message) else None
    message = profile.messages.get(cause.id)
    if message is None and cause.id in SEEN_AS_UNTRUSTED and (not stand.reaches_root or cause.minded_by):
        message = profile.messages.get(CauseId.UNTRUSTED_ROOT)
    return message if message is not None and _applies(stand, message) else None


def _of_the_page(case: Case, message: ClientMessage | None) -> ClientMessage | None:
    """Return what every client shows: the connection comes about, and the page is an error page."""
    status = case.observation.http.status if case.observation.http is not None else None
    if message is None or status is None:
        return message
    return replace(message, code=f"HTTP {status}", text="the server's own error page, over a good connection")


def _how_it_broke(case: Case) -> CauseId:
    """Return the cause that a client names where the server cannot read its greeting: it sees the end alone."""
    failure = next((each.failure for each in modern(case) if each.failure is not None), None)
    if failure is not None and failure.reason is FailureReason.TIMEOUT:
        return CauseId.TIMEOUT
    if failure is not None and failure.alert is not None:
        return CauseId.PROTOCOL_VERSION if failure.alert == PROTOCOL_VERSION else CauseId.CIPHER_MISMATCH
    return CauseId.CONNECTION_RESET


def _applies(stand: Standpoint, message: ClientMessage) -> bool:
    return message.scope is Scope.ANY or stand.public


def spoken(message: ClientMessage) -> str:
    """Return code and text in one line; a code that stands in the text already is not said twice."""
    said = re.search(rf"(?<![\w-]){re.escape(message.code)}(?![\w-])", message.text)
    return message.text if said or not message.code else f"{message.code} {message.text}"


def filled(case: Case, text: str) -> str:
    """Return a row's text with host, names, port and address in place."""
    target = case.observation.target
    host = case.asked or target.host
    if host:
        text = text.replace("<host>", host)
    leaf = case.leaf
    if leaf is not None:
        names = leaf.san.all if leaf.san else ()
        text = text.replace("<names>", listing(names, 3) or leaf.subject.short)
        if "candidate authority" not in text:  # There it is the name of a CA.
            text = text.replace("<name>", names[0] if names else leaf.subject.short)
    if target.port is not None:
        text = text.replace("<url>", f"https://{host}:{target.port}/").replace("<port>", str(target.port))
    # What only the client knows (a line number, its own clock) is left open.
    return _OPEN.sub("…", text.replace("<path>", "/"))
