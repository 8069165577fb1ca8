"""Does the certificate keep the rules of its profile that have no cause of their own?"""

from __future__ import annotations

from itertools import islice

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks import profile_extensions, profile_fields, profile_names, profile_policies
from certwizard.diagnosis.checks.profile_place import Place, Rule
from certwizard.diagnosis.checks.profile_policies import POLICY_RULES
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.field_rows import LABELS, mark
from certwizard.diagnosis.naming import capital, listing, spoken
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.result import Cause, Fact
from certwizard.diagnosis.stores import severity_for
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import CauseId, FieldId
from certwizard.knowledge.clients import find_profile
from certwizard.knowledge.profile_rules import ProfileRule, profile_rules

RULES: dict[str, Rule] = {
    **profile_extensions.RULES,
    **profile_fields.RULES,
    **profile_names.RULES,
    **profile_policies.RULES,
}
"""How each rule of the table is looked at."""

MOST_PER_RULE = 3
"""A CA that breaks a rule breaks it in everything it issues; more examples say no more."""

_ROWLESS = frozenset(
    {
        FieldId.AUTHORITY_KEY_ID,
        FieldId.SUBJECT_KEY_ID,
        FieldId.BASIC_CONSTRAINTS,
        FieldId.NAME_CONSTRAINTS,
        FieldId.CERTIFICATE_POLICIES,
        FieldId.SUBJECT_ALT_NAME,
        FieldId.SUBJECT,
        FieldId.ISSUER,
        FieldId.CRL_DISTRIBUTION_POINTS,
        FieldId.SERIAL,
        FieldId.VERSION,
        FieldId.NOT_BEFORE,
        FieldId.KEY_USAGE,
        FieldId.EXTENDED_KEY_USAGE,
    }
)
"""Fields that the policy step has no row of its own for."""
_DATES = "Form of the dates"
_ROWS_OF_THE_LEAF = frozenset({FieldId.KEY_USAGE, FieldId.EXTENDED_KEY_USAGE})


def profile_causes(case: Case, judged: Judged) -> list[Cause]:
    """Return `profile-violation` for each rule that a certificate of a path breaks."""
    places = _places(case, judged)
    causes: list[Cause] = []
    for rule in profile_rules().values():
        found = (
            _cause(case, place, rule, clean(seen, 200))
            for place in places
            if _binds(place, rule) and (seen := RULES[rule.id](place))
        )
        causes += islice(found, MOST_PER_RULE)
    return causes


def profile_facts(case: Case, causes: list[Cause]) -> list[Fact]:
    """Return a row for each broken rule on a field that has no row yet."""
    return [
        Fact(
            cause.field,
            f"{_label(cause)} ({_role(case, cause)})",
            cause.seen,
            cause.expected,
            mark(cause.severity),
            cause.certificate,
        )
        for cause in causes
        if cause.id is CauseId.PROFILE_VIOLATION
        and cause.field in _ROWLESS
        and (cause.certificate != 0 or cause.field not in _ROWS_OF_THE_LEAF)
    ]


def _label(cause: Cause) -> str:
    return _DATES if cause.field is FieldId.NOT_BEFORE else LABELS[cause.field]


def _role(case: Case, cause: Cause) -> str:
    if cause.certificate is not None:
        return case.role_of(case.sent[cause.certificate]).value
    return case.role_of(case.pool.nodes[cause.concerns].certificate).value


def _places(case: Case, judged: Judged) -> list[Place]:
    path = judged.path
    nodes = path.nodes
    if len(nodes) == 1 and nodes[0].certificate.is_self_issued:
        return []  # What a server signed itself is outside of the profile (RFC 6818 section 2).
    last = len(nodes) - 1
    # From a wrong signature on these are not the issuer's words, and not the issuer.
    broken = (i for i, edge in enumerate(path.edges) if edge is SignatureStatus.INVALID)
    policies = {flaw.position: flaw.detail for flaw in judged.flaws if flaw.detail in POLICY_RULES}
    return [
        Place(
            certificate=node.certificate,
            leaf=position == 0,
            end=position == last and (node.is_anchor or path.self_signed_end),
            public=case.publicly_trusted,
            issuers=_issuers(case, nodes, position, own=path.self_signed_end),
            policy_fault=policies.get(position, ""),
        )
        for position, node in enumerate(nodes[: next(broken, None)])
    ]


def _issuers(case: Case, nodes: tuple[Node, ...], position: int, *, own: bool) -> tuple[Certificate, ...]:
    """Return the issuer in the path and its twins, of which a client may take another."""
    certificate = nodes[position].certificate
    above = [node.certificate for node in nodes[position + 1 : position + 2]]
    key = (above or [certificate])[0].key.spki_sha256
    twins = (node.certificate for node in case.pool.issuers_of(certificate))
    known = above or ([certificate] if own else [])
    return (*known, *(each for each in twins if each.key.spki_sha256 == key)) if known else ()


def _binds(place: Place, rule: ProfileRule) -> bool:
    issued = place.certificate.not_before
    if place.public and place.end:
        # Vendors decided on the roots they ship; only what a client refuses matters there.
        return rule.refused(issued, end=True)
    return rule.binds(issued, public=place.public)


def _cause(case: Case, place: Place, rule: ProfileRule, seen: str) -> Cause:
    certificate = place.certificate
    index = case.index_of(certificate)
    refused = rule.refused(certificate.not_before, end=place.end)
    return Cause(
        CauseId.PROFILE_VIOLATION,
        severity_for(frozenset(rule.refusing(end=place.end)) if refused else frozenset()),
        capital(rule.fault.format(who=spoken(case, certificate))),
        f"{rule.why} {_enforced(rule, place, refused=refused)} The issuer has to make the certificate again.",
        rule.field,
        seen,
        f"{rule.expected} ({rule.section})",
        index,
        "" if index is not None else certificate.sha256,
        rule.id,
        frozenset(rule.refusing(end=place.end)) if place.end else None,
    )


def _enforced(rule: ProfileRule, place: Place, *, refused: bool) -> str:
    """Return who refuses and who does not."""
    if refused:
        refusing = rule.refusing(end=place.end)
        titles = tuple(profile.title for each in refusing if (profile := find_profile(each)))
        named = listing(titles, len(titles))
        return f"{named} {'refuse' if len(titles) > 1 else 'refuses'} it; other clients pass over it."
    if rule.strict:
        return (
            f"Browsers, curl and Python accept it; strict verifiers such as {listing(rule.strict)} refuse it."
        )
    return "Today's browsers, curl and Python accept it."
