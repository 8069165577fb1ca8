"""May the certificates be used the way they are used, and can clients read all that is critical?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.flaws import unknown_critical
from certwizard.diagnosis.naming import capital, listing, spoken
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.weakness import usage_problem
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

USAGE_NAMES = {
    "1.3.6.1.5.5.7.3.1": "server authentication",
    "1.3.6.1.5.5.7.3.2": "client authentication",
    "1.3.6.1.5.5.7.3.3": "code signing",
    "1.3.6.1.5.5.7.3.4": "e-mail protection",
    "1.3.6.1.5.5.7.3.8": "time stamping",
    "1.3.6.1.5.5.7.3.9": "OCSP signing",
    "2.5.29.37.0": "any usage",
}


_FIELDS = {
    "2.5.29.14": FieldId.SUBJECT_KEY_ID,
    "2.5.29.35": FieldId.AUTHORITY_KEY_ID,
    "1.3.6.1.5.5.7.1.1": FieldId.AUTHORITY_INFO_ACCESS,
    "1.3.6.1.5.5.7.1.24": FieldId.TLS_FEATURE,
    "1.3.6.1.4.1.11129.2.4.2": FieldId.SCT_LIST,
}


def usage_causes(case: Case) -> list[Cause]:
    """Return `wrong-usage` for the leaf and the intermediates of the path."""
    best, leaf = case.choice.best, case.leaf
    if best is None or leaf is None:
        return []
    causes = []
    problem = usage_problem(leaf, leaf=True)
    if problem:
        causes.append(_leaf_usage(case, leaf, problem))
    elif leaf.is_ca and not is_self_signed(leaf):
        causes.append(_ca_as_leaf(case, leaf))
    above = (node.certificate for node in best.path.nodes[1:] if not node.is_anchor)
    causes.extend(_intermediate_usage(case, each) for each in above if usage_problem(each, leaf=False))
    return causes


def _leaf_usage(case: Case, leaf: Certificate, problem: str) -> Cause:
    if problem == "extended-key-usage":
        usages = usages_text(leaf)
        return Cause(
            CauseId.WRONG_USAGE,
            Severity.ERROR,
            "The certificate is not made for servers.",
            f"Its extended key usage allows {usages}, but does not name server authentication, which clients "
            "demand. It was issued for another purpose; a certificate for servers is needed.",
            FieldId.EXTENDED_KEY_USAGE,
            usages,
            "server authentication (serverAuth)",
            certificate=0,
            detail=problem,
        )
    usage = ", ".join(sorted(leaf.key_usage or ())) or "nothing"
    return Cause(
        CauseId.WRONG_USAGE,
        Severity.ERROR,
        "The key usage of the certificate does not allow what a TLS server does.",
        f"Its key usage holds {usage}. In today's TLS the server signs with its key, which needs "
        "digitalSignature; "
        + (
            "Chrome, Edge and Java refuse a certificate without it."
            if problem == "no-signing"
            else "clients refuse."
        ),
        FieldId.KEY_USAGE,
        usage,
        "digitalSignature",
        certificate=0,
        detail=problem,
        minded_by=frozenset({"chrome", "edge", "java"}) if problem == "no-signing" else None,
    )


def _ca_as_leaf(case: Case, leaf: Certificate) -> Cause:
    return Cause(
        CauseId.WRONG_USAGE,
        Severity.ERROR,
        "A CA certificate is used as the server's certificate.",
        f"{capital(spoken(case, leaf))} says CA:TRUE. Firefox refuses a CA certificate in a server's place; "
        "most other clients accept it. Whoever has this key can issue certificates, so it must not lie on a "
        "server.",
        FieldId.BASIC_CONSTRAINTS,
        "CA:TRUE",
        "CA:FALSE",
        certificate=0,
        detail="ca",
        minded_by=frozenset({"firefox"}),
    )


def _intermediate_usage(case: Case, certificate: Certificate) -> Cause:
    index = case.index_of(certificate)
    usages = usages_text(certificate)
    return Cause(
        CauseId.WRONG_USAGE,
        Severity.ERROR,
        f"{capital(spoken(case, certificate))} may not issue certificates for servers.",
        f"Its extended key usage allows {usages}, and that limits every certificate below it. Clients refuse "
        "a server certificate from it.",
        FieldId.EXTENDED_KEY_USAGE,
        usages,
        "server authentication (serverAuth), or no limit",
        certificate=index,
        concerns="" if index is not None else certificate.sha256,
        detail="intermediate",
    )


def usages_text(certificate: Certificate) -> str:
    """Return the extended key usages in words, or ``nothing`` where the list is empty."""
    oids = certificate.extended_key_usage or ()
    return listing(tuple(USAGE_NAMES.get(oid, oid) for oid in oids)) or "nothing"


def critical_causes(case: Case, certificates: tuple[tuple[Certificate, bool], ...]) -> list[Cause]:
    """Return `unknown-critical-extension` for the certificates of the path."""
    causes = []
    for certificate, _ in certificates:
        unknown = unknown_critical(certificate)
        if not unknown:
            continue
        index = case.index_of(certificate)
        causes.append(
            Cause(
                CauseId.UNKNOWN_CRITICAL_EXTENSION,
                Severity.ERROR,
                f"{capital(spoken(case, certificate))} has a critical extension that clients do not process.",
                f"The extension {listing(unknown)} is marked critical: whoever cannot process it must refuse "
                "the certificate (RFC 5280 4.2), and clients do. It has to be issued again without the mark "
                "or the extension.",
                _FIELDS.get(unknown[0], FieldId.OTHER_EXTENSION),
                f"{listing(unknown)}, critical",
                "only critical extensions that clients process",
                index,
                "" if index is not None else certificate.sha256,
            )
        )
    return causes
