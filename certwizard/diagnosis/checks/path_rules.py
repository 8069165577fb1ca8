"""Causes for the rules of RFC 5280 section 6 that a path breaks."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.constraints import (
    BOUNDED,
    EXCLUDED_NAME,
    NOT_A_NAME,
    SELF_ISSUED,
    TOO_MANY,
    UNSUPPORTED,
    WILDCARD,
    Violation,
)
from certwizard.diagnosis.flaws import Flaw, authorities_below
from certwizard.diagnosis.naming import capital, issuer_quoted, quoted, spoken
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Severity


def path_rule_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return the causes of the trust group that a path itself shows."""
    makers = {
        CauseId.BAD_SIGNATURE: _bad_signature,
        CauseId.NOT_A_CA: _not_a_ca,
        CauseId.PATH_LENGTH: _path_length,
        CauseId.NAME_CONSTRAINTS: _name_constraints,
    }
    causes = [makers[flaw.cause](case, judged, flaw) for flaw in judged.flaws if flaw.cause in makers]
    if not judged.path.nodes[1:]:
        causes += _own_signature(case, judged)
    return causes


def _cause(case: Case, certificate: Certificate, cause: Cause) -> Cause:
    """Return the cause with the certificate it is found on filled in."""
    index = case.index_of(certificate)
    return Cause(
        id=cause.id,
        severity=cause.severity,
        headline=cause.headline,
        explanation=cause.explanation,
        field=cause.field,
        seen=cause.seen,
        expected=cause.expected,
        certificate=index,
        concerns="" if index is not None else certificate.sha256,
        detail=cause.detail,
        minded_by=cause.minded_by,
    )


def _bad_signature(case: Case, judged: Judged, flaw: Flaw) -> Cause:
    child = judged.path.nodes[flaw.position].certificate
    issuer = judged.path.nodes[flaw.position + 1].certificate
    return _cause(
        case,
        child,
        Cause(
            CauseId.BAD_SIGNATURE,
            Severity.ERROR,
            f"The signature on {spoken(case, child)} is wrong.",
            f"It names {issuer_quoted(child)} as its issuer, but the key of that certificate does not verify "
            "the signature. Either the certificate was changed after it was signed, the file was damaged, "
            "or the issuer certificate belongs to another key with the same name.",
            FieldId.SIGNATURE,
            f"{child.signature.name}, does not verify",
            f"a signature made with the key of {quoted(issuer)}",
        ),
    )


def _own_signature(case: Case, judged: Judged) -> list[Cause]:
    """Return the cause of a self-issued leaf whose own key does not verify it, if it says the key is its own."""
    leaf = judged.path.nodes[0].certificate
    ids = (leaf.authority_key_id, leaf.subject_key_id)
    claims_own_key = ids[0] is None or ids[0] == ids[1]
    if not leaf.is_self_issued or judged.path.self_signed_end or judged.path.anchored or not claims_own_key:
        return []
    cause = Cause(
        CauseId.BAD_SIGNATURE,
        Severity.ERROR,
        f"The signature on {spoken(case, leaf)} is wrong.",
        "It names itself as its issuer, but its own key does not verify the signature. It was changed after "
        "it was signed, or the file was damaged.",
        FieldId.SIGNATURE,
        f"{leaf.signature.name}, does not verify",
        "a signature made with its own key",
    )
    return [_cause(case, leaf, cause)]


def _not_a_ca(case: Case, judged: Judged, flaw: Flaw) -> Cause:
    issuer = judged.path.nodes[flaw.position].certificate
    child = judged.path.nodes[flaw.position - 1].certificate
    by_usage = flaw.detail == "key-usage"
    usage = ", ".join(sorted(issuer.key_usage or ())) or "nothing"
    return _cause(
        case,
        issuer,
        Cause(
            CauseId.NOT_A_CA,
            Severity.ERROR,
            f"{capital(quoted(issuer))} issued {spoken(case, child)} but may not issue certificates.",
            (
                "Its key usage does not hold keyCertSign, "
                if by_usage
                else "It is no CA certificate (basic constraints without CA:TRUE), "
            )
            + "so clients refuse every certificate below it. The certificate has to be issued by a real CA.",
            FieldId.KEY_USAGE if by_usage else FieldId.BASIC_CONSTRAINTS,
            usage if by_usage else ("CA:FALSE" if issuer.basic_constraints else "no basic constraints"),
            "keyCertSign" if by_usage else "CA:TRUE",
            detail=flaw.detail,
            minded_by=flaw.variant.clients,
        ),
    )


def _path_length(case: Case, judged: Judged, flaw: Flaw) -> Cause:
    authority = judged.path.nodes[flaw.position].certificate
    allowed = authority.basic_constraints.path_length if authority.basic_constraints else None
    own = flaw.detail == SELF_ISSUED
    below = flaw.position - 1 if own else authorities_below(judged.path, flaw.position)
    counted = (
        "One of them is a CA's own step to a new key, which does not count (RFC 5280 6.1.4). Go and GnuTLS count "
        "it all the same and refuse; other clients accept."
        if own
        else "Clients refuse the whole chain. The lower CA has to be issued by one that allows it."
    )
    return _cause(
        case,
        authority,
        Cause(
            CauseId.PATH_LENGTH,
            flaw.variant.severity,
            f"More CAs follow {quoted(authority)} than {'some clients take it to allow' if own else 'it allows'}.",
            f"Its path length constraint allows {allowed} CA certificates below it, the chain has {below}. {counted}",
            FieldId.BASIC_CONSTRAINTS,
            f"{below} below it",
            f"at most {allowed}",
            detail=flaw.detail,
            minded_by=flaw.variant.clients,
        ),
    )


def _name_constraints(case: Case, judged: Judged, flaw: Flaw) -> Cause:
    broken = flaw.violation or Violation(len(judged.path.nodes) - 1, flaw.position, "", flaw.detail)
    authority = judged.path.nodes[broken.authority].certificate
    bearer = judged.path.nodes[broken.position].certificate
    return _cause(
        case,
        bearer,
        Cause(
            CauseId.NAME_CONSTRAINTS,
            flaw.variant.severity,
            f"The CA {quoted(authority)} may not issue for {broken.name}.",
            f"{capital(spoken(case, bearer))} holds {broken.name}. {_limit_words(broken)} {_who(flaw)}",
            FieldId.NAME_CONSTRAINTS,
            broken.name,
            f"not {broken.constraint}"
            if broken.rule in (EXCLUDED_NAME, WILDCARD)
            else broken.constraint or "fewer names",
            detail=flaw.detail,
            minded_by=flaw.variant.clients,
        ),
    )


def _limit_words(broken: Violation) -> str:
    if broken.rule == TOO_MANY:
        return "There are more names and constraints than clients are willing to compare, so they refuse."
    if broken.rule == NOT_A_NAME:
        return "That is no host name, so it cannot be held against the CA's name constraints."
    if broken.rule == BOUNDED:
        return "The CA's limits count levels of names, which RFC 5280 does not allow."
    if broken.rule == UNSUPPORTED:
        return "The CA limits names of that form in a way that clients cannot apply, so they have to refuse."
    if broken.rule == WILDCARD:
        return f"The wildcard also stands for {broken.constraint}, which the CA's name constraints exclude."
    if broken.rule == EXCLUDED_NAME:
        return f"The CA's name constraints exclude {broken.constraint}."
    return f"The CA's name constraints permit only {broken.constraint}."


def _who(flaw: Flaw) -> str:
    """Return who refuses, where that hangs on the variant."""
    if flaw.detail == "common-name":
        return (
            "It stands in the common name; OpenSSL, and with it curl, Python and Node.js, and Java hold that against "
            "the limits where no host name is listed. Browsers and Go look at the list of names alone."
        )
    if flaw.detail == "common-name-label":
        return (
            "It stands in the common name, which Java takes for a host name and refuses; other clients do not look "
            "at it."
        )
    if flaw.detail == "subject-email":
        return (
            "It stands in the subject; OpenSSL, and with it curl, Python and Node.js, refuses. Browsers, Java and Go "
            "look at the list of names alone."
        )
    if flaw.detail == SELF_ISSUED:
        return (
            "By this certificate a CA only changed its own key, which RFC 5280 6.1.3 exempts from limits; Go does not "
            "and refuses."
        )
    if flaw.detail == NOT_A_NAME:
        return "Go refuses the certificate; the other clients compare what stands there."
    if flaw.detail == BOUNDED:
        return "OpenSSL, and with it curl, Python and Node.js, and Java refuse; Go does not look."
    if flaw.detail == WILDCARD:
        return "Browsers and Go refuse; OpenSSL and Java let it pass."
    return "Clients refuse the certificate even where another of its names was asked for."
