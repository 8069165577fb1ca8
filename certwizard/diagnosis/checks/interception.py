"""Was the certificate made on the way, by a program or device between client and server?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate, DistinguishedName
from certwizard.domain.cleantext import clean
from certwizard.domain.scts import certificate_scts
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import relative
from certwizard.knowledge.interception import Interceptor, InterceptorKind, interceptor_named

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
    """Return `interception` where a known product issued a certificate for the very name that was asked for.

    A chain that ends at a root of a vendor is none, and neither is an appliance's own certificate: that one is
    not for the name.
    """
    if case.leaf is None or case.publicly_trusted or case.name_matches is not True:
        return []
    found = _interceptor(judged)
    return [] if found is None else [_cause(case, case.leaf, *found)]


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


def _cause(case: Case, leaf: Certificate, product: Interceptor, issuer: DistinguishedName) -> Cause:
    shown = f"“{clean(issuer.short, _LONGEST_NAME)}”"
    return Cause(
        CauseId.INTERCEPTION,
        Severity.ERROR,
        f"{product.product} reads along: it made this certificate in the server's name.",
        f"The issuer {shown} is known as {_WHO[product.kind]}. {_signs(case, leaf)} What is sent over this "
        f"connection can be read and changed there. {_WHAT[product.kind]}",
        FieldId.ISSUER,
        f"issued by {shown}",
        "a certificate of the site's own CA",
        certificate=0,
        detail=product.kind.value,
    )


def _signs(case: Case, leaf: Certificate) -> str:
    """Return what else speaks for it, in one sentence."""
    signs = ["no root that browsers ship stands above it"]
    if not certificate_scts(leaf).scts:
        signs.append("it stands in no public log")
    if leaf.not_before is not None and leaf.not_before <= case.judged_at:
        signs.append(f"{quoted(leaf)} was issued {relative(leaf.not_before, case.judged_at)}")
    return f"This rests on that name; besides, {listing(tuple(signs))}."
