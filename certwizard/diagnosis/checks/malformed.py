"""Can clients read the certificates at all?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.flaws import KEY_ID
from certwizard.diagnosis.naming import capital, quoted, spoken
from certwizard.diagnosis.result import Cause
from certwizard.domain import der
from certwizard.domain.certificate import Certificate, ParseProblem
from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.variants import variant

_LENIENT = frozenset(
    {
        FieldId.AUTHORITY_KEY_ID.value,
        FieldId.CERTIFICATE_POLICIES.value,
        FieldId.SCT_LIST.value,
        FieldId.OTHER_EXTENSION.value,
    }
)
"""Fields that mainstream clients read past where they can be read at all; else Go or OpenSSL refuses (measured)."""


SUBJECT_ALT_NAME, ADDRESS = "2.5.29.17", 0x87
NEGATIVE = "the serial number is negative (RFC 5280 4.1.2.2)"


def malformed_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `malformed` for the certificates of a path."""
    certificates = [node.certificate for node in judged.path.nodes]
    found = [
        _cause(case, certificate, problems)
        for certificate in certificates
        if (problems := problems_of(certificate))
    ]
    for flaw in judged.flaws:
        if flaw.detail == KEY_ID:
            issuer = certificates[min(flaw.position + 1, len(certificates) - 1)]
            found.append(_key_id(case, certificates[flaw.position], issuer, flaw.variant.clients))
    return found


def unreadable_causes(case: Case, leaf: Certificate) -> list[Cause]:
    """Return `malformed` for a leaf from which no path can begin."""
    problems = problems_of(leaf)
    return [_cause(case, leaf, problems)] if problems else []


def _key_id(case: Case, child: Certificate, issuer: Certificate, clients: frozenset[str] | None) -> Cause:
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
        clients,
    )


def problems_of(certificate: Certificate) -> tuple[ParseProblem, ...]:
    """Return what breaks the encoding rules, what clients refuse first."""
    problems = list(certificate.problems)
    if certificate.serial is not None and certificate.serial < 0:
        problems.append(ParseProblem(FieldId.SERIAL.value, NEGATIVE))
    return tuple(sorted(problems, key=_is_read_past))


def _is_read_past(problem: ParseProblem) -> bool:
    return problem.readable and problem.field in _LENIENT


def _cause(case: Case, certificate: Certificate, problems: tuple[ParseProblem, ...]) -> Cause:
    index = case.index_of(certificate)
    problem, more = problems[0], len(problems) - 1
    lenient = _is_read_past(problem)
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
        minded_by=None if more else variant(CauseId.MALFORMED, _kind(certificate, problem)).clients,
    )


def _kind(certificate: Certificate, problem: ParseProblem) -> str:
    """Return what the fault is to those that mind only some."""
    constraints = certificate.basic_constraints
    if problem.field == FieldId.OTHER_EXTENSION and certificate.repeats_extension:
        return "twice"
    if problem.field == FieldId.SUBJECT_ALT_NAME and _has_odd_address(certificate):
        return "address-length"
    limited = constraints is not None and not constraints.ca and constraints.path_length is not None
    if problem.field == FieldId.BASIC_CONSTRAINTS and limited:
        return "length-without-ca"
    if problem.words == NEGATIVE:
        return "negative-serial"
    if problem.readable and problem.field == FieldId.NAME_CONSTRAINTS:
        return "empty-limits"
    return problem.field


def _field(name: str) -> FieldId:
    try:
        return FieldId(name)
    except ValueError:
        return FieldId.FINGERPRINT


def _has_odd_address(certificate: Certificate) -> bool:
    """Return whether the list of names can be read, and holds an address of neither 4 nor 16 bytes."""
    values = [each.value_der for each in certificate.extensions if each.oid == SUBJECT_ALT_NAME]
    try:
        names = [name for value in values for name in der.read(value).expect(der.SEQUENCE).children()]
    except der.DerError:
        return False
    return len(values) == 1 and any(name.tag == ADDRESS and len(name.value) not in (4, 16) for name in names)
