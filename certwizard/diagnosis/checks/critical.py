"""Can clients process everything that is marked critical?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.flaws import LIMITS, POLICY_EXTENSIONS, Flaw, unknown_critical
from certwizard.diagnosis.naming import capital, listing, spoken
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId

_FIELDS = {
    "2.5.29.14": FieldId.SUBJECT_KEY_ID,
    "2.5.29.35": FieldId.AUTHORITY_KEY_ID,
    "1.3.6.1.5.5.7.1.1": FieldId.AUTHORITY_INFO_ACCESS,
    "1.3.6.1.5.5.7.1.24": FieldId.TLS_FEATURE,
    "1.3.6.1.4.1.11129.2.4.2": FieldId.SCT_LIST,
}
_NAMES = {**{detail: oid for oid, detail in POLICY_EXTENSIONS.items()}, LIMITS: "2.5.29.30"}
_WORDS = {
    "": "whoever cannot process it must refuse the certificate (RFC 5280 4.2), and clients do. It has to be issued "
    "again without the mark or the extension.",
    "policy-mappings": "Firefox and programs on GnuTLS, such as wget, do not process it and refuse; Chrome, Java, Go "
    "and OpenSSL do. It has to be issued again without the mark.",
    "policy-constraints": "programs on GnuTLS, such as wget, do not process it and refuse, and so do strict "
    "verifiers. Browsers, Java, Go and OpenSSL accept it, as RFC 5280 4.2.1.11 wants it.",
    LIMITS: "Go reads limits on host names, addresses, mail and web addresses alone and refuses others "
    "as unhandled. The other clients read them, as RFC 5280 4.2.1.10 says.",
}


def critical_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `unknown-critical-extension` for the certificates of a path."""
    return [
        _cause(case, judged.path.nodes[flaw.position].certificate, flaw)
        for flaw in judged.flaws
        if flaw.cause is CauseId.UNKNOWN_CRITICAL_EXTENSION
    ]


def _cause(case: Case, certificate: Certificate, flaw: Flaw) -> Cause:
    index = case.index_of(certificate)
    all_clients = flaw.detail not in _NAMES
    found = unknown_critical(certificate) if all_clients else (_NAMES[flaw.detail],)
    who = "clients do" if all_clients else "some clients do"
    return Cause(
        CauseId.UNKNOWN_CRITICAL_EXTENSION,
        flaw.variant.severity,
        f"{capital(spoken(case, certificate))} has a critical extension that {who} not process.",
        f"The extension {listing(found)} is marked critical: {_WORDS.get(flaw.detail, _WORDS[''])}",
        _field(found[0], flaw.detail),
        f"{listing(found)}, critical",
        "only critical extensions that clients process",
        index,
        "" if index is not None else certificate.sha256,
        flaw.detail,
        flaw.variant.clients,
    )


def _field(oid: str, detail: str) -> FieldId:
    if detail == LIMITS:
        return FieldId.NAME_CONSTRAINTS
    if detail in _NAMES:
        return FieldId.CERTIFICATE_POLICIES
    return _FIELDS.get(oid, FieldId.OTHER_EXTENSION)
