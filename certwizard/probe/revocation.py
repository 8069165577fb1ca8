"""Asks whether the certificates of a path were revoked, by OCSP and CRL; judges nothing."""

import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from certwizard.domain.observation import Failure, FailureReason, Fetch, FetchPurpose
from certwizard.domain.parsing import parse_certificate
from certwizard.probe.fetch import Fetcher
from certwizard.probe.http_exchange import Question
from certwizard.probe.outline import Outline

MAX_CERTIFICATES = 4
MAX_URLS = 2
THREADS = 8
_CRL_QUESTION = Question(limit=20 << 20)
_OCSP_LIMIT = 256 << 10


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One request that is to be made."""

    blank: Fetch
    question: Question | None
    """None where the question could not even be written."""


def inquiries(path: Sequence[Outline]) -> tuple[Inquiry, ...]:
    """Return whom to ask about each certificate of a path whose issuer is known, leaf first."""
    found: list[Inquiry] = []
    for one, issuer in list(pairwise(path))[:MAX_CERTIFICATES]:
        certificate = parse_certificate(one.der)
        issuer_id = sha256(issuer.der).hexdigest()
        ocsp_urls, crl_urls = (_first(urls) for urls in (certificate.ocsp_urls, certificate.crl_urls))
        question = _ocsp_question(one, issuer) if ocsp_urls else None
        wanted = [(FetchPurpose.OCSP, url, question) for url in ocsp_urls]
        wanted += [(FetchPurpose.CRL, url, _CRL_QUESTION) for url in crl_urls]
        found += [
            Inquiry(Fetch(purpose, url, certificate.sha256, issuer_id), asked)
            for purpose, url, asked in wanted
        ]
    return tuple(found)


def make_inquiries(wanted: Sequence[Inquiry], fetcher: Fetcher) -> tuple[Fetch, ...]:
    """Ask all at once, so that a dead responder costs one timeout and not many."""
    if not wanted:
        return ()
    with ThreadPoolExecutor(THREADS, thread_name_prefix="revocation") as pool:
        return tuple(pool.map(lambda inquiry: _ask(inquiry, fetcher), wanted))


def _ask(inquiry: Inquiry, fetcher: Fetcher) -> Fetch:
    blank = inquiry.blank
    if inquiry.question is None:
        failure = Failure(FailureReason.UNREADABLE, "the certificate is too damaged to be asked about")
        return Fetch(blank.purpose, blank.url, blank.certificate, blank.issuer, failure=failure)
    got = fetcher.fetch(blank.url, inquiry.question)
    return Fetch(blank.purpose, blank.url, blank.certificate, blank.issuer, got.body, got.failure, got.ms)


def _first(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first addresses; those that are not http come last, their refusal is evidence enough."""
    ordered = sorted(dict.fromkeys(urls), key=lambda url: not url.lower().startswith("http:"))
    return tuple(ordered)[:MAX_URLS]


def _ocsp_question(one: Outline, issuer: Outline) -> Question | None:
    """Return the request about a certificate (RFC 6960 4.1); responders expect SHA-1 ids (RFC 5019 2.1.1)."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.ocsp import OCSPRequestBuilder

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            subject, above = (x509.load_der_x509_certificate(each.der) for each in (one, issuer))
            builder = OCSPRequestBuilder().add_certificate(subject, above, SHA1())  # noqa: S303
            body = builder.build().public_bytes(Encoding.DER)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return None
    return Question(body, "application/ocsp-request", _OCSP_LIMIT)
