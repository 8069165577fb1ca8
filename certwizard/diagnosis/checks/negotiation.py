"""What the two sides could not agree on: protocol version, cipher, or a client certificate.

Told by alert numbers (RFC 8446 section 6) and by comparing a modern offer with one that takes
everything, never by the words of a library.
"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import FailureReason, Handshake, Offer
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

HANDSHAKE_FAILURE, BAD_CERTIFICATE, PROTOCOL_VERSION = 40, 42, 70
INSUFFICIENT_SECURITY, CERTIFICATE_REQUIRED, DECRYPT_ERROR = 71, 116, 51
OLD_PROTOCOLS = ("SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1")
AFTER_REQUEST = frozenset({HANDSHAKE_FAILURE, BAD_CERTIFICATE, 41, 43, 44, 45, 46, 48, 49})
"""Alerts that blame the client's certificate when one had been asked for; 41 is SSLv3's no_certificate."""
REFUSED_REQUEST = frozenset({400, 495, 496})
"""HTTP status for a request without the client certificate asked for; 495 and 496 are nginx's own."""
DISAGREEMENTS = frozenset({FailureReason.ALERT, FailureReason.TLS, FailureReason.RESET})


def modern(case: Case) -> list[Handshake]:
    """Return the handshakes that today's clients would make: modern offer, with the asked name."""
    handshakes = [each for each in case.observation.handshakes if each.offer is Offer.MODERN]
    with_name = [each for each in handshakes if each.sni is not None]
    return with_name or handshakes


def permissive_success(case: Case) -> Handshake | None:
    """Return the handshake that came about only when everything old was allowed, or None."""
    if any(each.failure is None for each in modern(case)):
        return None
    return next(
        (
            each
            for each in case.observation.handshakes
            if each.offer is Offer.PERMISSIVE and (each.failure is None or each.protocol)
        ),
        None,
    )


def negotiation_cause(case: Case, failed: Handshake) -> Cause | None:
    """Return what a failed modern handshake could not agree on, or None where it is something else."""
    failure = failed.failure
    if failure is None or failure.reason not in DISAGREEMENTS or failure.alert_sent == DECRYPT_ERROR:
        return None
    demanded = certificate_demanded(case, failed)
    if demanded is not None:
        return demanded
    old = permissive_success(case)
    if old is not None and old.protocol in OLD_PROTOCOLS:
        return _protocol(old.protocol)
    if PROTOCOL_VERSION in (failure.alert, failure.alert_sent):
        return _protocol(None)
    if old is not None:
        return _cipher(old.cipher)
    if failure.alert in (HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY) or failure.alert_sent == HANDSHAKE_FAILURE:
        return _cipher(None)
    return None


def certificate_demanded(case: Case, failed: Handshake) -> Cause | None:
    """Return `client-cert-required` where the server broke off for want of a client certificate."""
    failure = failed.failure
    if failure is None:
        return None
    asked = failed.client_certificate_requested or any(
        each.client_certificate_requested
        for each in case.observation.handshakes
        if each.address == failed.address
    )
    if failure.alert == CERTIFICATE_REQUIRED or (asked and failure.alert in AFTER_REQUEST):
        return _client_certificate(failed, f"alert {failure.alert}")
    if asked and failed.chain and failure.reason is FailureReason.RESET:
        return _client_certificate(failed, "closed after it had asked for a certificate")
    return None


def demanded_over_http(case: Case) -> Cause | None:
    """Return `client-cert-required` where TLS came about and the HTTP answer turned the client away.

    nginx and others ask for a certificate in the handshake, finish it without one, and refuse every request.
    """
    http, judged = case.observation.http, case.handshake
    if judged is None or http is None or not (judged.client_certificate_requested and http.over_tls):
        return None
    if http.status not in REFUSED_REQUEST:
        return None
    return _client_certificate(judged, f"status {http.status} over HTTP")


def _protocol(protocol: str | None) -> Cause:
    spoken = f"only {protocol}" if protocol else "none of the versions offered"
    return Cause(
        CauseId.PROTOCOL_VERSION,
        Severity.ERROR,
        f"The server speaks {spoken}, which today's clients do not."
        if protocol
        else "The server refuses TLS 1.2 and TLS 1.3.",
        "Clients offer TLS 1.2 and 1.3 and nothing older; TLS 1.0 and 1.1 were withdrawn in 2021 (RFC "
        "8996). The certificate plays no part in this. The server's software or its configuration is too "
        "old.",
        FieldId.PROTOCOL,
        protocol or "refused with the alert protocol_version",
        "TLSv1.2 or TLSv1.3",
    )


def _cipher(cipher: str | None) -> Cause:
    return Cause(
        CauseId.CIPHER_MISMATCH,
        Severity.ERROR,
        "Client and server share no cipher suite that today's clients offer.",
        (
            f"With everything allowed the server chose {cipher}, which today's clients no longer offer. "
            if cipher
            else "The server broke off with the alert handshake_failure before it sent a certificate. "
        )
        + "The server's list of ciphers, its key type or its TLS library has to be brought up to date.",
        FieldId.CIPHER,
        cipher or "handshake_failure",
        "an ECDHE suite with AES-GCM or ChaCha20",
    )


def _client_certificate(handshake: Handshake, seen: str) -> Cause:
    names = listing(handshake.client_ca_names, 3)
    return Cause(
        CauseId.CLIENT_CERT_REQUIRED,
        Severity.ERROR,
        "The server demands a certificate from the client.",
        "It asked for a client certificate, got none and turned the client away (mutual TLS). The server's "
        "own certificate is not the fault. "
        + (
            f"It accepts certificates issued by {names}."
            if names
            else "Ask its operator for a client certificate."
        ),
        FieldId.PROTOCOL,
        seen,
        "a connection without a client certificate",
    )
