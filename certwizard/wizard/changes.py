"""What a second look found different from the first."""

from dataclasses import dataclass

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import CauseId, Severity, Status, Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """Causes that went, came and stayed between two diagnoses of one target."""

    gone: tuple[Cause, ...]
    new: tuple[Cause, ...]
    still: tuple[Cause, ...]
    unseen: tuple[Cause, ...] = ()
    """Causes of the look before whose check could not be made this time: neither gone nor there."""
    before: Verdict = Verdict.UNDETERMINED
    after: Verdict = Verdict.UNDETERMINED
    root_before: Cause | None = None
    replaced: str = ""
    """Where the server shows another certificate now: until when the old one and the new one are good."""

    @property
    def nothing(self) -> bool:
        """Whether both looks found the same."""
        return not (self.gone or self.new or self.unseen or self.replaced)

    @property
    def proved(self) -> bool:
        """Whether this look proves the repair: the root cause was looked for again and is gone, and no fault came."""
        came = any(cause.severity is Severity.ERROR for cause in self.new)
        return self.root_before is not None and self.root_before in self.gone and not came

    @property
    def all_well(self) -> bool:
        """Whether nothing is left to do."""
        return self.proved and self.after is Verdict.ACCEPTED

    def groups(self) -> tuple[tuple[str, tuple[Cause, ...]], ...]:
        """Return the causes under the word for what became of them."""
        return ("gone", self.gone), ("new", self.new), ("still", self.still), ("unseen", self.unseen)


SINCE = "Since the last look"
UNCHANGED = "nothing changed"
REPLACED = "another certificate"
UNSEEN = "could not be looked at this time"


def outcome_words(changes: Changes) -> str:
    """Return what the second look means for the repair, in a sentence; empty where it means nothing yet.

    Args:
        changes: Against the look before.
    """
    root = changes.root_before
    if root is None or not changes.proved:
        return ""
    words = f"proved: this look no longer finds {root.id.value}"
    if changes.all_well:
        return f"{words}, and nothing else is wrong."
    return f"{words}; what is still there is listed below."


def compare(before: Diagnosis, after: Diagnosis) -> Changes:
    """Return what changed from one diagnosis to the next.

    Args:
        before: The earlier diagnosis.
        after: The later one.
    """
    old, new = {_key(cause) for cause in before.causes}, {_key(cause) for cause in after.causes}
    missing = [cause for cause in before.causes if _key(cause) not in new]
    return Changes(
        gone=tuple(cause for cause in missing if _was_looked_for(cause, before, after)),
        new=tuple(cause for cause in after.causes if _key(cause) not in old),
        still=tuple(cause for cause in after.causes if _key(cause) in old),
        unseen=tuple(cause for cause in missing if not _was_looked_for(cause, before, after)),
        before=before.verdict,
        after=after.verdict,
        root_before=before.root_cause,
        replaced=_replaced(before, after),
    )


def _replaced(before: Diagnosis, after: Diagnosis) -> str:
    """Return in a phrase how the leaf was replaced; empty where it was not, or is not known on both sides."""
    if not before.sent or not after.sent:
        return ""
    old, new = before.sent[0].certificate, after.sent[0].certificate
    if old.sha256 == new.sha256:
        return ""
    ends = [
        f"{each.not_after:%Y-%m-%d}" if each.not_after else "a date that cannot be read"
        for each in (old, new)
    ]
    return f"ended {ends[0]}, now {ends[1]}" if ends[0] != ends[1] else f"ends {ends[1]} as before"


def _was_looked_for(cause: Cause, before: Diagnosis, after: Diagnosis) -> bool:
    """Whether the check that found a cause came to a result again; a server that is silent now proves nothing."""
    if after.verdict is Verdict.UNDETERMINED:
        return False
    found_by = {result.check for result in before.checks if cause.id in result.causes}
    now = [result.status for result in after.checks if result.check in found_by]
    return all(status not in (Status.UNKNOWN, Status.SKIPPED) for status in now)


def _key(cause: Cause) -> tuple[CauseId, int | None]:
    return cause.id, cause.certificate
