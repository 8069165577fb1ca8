"""May the certificates be used the way they are used?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.naming import capital, listing, spoken
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.weakness import ANY_USAGE, usage_problem
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.variants import variant

USAGE_NAMES = {
    "1.3.6.1.5.5.7.3.1": "server authentication",
    "1.3.6.1.5.5.7.3.2": "client authentication",
    "1.3.6.1.5.5.7.3.3": "code signing",
    "1.3.6.1.5.5.7.3.4": "e-mail protection",
    "1.3.6.1.5.5.7.3.8": "time stamping",
    "1.3.6.1.5.5.7.3.9": "OCSP signing",
    "2.5.29.37.0": "any usage",
}


_WHO_REFUSES = {
    "intermediate": "Clients refuse a server certificate from it; Java alone does not look.",
    "intermediate-any": "OpenSSL, and with it curl, Python and Node.js, wants server authentication named in every CA "
    "and refuses; browsers, Go and Java take any usage for all.",
    "root": "OpenSSL, and with it curl, Python and Node.js, and Go refuse a server certificate below such a root; "
    "Java does not look.",
}


def usage_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `wrong-usage` for the leaf and the CAs of a path."""
    leaf = judged.path.nodes[0].certificate
    causes = []
    problem = usage_problem(leaf, leaf=True)
    if problem:
        causes.append(_leaf_usage(case, leaf, problem))
    elif leaf.is_ca and (judged.path.anchored or not is_self_signed(leaf)):
        causes.append(_ca_as_leaf(case, leaf))
    nodes = judged.path.nodes
    causes += [
        _issuer_usage(case, nodes[flaw.position].certificate, flaw.detail)
        for flaw in judged.flaws
        if flaw.cause is CauseId.WRONG_USAGE
    ]
    return causes


def _leaf_usage(case: Case, leaf: Certificate, problem: str) -> Cause:
    if problem == "extended-key-usage":
        usages = usages_text(leaf)
        detail = "leaf-any" if ANY_USAGE in (leaf.extended_key_usage or ()) else problem
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
            detail=detail,
            minded_by=variant(CauseId.WRONG_USAGE, detail).clients,
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
        minded_by=variant(CauseId.WRONG_USAGE, problem).clients,
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
        minded_by=variant(CauseId.WRONG_USAGE, "ca").clients,
    )


def _issuer_usage(case: Case, certificate: Certificate, detail: str) -> Cause:
    index = case.index_of(certificate)
    usages = usages_text(certificate)
    return Cause(
        CauseId.WRONG_USAGE,
        Severity.ERROR,
        f"{capital(spoken(case, certificate))} may not issue certificates for servers.",
        f"Its extended key usage allows {usages}, and that limits every certificate below it. {_WHO_REFUSES[detail]}",
        FieldId.EXTENDED_KEY_USAGE,
        usages,
        "server authentication (serverAuth), or no limit",
        certificate=index,
        concerns="" if index is not None else certificate.sha256,
        detail=detail,
        minded_by=variant(CauseId.WRONG_USAGE, detail).clients,
    )


def usages_text(certificate: Certificate) -> str:
    """Return the extended key usages in words, or ``nothing`` where the list is empty."""
    oids = certificate.extended_key_usage or ()
    return listing(tuple(USAGE_NAMES.get(oid, oid) for oid in oids)) or "nothing"
