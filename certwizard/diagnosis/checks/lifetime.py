"""Is the certificate valid for longer than clients allow?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import moment, span
from certwizard.knowledge.rules import ValidityLimit, validity_limit


def lifetime_causes(case: Case) -> list[Cause]:
    """Return `validity-too-long` by the rule of the day the leaf was issued."""
    leaf = case.leaf
    if not case.readable or ca_stands_first(case) is not None:
        return []  # A CA's own lifetime follows other rules.
    if leaf is None or leaf.not_before is None or leaf.not_after is None or leaf.lifetime is None:
        return []
    limit = validity_limit(leaf.not_before, public=case.publicly_trusted)
    if limit is None:
        return []
    # Clients subtract the dates; the rule for CAs counts the last second too.
    refused = leaf.not_after - leaf.not_before > limit.refused_span
    against_rule = case.publicly_trusted and leaf.lifetime > limit.span
    if not refused and not against_rule:
        return []
    return [_cause(case, limit, refused=refused)]


def _cause(case: Case, limit: ValidityLimit, *, refused: bool) -> Cause:
    leaf = case.leaf
    assert leaf is not None
    assert leaf.lifetime is not None
    assert leaf.not_before is not None
    allowed = limit.refused_days if refused else limit.days
    consequence = (
        "Clients refuse such certificates, however good they are otherwise."
        if refused
        else "Today's clients still accept it, but no public CA may issue it, and it may be revoked."
    )
    return Cause(
        CauseId.VALIDITY_TOO_LONG,
        Severity.ERROR if refused else Severity.WARNING,
        f"The certificate is valid for {span(leaf.lifetime)}, longer than the {allowed} days allowed.",
        f"It was issued on {moment(leaf.not_before)}; from {limit.since:%Y-%m-%d} on at most {allowed} days "
        "are allowed "
        f"({limit.rule}). {consequence}",
        FieldId.NOT_AFTER,
        span(leaf.lifetime),
        f"at most {allowed} days",
        certificate=0,
    )
