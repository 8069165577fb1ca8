"""Does the server turn clients away for want of a certificate of theirs?

Told by its request and by how it goes on: an alert, the end of the connection, or an HTTP status.
"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import FailureReason, Handshake, HttpHint
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

CERTIFICATE_REQUIRED = 116
NEVER_ABOUT_OURS = frozenset({20, 21, 22, 51, 70, 86, 90, 109, 110, 112, 113, 115, 120})
"""Alerts on the record layer, the version, names and extensions: they say nothing of a missing certificate.

All others were met from some server after an empty answer to its request: 40 (OpenSSL in TLS 1.2), 42 (Java, Go, NSS),
41 (SSLv3), 50 (GnuTLS), 48 and 49.
"""
REFUSED_REQUEST = frozenset({400, 495, 496})
"""HTTP status for a request without the client certificate asked for; 495 and 496 are nginx's own."""
FORBIDDEN = frozenset({401, 403})
PAGE, LATE, PERHAPS = "page", "late", "perhaps"
"""Details: the page is refused, not the connection; the request for one came late; there may be another reason."""
_HOW = {
    "": "It asked for a client certificate, got none and turned the client away (mutual TLS).",
    PAGE: "It asked for a client certificate, got none, let the connection come about and refuses every page.",
    LATE: "It asked for a client certificate once it knew the page, got none and turned the client away. In TLS 1.3 "
    "browsers do not answer such a late request at all.",
}


def certificate_demanded(handshake: Handshake) -> Cause | None:
    """Return `client-cert-required` where the server broke off for want of a client certificate."""
    failure = handshake.failure
    if failure is None:
        return None
    asked = handshake.client_certificate_requested
    by_alert = failure.alert is not None and failure.alert not in NEVER_ABOUT_OURS
    if failure.alert == CERTIFICATE_REQUIRED or (asked and by_alert):
        return _demanded(handshake, f"alert {failure.alert}")
    if asked and handshake.chain and failure.reason is FailureReason.RESET:
        return _demanded(handshake, "closed after it had asked for a certificate")
    return None


def demanded_over_http(case: Case) -> Cause | None:
    """Return `client-cert-required` where TLS came about and the request was turned away.

    nginx and others ask for a certificate in the handshake, finish it without one, and refuse every request.
    Apache can ask once it has seen the path, by renegotiation (TLS 1.2) or a late request (TLS 1.3).
    """
    http, judged = case.observation.http, case.handshake
    if judged is None or http is None or not http.over_tls:
        return None
    if http.client_certificate_requested:
        return _asked_late(judged, http)
    if not judged.client_certificate_requested:
        return None
    if http.status in REFUSED_REQUEST:
        return _demanded(judged, f"status {http.status} over HTTP", PAGE)
    return _perhaps(judged, http) if http.status in FORBIDDEN else None


def _asked_late(judged: Handshake, http: HttpHint) -> Cause | None:
    if http.status is not None and http.status < 400:
        return None
    seen = f"status {http.status} over HTTP" if http.status else "the connection ended"
    return _demanded(judged, f"asked for it after the request; {seen}", LATE)


def _demanded(handshake: Handshake, seen: str, detail: str = "") -> Cause:
    return Cause(
        CauseId.CLIENT_CERT_REQUIRED,
        Severity.ERROR,
        "The server demands a certificate from the client.",
        f"{_HOW[detail]} The server's own certificate is not the fault. {_whose(handshake)}",
        FieldId.PROTOCOL,
        seen,
        "a connection without a client certificate",
        detail=detail,
    )


def _perhaps(handshake: Handshake, http: HttpHint) -> Cause:
    return Cause(
        CauseId.CLIENT_CERT_REQUIRED,
        Severity.WARNING,
        f"The server asks clients for a certificate, and without one its page answers with the status {http.status}.",
        "The connection comes about without a client certificate, so TLS is not the fault. Whether the page is "
        "refused for want of one or for want of a login, only its operator knows. "
        f"{_whose(handshake)}",
        FieldId.PROTOCOL,
        f"status {http.status} over HTTP, client certificate asked for",
        "a page without a client certificate",
        detail=PERHAPS,
    )


def _whose(handshake: Handshake) -> str:
    names = listing(handshake.client_ca_names, 3)
    if names:
        return f"It accepts certificates issued by {names}."
    return "Ask its operator for a client certificate."
