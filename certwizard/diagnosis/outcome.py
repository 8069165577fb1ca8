"""What one check hands over: its result with the whole causes in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from certwizard.diagnosis.field_rows import with_failing_fields
from certwizard.diagnosis.result import Cause, CheckResult, Fact
from certwizard.domain.vocabulary import CheckId, Severity, Status

SEVERITY_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one check, with its causes in full."""

    check: CheckId
    status: Status
    headline: str
    causes: tuple[Cause, ...] = ()
    facts: tuple[Fact, ...] = ()

    def result(self) -> CheckResult:
        """Return the part that screens and reports show."""
        ids = tuple(dict.fromkeys(cause.id for cause in self.causes))
        return CheckResult(self.check, self.status, self.headline, ids, self.facts)


def conclude(
    check: CheckId, causes: Iterable[Cause], facts: Iterable[Fact], *, good: str, unknown: str = ""
) -> Outcome:
    """Return the outcome that follows from the causes.

    Args:
        check: Which check.
        causes: What was found.
        facts: The rows to show.
        good: The answer where nothing is wrong.
        unknown: Why the check could not be finished; counts unless an error was found anyway.
    """
    ordered = tuple(sorted(causes, key=lambda cause: SEVERITY_ORDER.index(cause.severity)))
    rows = with_failing_fields(ordered, tuple(facts))
    worst = ordered[0].severity if ordered else Severity.INFO
    if worst is Severity.ERROR:
        status = Status.FAIL
    elif unknown:
        return Outcome(check, Status.UNKNOWN, unknown, ordered, rows)
    else:
        status = Status.WARN if worst is Severity.WARNING else Status.PASS
    headline = good if status is Status.PASS else _headline(ordered)
    return Outcome(check, status, headline, ordered, rows)


def skipped(check: CheckId, reason: str, facts: Iterable[Fact] = ()) -> Outcome:
    """Return the outcome of a check that cannot apply."""
    return Outcome(check, Status.SKIPPED, reason, facts=tuple(facts))


def unreadable(check: CheckId, consequence: str) -> Outcome:
    """Return the outcome where the leaf's bytes are no readable certificate."""
    return Outcome(check, Status.UNKNOWN, f"The certificate cannot be read, so {consequence}.")


def _headline(causes: tuple[Cause, ...]) -> str:
    more = sum(cause.severity is not Severity.INFO for cause in causes) - 1
    if more <= 0:
        return causes[0].headline
    return f"{causes[0].headline} There {'is 1 more problem' if more == 1 else f'are {more} more problems'}."
