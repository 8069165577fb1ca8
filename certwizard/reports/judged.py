"""What the reports on several targets are made of: a diagnosis with its remedies, and what is counted in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import Verdict
from certwizard.remedies.model import Remedy

WORST_FIRST = (Verdict.REJECTED, Verdict.UNDETERMINED, Verdict.WARNED, Verdict.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Judged:
    """One target's diagnosis with the remedies of its causes."""

    diagnosis: Diagnosis
    remedies: tuple[Remedy, ...] = ()

    @property
    def name(self) -> str:
        """How the target is called."""
        return self.diagnosis.target.display_name

    @property
    def first_end(self) -> datetime | None:
        """When the first certificate of the path as judged ends (UTC); None where nothing was received.

        What was sent and is on no path says nothing of when clients will refuse. Nor does a root's end: it is
        trusted for being in the store.
        """
        path = [link.certificate.not_after for link in self.diagnosis.path[:-1] or self.diagnosis.path]
        ends = path or [sent.certificate.not_after for sent in self.diagnosis.sent[:1]]
        return min((end for end in ends if end is not None), default=None)

    @property
    def left(self) -> timedelta | None:
        """The time until then, negative where it is over."""
        return None if self.first_end is None else self.first_end - self.diagnosis.judged_at

    @property
    def share_left(self) -> float | None:
        """The share of the leaf's lifetime that is left, from 0 to 1."""
        leaf = self.diagnosis.sent[0].certificate if self.diagnosis.sent else None
        if leaf is None or leaf.not_after is None or not leaf.lifetime:
            return None
        return min(max((leaf.not_after - self.diagnosis.judged_at) / leaf.lifetime, 0.0), 1.0)


def fix_of(diagnosis: Diagnosis, remedies: Sequence[Remedy]) -> Remedy | None:
    """Return the remedy that a report shows: the root cause's first one; None where nothing is to repair."""
    root = diagnosis.root_cause
    if root is None or diagnosis.verdict is Verdict.ACCEPTED:
        return None
    return next((remedy for remedy in remedies if remedy.cause is root.id), None)


def worst(results: tuple[Judged, ...]) -> Verdict:
    """Return the worst verdict: rejected, undetermined, warned, accepted."""
    verdicts = {result.diagnosis.verdict for result in results}
    return next(verdict for verdict in WORST_FIRST if verdict in verdicts)
