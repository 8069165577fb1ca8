"""Can clients read the certificates at all?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import capital, spoken
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate, ParseProblem
from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CauseId, FieldId, Severity


def malformed_causes(case: Case) -> list[Cause]:
    """Return `malformed` for the leaf and the certificates of the path."""
    best = case.choice.best
    path = [node.certificate for node in best.path.nodes] if best else []
    certificates = path or [certificate for certificate in (case.leaf,) if certificate is not None]
    return [_cause(case, each, each.problems[0]) for each in certificates if each.problems]


def _cause(case: Case, certificate: Certificate, problem: ParseProblem) -> Cause:
    index = case.index_of(certificate)
    more = len(certificate.problems) - 1
    field = _field(problem.field)
    where = "as a whole" if field is FieldId.FINGERPRINT else f"in the field {field.value}"
    return Cause(
        CauseId.MALFORMED,
        Severity.ERROR,
        f"{capital(spoken(case, certificate))} is not encoded as the standard says.",
        f"The fault is {where}: {clean(problem.words, 200)}. "
        + (
            f"There {'is one more fault' if more == 1 else f'are {more} more faults'} of this kind. "
            if more
            else ""
        )
        + "Strict clients refuse to read it. The issuer has to make it again with a correct tool.",
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
