"""Was the certificate made on the way, by a program or device between client and server?"""

from __future__ import annotations

from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import given_by_user
from certwizard.domain.certificate import Certificate, DistinguishedName, SubjectAltNames
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import match_names
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.scts import certificate_scts
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import relative
from certwizard.knowledge.interception import (
    Interceptor,
    InterceptorKind,
    interceptor_named,
    mints_for_itself,
)

MINTED = "any-name"
"""The detail of what makes a certificate for any name, and whose maker is not known."""
_LONGEST_NAME = 80
_WHO = {
    InterceptorKind.FIREWALL: "a device or service that companies and schools inspect connections with",
    InterceptorKind.ANTIVIRUS: "a program on this very computer that looks into connections",
    InterceptorKind.DEBUGGING: "a tool with which developers look into connections",
    InterceptorKind.UNWANTED: "software that came along unasked and puts every connection at risk",
    InterceptorKind.STATE: "a root with which a state had connections opened",
}
_WHAT = {
    InterceptorKind.FIREWALL: "If it is your company's, give its root to each program; if not, leave the network.",
    InterceptorKind.ANTIVIRUS: "Its HTTPS scanning can be switched off, or its root given to the program that refuses.",
    InterceptorKind.DEBUGGING: "Close it, or give its root to the one program that is looked into, and only there.",
    InterceptorKind.UNWANTED: "Remove it and its root, and change the passwords used on this computer since.",
    InterceptorKind.STATE: "Do not install it, and enter nothing that others must not read.",
}


def interception_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `interception` where a known product made the certificate, or something that makes one for any name.

    A chain that ends at a root of a vendor is none, and neither is an appliance's own certificate: that one is
    not for the name. Where the user gives the root, reading along is known and meant: then it is only told.
    """
    if case.leaf is None or case.publicly_trusted or case.name_matches is not True:
        return []
    made = _made_for_a_made_up_name(case, case.leaf)
    found = _interceptor(judged)
    if found is not None:
        cause = _by_name(case, case.leaf, *found, made=made)
    elif made is not None and not mints_for_itself(case.leaf.issuer):
        cause = _by_deed(case, case.leaf, made)
    else:
        return []
    return [replace(cause, severity=Severity.INFO) if given_by_user(case) else cause]


def _made_for_a_made_up_name(case: Case, leaf: Certificate) -> Certificate | None:
    """Return the certificate that was made for a name that nobody has, by the same hand as the leaf."""
    answer = case.observation.made_up
    if answer is None or not answer.chain or not answer.sni:
        return None
    other = parse_certificate(answer.chain[0])
    same_hand = other.issuer.der == leaf.issuer.der or other.key.spki_sha256 == leaf.key.spki_sha256
    fits = any(match.matches for match in match_names(answer.sni, other.san or SubjectAltNames()))
    return other if same_hand and fits and other.sha256 != leaf.sha256 else None


def _interceptor(judged: Judged) -> tuple[Interceptor, DistinguishedName] | None:
    """Return the product that issued a certificate of the path, a leaf that stands alone included."""
    certificates = [node.certificate for node in judged.path.nodes]
    names = [certificate.issuer for certificate in certificates]
    names += [certificate.subject for certificate in certificates[1:]]
    for name in names:
        product = interceptor_named(name)
        if product is not None:
            return product, name
    return None


def _by_name(
    case: Case,
    leaf: Certificate,
    product: Interceptor,
    issuer: DistinguishedName,
    *,
    made: Certificate | None,
) -> Cause:
    proof = f" {_proof(case)}" if made is not None else ""
    shown = f"“{clean(issuer.short, _LONGEST_NAME)}”"
    return Cause(
        CauseId.INTERCEPTION,
        Severity.ERROR,
        f"{product.product} reads along: it made this certificate in the server's name.",
        f"The issuer {shown} is known as {_WHO[product.kind]}. This rests on that name; besides, "
        f"{_signs(case, leaf)}.{proof} What is sent over this "
        f"connection can be read and changed there. {_WHAT[product.kind]}",
        FieldId.ISSUER,
        f"issued by {shown}",
        "a certificate of the site's own CA",
        certificate=0,
        detail=product.kind.value,
    )


def _by_deed(case: Case, leaf: Certificate, made: Certificate) -> Cause:
    shown = f"“{clean(leaf.issuer.short, _LONGEST_NAME)}”"
    return Cause(
        CauseId.INTERCEPTION,
        Severity.ERROR,
        f"Something on the way made this certificate: {shown} makes one for whatever name is asked for.",
        f"{_proof(case)} No server has a certificate for such a name, so it was made at that moment, and the one "
        f"for {case.asked} by the same hand. Besides, {_signs(case, leaf)}. What is sent over this connection can be "
        "read and changed there. At work it may be your company's device: ask its administrators for the name. "
        "If nobody knows of it, leave the network.",
        FieldId.ISSUER,
        f"issued by {shown}, as is one for {case.observation.made_up.sni if case.observation.made_up else ''}",
        "a certificate of the site's own CA",
        certificate=0,
        detail=MINTED,
    )


def _proof(case: Case) -> str:
    asked = case.observation.made_up
    name = asked.sni if asked is not None else ""
    return f"Asked for the made-up name {name}, the same address answered with a certificate for it."


def _signs(case: Case, leaf: Certificate) -> str:
    """Return what else speaks for it."""
    signs = ["no root that browsers ship stands above it"]
    if not certificate_scts(leaf).scts:
        signs.append("it stands in no public log")
    if leaf.not_before is not None and leaf.not_before <= case.judged_at:
        signs.append(f"{quoted(leaf)} was issued {relative(leaf.not_before, case.judged_at)}")
    return listing(tuple(signs))
