"""Has the certificate, or one it depends on, been revoked?"""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.staple import staple_causes, staple_facts
from certwizard.diagnosis.naming import capital, listing, spoken
from certwizard.diagnosis.outcome import Outcome, conclude, skipped
from certwizard.diagnosis.result import Cause, ChainRole, Fact, RevocationFinding, RevocationStatus
from certwizard.diagnosis.revocation.findings import STAPLED, pairs
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import FetchPurpose
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status
from certwizard.domain.wording import moment


def check(case: Case, findings: Sequence[RevocationFinding]) -> Outcome:
    """Weigh what the sources say, certificate by certificate."""
    leaf = case.leaf
    if leaf is None:
        return skipped(CheckId.REVOCATION, "No certificate was received, so nothing can be looked up.")
    if not case.readable:
        return skipped(CheckId.REVOCATION, "The certificate cannot be read, so nothing can be looked up.")
    causes = staple_causes(case, findings)
    told = {(cause.id, cause.certificate) for cause in causes}
    each = (cause for certificate, _ in pairs(case) for cause in _causes(case, certificate, findings))
    causes += [cause for cause in each if (cause.id, cause.certificate) not in told]
    facts = [*staple_facts(case, causes), *(_fact(case, finding) for finding in findings)]
    if not any(finding.status is not RevocationStatus.UNKNOWN for finding in findings) and not causes:
        return skipped(CheckId.REVOCATION, _why_not(case, leaf), facts)
    unknown = _open_question(case, findings)
    return conclude(CheckId.REVOCATION, causes, facts, good=_good(case, findings), unknown=unknown)


def _open_question(case: Case, findings: Sequence[RevocationFinding]) -> str:
    """Return of which certificate nobody could say anything, or nothing."""
    for certificate, _ in pairs(case):
        mine = [finding for finding in findings if finding.certificate == certificate.sha256]
        if mine and all(finding.status is RevocationStatus.UNKNOWN for finding in mine):
            return f"Whether {spoken(case, certificate)} was revoked could not be found out."
    return ""


def _causes(case: Case, certificate: Certificate, findings: Sequence[RevocationFinding]) -> list[Cause]:
    mine = [finding for finding in findings if finding.certificate == certificate.sha256]
    revoked = next((finding for finding in mine if finding.status is RevocationStatus.REVOKED), None)
    if revoked is not None:
        return [_revoked(case, certificate, revoked, mine)]
    if mine and all(finding.status is RevocationStatus.UNKNOWN for finding in mine):
        # A staple that does not count is a cause of its own.
        alone = all(finding.source == STAPLED and finding.fault for finding in mine)
        return [] if alone else [_unknown(case, certificate, mine)]
    good = [finding for finding in mine if finding.status is RevocationStatus.GOOD]
    if good and all(finding.flaw for finding in good):
        return [_flawed(case, certificate, good[0])]
    return []


def _revoked(
    case: Case, certificate: Certificate, finding: RevocationFinding, all_findings: list[RevocationFinding]
) -> Cause:
    when = finding.revoked_at
    others = [each for each in all_findings if each.status is RevocationStatus.GOOD]
    conflict = (
        f" {others[0].source} still calls it good, which happens for some days after a revocation."
        if others
        else ""
    )
    cure = (
        "A new certificate with a new key is needed."
        if case.role_of(certificate) is ChainRole.LEAF
        else "A certificate from another issuer is needed, with the chain that belongs to it."
    )
    index = case.index_of(certificate)
    date = f" on {moment(when)}" if when else ""
    return Cause(
        CauseId.REVOKED,
        Severity.ERROR,
        f"{capital(spoken(case, certificate))} was revoked{date}.",
        f"Its issuer withdrew it, with the reason {finding.reason or 'unspecified'}; so says "
        f"{_source(finding)}, whose signature and dates are good. Not every client looks, but nobody should "
        f"trust it any more.{conflict} {cure}",
        FieldId.OCSP if "OCSP" in finding.source else FieldId.CRL,
        f"revoked{date}, {finding.reason or 'unspecified'}",
        "not revoked",
        index,
        "" if index is not None else certificate.sha256,
        detail=finding.reason,
    )


def _unknown(case: Case, certificate: Certificate, asked: list[RevocationFinding]) -> Cause:
    index = case.index_of(certificate)
    tried = listing(tuple(f"{_source(finding)}: {finding.reason}" for finding in asked), 3)
    return Cause(
        CauseId.REVOCATION_UNKNOWN,
        Severity.WARNING,
        f"Whether {spoken(case, certificate)} was revoked could not be found out.",
        f"No source gave an answer that counts. {capital(tried)}. This is no sign that it was revoked; most "
        "clients carry on, strict ones refuse.",
        FieldId.OCSP if "OCSP" in asked[0].source else FieldId.CRL,
        asked[0].reason or "no answer",
        "a current answer signed for the issuer",
        index,
        "" if index is not None else certificate.sha256,
    )


def _flawed(case: Case, certificate: Certificate, finding: RevocationFinding) -> Cause:
    index = case.index_of(certificate)
    return Cause(
        CauseId.REVOCATION_UNKNOWN,
        Severity.WARNING,
        f"{capital(_source(finding))} is not made by the rules: it {finding.flaw}.",
        f"It does not list {spoken(case, certificate)}, so most programs take that as not revoked. Strict ones do not "
        "count such a list at all, and then they do not know. The CA has to make it anew.",
        FieldId.CRL,
        f"the CRL {finding.flaw}",
        finding.expected,
        index,
        "" if index is not None else certificate.sha256,
        "crl-form",
    )


def _source(finding: RevocationFinding) -> str:
    if finding.source == "stapled OCSP":
        return "the OCSP answer the server sent along"
    kind = "the OCSP responder" if finding.source == "OCSP" else "the CRL"
    return f"{kind} {finding.url}" if finding.url else kind


def _why_not(case: Case, leaf: Certificate) -> str:
    if pairs(case) and any(fetch.purpose is FetchPurpose.CRL_FILE for fetch in case.observation.fetches):
        return (
            "No list given with --crl is from a CA that issued a certificate of this chain, so nothing could be "
            "looked up."
        )
    if not leaf.ocsp_urls and not leaf.crl_urls:
        return (
            "The certificate names no place to ask (no OCSP address, no CRL), so there is nothing to look up."
        )
    if case.observation.offline:
        return "Offline: no OCSP responder and no CRL was asked."
    if len(pairs(case)) == 0 or pairs(case)[0][1] is None:
        return "The issuer's certificate is not known, so no answer on revocation could be checked."
    return "No OCSP responder and no CRL was asked."


def _good(case: Case, findings: Sequence[RevocationFinding]) -> str:
    leaf = case.leaf
    mine = [
        finding
        for finding in findings
        if leaf is not None and finding.certificate == leaf.sha256 and finding.status is RevocationStatus.GOOD
    ]
    if not mine:
        return "No certificate that was looked up is revoked."
    return f"Not revoked, says {listing(tuple(dict.fromkeys(_source(finding) for finding in mine)), 2)}."


def _fact(case: Case, finding: RevocationFinding) -> Fact:
    status = {
        RevocationStatus.GOOD: Status.PASS,
        RevocationStatus.REVOKED: Status.FAIL,
        RevocationStatus.UNKNOWN: Status.UNKNOWN,
    }[finding.status]
    dates = f", as of {moment(finding.this_update)}" if finding.this_update else ""
    why = f" ({finding.reason})" if finding.reason else ""
    seen = f"{finding.status.value}{why}{dates}"
    label = finding.source + (f" {finding.url}" if finding.url else "")
    field = FieldId.OCSP if "OCSP" in finding.source else FieldId.CRL
    return Fact(field, label, seen, "good", status, finding.index)
