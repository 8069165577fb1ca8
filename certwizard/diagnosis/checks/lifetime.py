"""Is the certificate valid for longer than clients allow?"""

from __future__ import annotations

from datetime import datetime, timedelta

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
    return [_cause(leaf.not_before, leaf.lifetime, limit, refused=refused)]


def _cause(issued: datetime, lifetime: timedelta, limit: ValidityLimit, *, refused: bool) -> Cause:
    length = _length(lifetime)
    beyond = (
        f" what is valid for more than {limit.refused_days} days" if limit.refused_days != limit.days else ""
    )
    consequence = (
        f"Clients refuse{beyond or ' such certificates'}, however good it is otherwise."
        if refused
        else "Today's clients still accept it, but no public CA may issue it, and it may be revoked."
    )
    return Cause(
        CauseId.VALIDITY_TOO_LONG,
        Severity.ERROR if refused else Severity.WARNING,
        f"The certificate is valid for {length}, longer than the {limit.days} days allowed.",
        f"It was issued on {moment(issued)}; from {limit.since:%Y-%m-%d} on at most {limit.days} days are "
        f"allowed ({limit.rule}). {consequence}",
        FieldId.NOT_AFTER,
        length,
        f"at most {limit.days} days",
        certificate=0,
        detail="" if refused else "rule-only",
    )


def _length(lifetime: timedelta) -> str:
    """Return a lifetime in words that tell 398 days from 398 days and a second."""
    days, rest = divmod(lifetime, timedelta(days=1))
    return f"{days} days and {span(rest)}" if rest else f"{days} days"
