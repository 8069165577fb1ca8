"""Can clients read the certificates at all?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import capital, quoted, spoken
from certwizard.diagnosis.paths import key_ids_agree
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate, ParseProblem
from certwizard.domain.cleantext import clean
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

_LENIENT = frozenset(
    {FieldId.AUTHORITY_KEY_ID.value, FieldId.CERTIFICATE_POLICIES.value, FieldId.OTHER_EXTENSION.value}
)
"""Fields that mainstream clients do not read, or read less strictly than the standard."""


def malformed_causes(case: Case) -> list[Cause]:
    """Return `malformed` for the leaf and the certificates of the path."""
    best = case.choice.best
    path = [node.certificate for node in best.path.nodes] if best else []
    certificates = path or [certificate for certificate in (case.leaf,) if certificate is not None]
    found = []
    for certificate in certificates:
        problems = problems_of(certificate)
        if problems:
            found.append(_cause(case, certificate, problems))
    return found + _key_id_causes(case)


def _key_id_causes(case: Case) -> list[Cause]:
    """Return a cause for each certificate that names another key of its issuer than the one that signed it."""
    best = case.choice.best
    if best is None:
        return []
    nodes = best.path.nodes
    pairs = [
        (child.certificate, issuer.certificate)
        for child, issuer, edge in zip(nodes, nodes[1:], best.path.edges, strict=False)
        if edge is SignatureStatus.VALID
    ]
    if nodes[-1].certificate.is_self_issued and best.path.anchored:
        pairs.append((nodes[-1].certificate, nodes[-1].certificate))
    return [_key_id(case, *pair) for pair in pairs if key_ids_agree(*pair) is False]


def _key_id(case: Case, child: Certificate, issuer: Certificate) -> Cause:
    index = case.index_of(child)
    return Cause(
        CauseId.MALFORMED,
        Severity.ERROR,
        f"{capital(spoken(case, child))} names another key as its issuer's than the one that signed it.",
        f"Its authority key id is not the subject key id of {quoted(issuer)}, whose key did sign it. OpenSSL, and "
        "with it curl, Python and Node.js, then looks for an issuer that does not exist and refuses; browsers take "
        "the id as a hint. The issuer has to make the certificate again.",
        FieldId.AUTHORITY_KEY_ID,
        (child.authority_key_id or b"").hex(),
        (issuer.subject_key_id or b"").hex(),
        index,
        "" if index is not None else child.sha256,
        "key-id",
        frozenset({"openssl", "curl", "python", "requests", "nodejs", "safari"}),
    )


def problems_of(certificate: Certificate) -> tuple[ParseProblem, ...]:
    """Return what breaks the encoding rules, what clients refuse first."""
    problems = list(certificate.problems)
    if certificate.serial is not None and certificate.serial < 0:
        problems.append(
            ParseProblem(FieldId.SERIAL.value, "the serial number is negative (RFC 5280 4.1.2.2)")
        )
    return tuple(sorted(problems, key=lambda problem: problem.field in _LENIENT))


def _cause(case: Case, certificate: Certificate, problems: tuple[ParseProblem, ...]) -> Cause:
    index = case.index_of(certificate)
    problem, more = problems[0], len(problems) - 1
    lenient = problem.field in _LENIENT
    field = _field(problem.field)
    where = "the certificate as a whole" if field is FieldId.FINGERPRINT else f"the field {field.value}"
    return Cause(
        CauseId.MALFORMED,
        Severity.WARNING if lenient else Severity.ERROR,
        f"{capital(spoken(case, certificate))} is not encoded as the standard says.",
        f"The fault concerns {where}: {clean(problem.words, 200)}. "
        + (
            f"There {'is one more fault' if more == 1 else f'are {more} more faults'} of this kind. "
            if more
            else ""
        )
        + (
            "Most clients read past this field, strict ones refuse. "
            if lenient
            else "Clients with strict readers refuse it. "
        )
        + "The issuer has to make it again with a correct tool.",
        field,
        clean(problem.words, 200),
        "an encoding by RFC 5280",
        index,
        "" if index is not None else certificate.sha256,
    )


def _field(name: str) -> FieldId:
    try:
        return FieldId(name)
    except ValueError:
        return FieldId.FINGERPRINT
