"""Signs of a captive portal: a network that answers in the server's place until one has logged in."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import Cause
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import registrable_domain
from certwizard.domain.observation import HttpHint
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

NETWORK_AUTHENTICATION_REQUIRED = 511
_WORDS = re.compile(r"(?:^|[^a-z])(?:login|portal|hotspot|captive|guest|wifi|splash)", re.ASCII)


def portal_cause(case: Case) -> Cause | None:
    """Return `captive-portal` where HTTP says so, or a redirect leads away and the certificate is not the site's."""
    hint = case.observation.http
    if hint is None:
        return None
    best = case.choice.best
    foreign = case.name_matches is False or best is None or not best.trusted
    if hint.status == NETWORK_AUTHENTICATION_REQUIRED and (foreign or not hint.over_tls):
        reason = "It answered with the HTTP status 511, which networks use to ask for a login."
        return _cause(case, hint, reason, "511")
    if not foreign or not hint.location or hint.status is None or not 300 <= hint.status < 400:
        return None
    reason = _leads_away(case, hint.location)
    return _cause(case, hint, reason, "redirect") if reason else None


def _leads_away(case: Case, location: str) -> str:
    try:
        parts = urlsplit(location)
        host = parts.hostname
    except ValueError:
        return ""
    asked = case.observation.target.host or case.asked or ""
    if not host or host == asked:
        return ""
    shown = clean(location, 200)
    if _is_private(host) and not _is_private(asked):
        return f"It sends visitors to {shown}, an address inside the local network."
    here, there = registrable_domain(asked), registrable_domain(host)
    if here is not None and here == there:
        return ""
    if _WORDS.search(f"{host}{parts.path}?{parts.query}".lower()):
        return f"It sends visitors to {shown}, which looks like a login page of another domain."
    return ""


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_link_local


def _cause(case: Case, hint: HttpHint, reason: str, detail: str) -> Cause:
    return Cause(
        CauseId.CAPTIVE_PORTAL,
        Severity.ERROR,
        "A login page of this network answers in the server's place.",
        f"{reason} The certificate shown is then the portal's, and says nothing about "
        f"{case.asked or 'the server'}. Open a page over plain http, log in to the network, and check again.",
        FieldId.ADDRESS,
        f"HTTP {hint.status}" + (f" to {clean(hint.location, 200)}" if hint.location else ""),
        f"the answer of {case.asked or 'the server'} itself",
        detail=detail,
    )
