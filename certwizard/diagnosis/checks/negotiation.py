"""What the two sides could not agree on: protocol version, cipher, or a client certificate.

Told by alert numbers (RFC 8446 section 6) and by comparing a modern offer with others, never by the words of
a library.
"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.client_certificate import certificate_demanded
from certwizard.diagnosis.checks.suites import suite_cause
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import FailureReason, Handshake, Offer
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.handshakes import BEST_KIND, kind_of_suite, long_greeters

HANDSHAKE_FAILURE, PROTOCOL_VERSION = 40, 70
INSUFFICIENT_SECURITY, DECRYPT_ERROR = 71, 51
OLD_PROTOCOLS = ("SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1")
DISAGREEMENTS = frozenset({FailureReason.ALERT, FailureReason.TLS, FailureReason.RESET})
INTOLERANT, LONG_GREETING, SSL3 = "intolerant", "long-greeting", "ssl3"
"""Details: TLS 1.3 is not to be named, the greeting must fit into one packet, nothing newer than SSL 3.0."""


def modern(case: Case) -> list[Handshake]:
    """Return the handshakes that today's clients would make: modern offer, with the asked name."""
    handshakes = [each for each in case.observation.handshakes if each.offer is Offer.MODERN]
    with_name = [each for each in handshakes if each.sni is not None]
    return with_name or handshakes


def old_answer(case: Case, address: str) -> Handshake | None:
    """Return what the server at an address answered only once everything old was allowed, or None."""
    there = [each for each in case.observation.handshakes if each.address == address]
    if _works(case, address):
        return None
    answered = [
        each
        for offer in (Offer.PERMISSIVE, Offer.EVERYTHING, Offer.MODERN)
        for each in there
        if each.offer is offer and (_answered(each) or each.protocol in OLD_PROTOCOLS)
    ]
    return next(iter(answered), None)


def _answered(handshake: Handshake) -> bool:
    return handshake.failure is None and handshake.offer is not Offer.MODERN


def negotiation_cause(case: Case, failed: Handshake) -> Cause | None:
    """Return what a failed modern handshake could not agree on, or None where it is something else."""
    failure = failed.failure
    if failure is None or failure.alert_sent == DECRYPT_ERROR:
        return None
    lesser = _lesser_success(case, failed.address)
    if lesser is not None:
        return _too_long() if lesser.offer is Offer.SMALL else _too_new()
    if failure.reason not in DISAGREEMENTS:
        return None
    return certificate_demanded(failed) or _version_cause(case, failed) or _cipher_cause(case, failed)


def _works(case: Case, address: str) -> bool:
    return any(each.failure is None for each in modern(case) if each.address == address)


def _lesser_success(case: Case, address: str) -> Handshake | None:
    if _works(case, address):
        return None
    return next(
        (
            each
            for each in case.observation.handshakes
            if each.address == address
            and each.sni is not None
            and each.offer in (Offer.SMALL, Offer.TLS12)
            and each.failure is None
        ),
        None,
    )


def _version_cause(case: Case, failed: Handshake) -> Cause | None:
    old, failure = old_answer(case, failed.address), failed.failure
    protocol = failed.protocol or (old.protocol if old is not None else None)
    if protocol in OLD_PROTOCOLS:
        return _protocol(protocol)
    if failure is not None and PROTOCOL_VERSION in (failure.alert, failure.alert_sent):
        return _protocol(None)
    return None


def _cipher_cause(case: Case, failed: Handshake) -> Cause | None:
    old, failure = old_answer(case, failed.address), failed.failure
    kind = kind_of_suite(old.cipher or "") if old is not None else None
    if old is not None and (kind is None or kind.id != BEST_KIND):
        return suite_cause(case, failed) or _cipher(old.cipher)
    refusal = (HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY)
    if failure is not None and (failure.alert in refusal or failure.alert_sent == HANDSHAKE_FAILURE):
        return _cipher(None)
    return None


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
        detail=SSL3 if protocol == "SSLv3" else "",
    )


def _too_new() -> Cause:
    return Cause(
        CauseId.PROTOCOL_VERSION,
        Severity.ERROR,
        "The server breaks off as soon as a client names TLS 1.3, though it speaks TLS 1.2.",
        "A server that does not know TLS 1.3 has to choose TLS 1.2 and go on (RFC 8446 section 4.2.1); this one, or "
        "a filter before it, fails instead. Every client of today names TLS 1.3 and tries nothing else. Its "
        "software has to be brought up to date; until then a proxy before it helps.",
        FieldId.PROTOCOL,
        "broken off where TLS 1.3 is offered, TLSv1.2 where it is not",
        "TLSv1.2 chosen, or TLSv1.3",
        detail=INTOLERANT,
    )


def _too_long() -> Cause:
    return Cause(
        CauseId.PROTOCOL_VERSION,
        Severity.ERROR,
        "The server cannot read the long greeting of today's clients.",
        "Browsers, Go, Node.js and programs on OpenSSL 3.5 or newer send a post-quantum key share, so their greeting "
        "(ClientHello) comes in two packets; the same greeting without it works. The server, a balancer or a firewall "
        "before it reads the first packet alone and breaks off or waits. It has to be brought up to date "
        "(openssl/openssl issue 27557). Clients with an older library notice nothing.",
        FieldId.PROTOCOL,
        "no answer to a greeting of two packets, an answer to one of one packet",
        "an answer to both",
        detail=LONG_GREETING,
        minded_by=long_greeters(),
    )


def _cipher(cipher: str | None) -> Cause:
    return Cause(
        CauseId.CIPHER_MISMATCH,
        Severity.ERROR,
        "Client and server share no cipher suite that today's clients offer.",
        (
            f"With everything allowed the server chose {cipher}, which today's clients no longer offer. The "
            "server's list of ciphers, its key type or its TLS library has to be brought up to date."
            if cipher
            else "The server broke off with the alert handshake_failure before it sent a certificate, whatever was "
            "offered. Most often it has no certificate that it can use for this name, or its list of ciphers does "
            "not fit the kind of its key."
        ),
        FieldId.CIPHER,
        cipher or "handshake_failure",
        "an ECDHE suite with AES-GCM or ChaCha20",
    )
