"""Did the server answer with another certificate than the one meant for this name?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import issuer_quoted, listing, quoted
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import Handshake
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.rules import default_certificate


def wrong_certificate_cause(case: Case) -> Cause | None:
    """Return `wrong-certificate-served` where there is proof, not where a mismatch merely looks like it."""
    leaf = case.leaf
    if leaf is None or case.asked is None or case.from_files:
        return None
    if case.name_matches:
        return None
    default = default_certificate(leaf.subject)
    if default is not None:
        return _default(case, leaf, default.product)
    if _is_for_a_bare_machine(leaf):
        return _default(case, leaf, "a machine, made when its software was installed")
    other = matching_elsewhere(case, leaf)
    return _elsewhere(case, leaf, *other) if other else None


def _is_for_a_bare_machine(leaf: Certificate) -> bool:
    """Whether it signed itself for names without a domain, as Debian's snakeoil certificate does."""
    names = leaf.san.dns if leaf.san else (leaf.subject.first("CN") or "",)
    return is_self_signed(leaf) and bool(names) and all(is_bare(name) for name in names)


def is_bare(name: str) -> bool:
    """Return whether a name is one label of a host name, such as ``debian`` or ``localhost``."""
    return bool(name) and "." not in name and name.replace("-", "").isalnum()


def _default(case: Case, leaf: Certificate, product: str) -> Cause:
    return Cause(
        id=CauseId.WRONG_CERTIFICATE_SERVED,
        severity=Severity.ERROR,
        headline=f"The server answered with a default certificate, not with the one for {case.asked}.",
        explanation=(
            f"{quoted(leaf)} is the certificate of {product}. It is served when no certificate is set for the "
            "asked name, or when the one that is set cannot be read. The site's own certificate may well be "
            "fine; the configuration does not lead to it."
        ),
        field=FieldId.SUBJECT,
        seen=clean(leaf.subject.text, 200) or "(empty name)",
        expected=f"a certificate for {case.asked}",
        certificate=0,
        detail="default-certificate",
    )


def matching_elsewhere(case: Case, leaf: Certificate) -> tuple[Handshake, Certificate] | None:
    """Return another handshake that got a certificate for the asked name, or None."""
    for handshake in case.observation.handshakes:
        if not handshake.chain:
            continue
        other = case.read(handshake.chain[0])
        if other.sha256 == leaf.sha256:
            continue
        if any(match.matches for match in match_names(case.asked or "", other.san or SubjectAltNames())):
            return handshake, other
    return None


def _elsewhere(case: Case, leaf: Certificate, handshake: Handshake, other: Certificate) -> Cause:
    judged = case.handshake
    if judged is not None and handshake.address != judged.address:
        where, detail = (
            f"{handshake.address} serves the right one, {judged.address} does not",
            "other-address",
        )
    elif handshake.sni is None:
        where, detail = (
            "without a name in the handshake it serves the right one, with the name it does not",
            "no-sni",
        )
    else:
        where, detail = "in another handshake it served the right one", "other-handshake"
    names = leaf.san.all if leaf.san else (leaf.subject.short,)
    return Cause(
        id=CauseId.WRONG_CERTIFICATE_SERVED,
        severity=Severity.ERROR,
        headline=f"The server has a certificate for {case.asked}, but answered with another one.",
        explanation=(
            f"The same service has the right certificate: {where}. The one judged here is for "
            f"{clean(listing(names), 200)}. A virtual host, a listener or one node of several is set up "
            "differently."
        ),
        field=FieldId.SUBJECT_ALT_NAME,
        seen=f"{quoted(leaf)} issued by {issuer_quoted(leaf)}",
        expected=f"{quoted(other)} issued by {issuer_quoted(other)}",
        certificate=0,
        detail=detail,
    )
