"""What every source says of every certificate of the path."""

from __future__ import annotations

from collections.abc import Iterator

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import RevocationFinding, RevocationStatus
from certwizard.diagnosis.revocation.answer import Answer, unknown
from certwizard.diagnosis.revocation.crl import ReadCrl, crl_answer, read_crl
from certwizard.diagnosis.revocation.ocsp import ocsp_answer
from certwizard.diagnosis.revocation.staple import staple_of
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, Fetch, FetchPurpose
from certwizard.domain.signatures import SignatureStatus

STAPLED, OCSP, CRL = "stapled OCSP", "OCSP", "CRL"
MAX_FINDINGS = 60
_REASONS = {
    "timeout": "no answer came in time",
    "dns": "the name of the server leads to no address",
    "refused": "the connection was refused",
    "reset": "the connection was closed",
    "unreachable": "the server cannot be reached",
    "too-large": "the answer is too large",
    "not-allowed": "the address is not allowed",
    "unreadable": "it cannot be read",
    "wrong-kind": "it is something else",
}


def revocation_findings(case: Case) -> tuple[RevocationFinding, ...]:
    """Return the findings, leaf first; only certificates below the anchor can be revoked."""
    crls = {
        fetch.body: read_crl(fetch.body)
        for fetch in case.observation.fetches
        if fetch.purpose in (FetchPurpose.CRL, FetchPurpose.CRL_FILE) and fetch.body
    }
    found = [
        finding
        for certificate, issuer in pairs(case)
        for finding in _of_certificate(case, certificate, issuer, crls)
    ]
    return tuple(found[:MAX_FINDINGS])


def pairs(case: Case) -> list[tuple[Certificate, Certificate | None]]:
    """Return the certificates of the path that can be revoked, each with its issuer where it is known."""
    best = case.choice.best
    if best is None:
        return []
    nodes, edges = best.path.nodes, best.path.edges
    known = [
        (node.certificate, nodes[i + 1].certificate if edges[i] is SignatureStatus.VALID else None)
        for i, node in enumerate(nodes[:-1])
    ]
    end = nodes[-1]
    if not end.is_anchor and not best.path.self_signed_end:
        known.append((end.certificate, None))
    return known


def _of_certificate(
    case: Case, certificate: Certificate, issuer: Certificate | None, crls: dict[bytes, ReadCrl]
) -> Iterator[RevocationFinding]:
    is_leaf = case.leaf is not None and certificate.sha256 == case.leaf.sha256
    stapled = staple_of(case) if is_leaf else None
    if stapled:
        yield _finding(case, certificate, STAPLED, "", _ocsp(case, stapled, certificate, issuer))
    for fetch in case.observation.fetches:
        mine = fetch.certificate == certificate.sha256
        if fetch.purpose is FetchPurpose.OCSP and mine:
            answer = _failed(fetch) or _ocsp(case, fetch.body, certificate, issuer)
            yield _finding(case, certificate, OCSP, fetch.url, answer)
        elif fetch.purpose is FetchPurpose.CRL and mine:
            answer = _failed(fetch) or _crl(case, crls[fetch.body], certificate, issuer)
            yield _finding(case, certificate, CRL, fetch.url, answer)
        elif fetch.purpose is FetchPurpose.CRL_FILE:
            given = crls.get(fetch.body)
            if given is not None and given.is_about(certificate):
                answer = _crl(case, given, certificate, issuer)
                yield _finding(case, certificate, CRL, fetch.url, answer)


def _ocsp(case: Case, body: bytes, certificate: Certificate, issuer: Certificate | None) -> Answer:
    return ocsp_answer(body, certificate, issuer, case.judged_at) if issuer else _no_issuer()


def _crl(case: Case, crl: ReadCrl, certificate: Certificate, issuer: Certificate | None) -> Answer:
    return crl_answer(crl, certificate, issuer, case.judged_at) if issuer else _no_issuer()


def _no_issuer() -> Answer:
    return unknown("the issuer's certificate is not known, so the answer's signature cannot be checked")


def _failed(fetch: Fetch) -> Answer | None:
    if fetch.failure is not None:
        return unknown(_failure_words(fetch.failure))
    return None if fetch.body else unknown("the answer is empty")


def _failure_words(failure: Failure) -> str:
    words = _REASONS.get(failure.reason.value)
    detail = clean(failure.detail, 200)
    if words is None:
        return detail or failure.reason.value
    return f"{words} ({detail})" if detail else words


def _finding(
    case: Case, certificate: Certificate, source: str, url: str, answer: Answer
) -> RevocationFinding:
    return RevocationFinding(
        certificate=certificate.sha256,
        index=case.index_of(certificate),
        source=source,
        url=url,
        status=RevocationStatus(answer.status),
        reason=answer.reason,
        revoked_at=answer.revoked_at,
        this_update=answer.this_update,
        next_update=answer.next_update,
        signed=answer.signed,
        flaw=answer.flaw.words if answer.flaw else "",
        expected=answer.flaw.expected if answer.flaw else "",
        fault=answer.fault.value if answer.fault else "",
    )
