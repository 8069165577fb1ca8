"""What a check found, in the order and with the words every form of the wizard shows it in."""

from dataclasses import replace

from certwizard.diagnosis.explains import explains
from certwizard.diagnosis.result import Cause, ChainRole, CheckResult, Diagnosis, Fact
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict

UNWELL = (Status.FAIL, Status.WARN)
_ORDER = {Status.FAIL: 0, Status.WARN: 1}


def facts_of(diagnosis: Diagnosis, check: CheckId) -> tuple[Fact, ...]:
    """Return the facts of a check; dates name their certificate where the labels alone do not tell them apart.

    Args:
        diagnosis: What was judged.
        check: Which check.
    """
    facts = diagnosis.check(check).facts
    if check is not CheckId.DATES:
        return facts
    labels = [fact.label for fact in facts]
    roles = [link.role.value for link in diagnosis.path]
    return tuple(
        replace(fact, label=_named(fact.label, roles[labels[:index].count(fact.label)]))
        if labels.count(fact.label) == len(roles) > 1
        else fact
        for index, fact in enumerate(facts)
    )


def _named(label: str, role: str) -> str:
    """The label with its certificate; the field's term stands with the leaf alone, to keep the others short."""
    return f"{label if role == ChainRole.LEAF else label.partition(' (')[0]}, {role}"


def failing_first(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts with the broken ones first, else in their order.

    Args:
        facts: Facts of a check.
    """
    return tuple(sorted(facts, key=lambda fact: _ORDER.get(fact.status, 2)))


def first_failing(facts: tuple[Fact, ...]) -> Fact | None:
    """Return the first fact that is broken or needs attention.

    Args:
        facts: Facts of a check.
    """
    return next((fact for fact in failing_first(facts) if fact.status in UNWELL), None)


def causes_of(diagnosis: Diagnosis, result: CheckResult) -> tuple[Cause, ...]:
    """Return the causes found by one check, in the diagnosis' order.

    Args:
        diagnosis: What was judged.
        result: The check's result.
    """
    return tuple(cause for cause in diagnosis.causes if cause.id in result.causes)


def causes_at(causes: tuple[Cause, ...], fact: Fact | None) -> tuple[Cause, ...]:
    """Return the causes with those of the fact's field first.

    Args:
        causes: Causes of the check.
        fact: The marked fact.
    """
    return tuple(sorted(causes, key=lambda cause: fact is None or cause.field is not fact.field))


def check_of(diagnosis: Diagnosis, cause: Cause) -> CheckId:
    """Return the check that found a cause.

    Args:
        diagnosis: What was judged.
        cause: One of its causes.
    """
    return next((r.check for r in diagnosis.checks if cause.id in r.causes), CheckId.CONNECTION)


def place_of(diagnosis: Diagnosis, cause: Cause) -> str:
    """Return what a cause is among the others: the root, what follows from it, or one beside it.

    Args:
        diagnosis: What was judged.
        cause: One of its causes.
    """
    root = diagnosis.root_cause
    if cause == root:
        return "Root cause"
    return "Follows" if root is not None and explains(root, cause) else "Also"


def note_title(cause: Cause, result: CheckResult) -> str:
    """Return what stands over the explanation of a cause: its headline, unless the step said it already.

    Args:
        cause: A cause of the check.
        result: What the check answered.
    """
    return "Why" if cause.headline == result.headline else cause.headline


def standing_words(diagnosis: Diagnosis) -> str:
    """Return how a diagnosis stands: the number of its problems.

    Args:
        diagnosis: What was judged.
    """
    errors = sum(cause.severity is Severity.ERROR for cause in diagnosis.causes)
    warnings = sum(cause.severity is Severity.WARNING for cause in diagnosis.causes)
    if errors:
        return _count(errors, "problem") + (f", {_count(warnings, 'warning')}" if warnings else "")
    if warnings:
        return _count(warnings, "warning")
    return "not found out" if diagnosis.verdict is Verdict.UNDETERMINED else "nothing wrong"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
