"""What a second look found different from the first."""

from dataclasses import dataclass

from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.vocabulary import CauseId


@dataclass(frozen=True, slots=True)
class Changes:
    """Causes that went, came and stayed between two diagnoses of one target."""

    gone: tuple[Cause, ...]
    new: tuple[Cause, ...]
    still: tuple[Cause, ...]

    @property
    def nothing(self) -> bool:
        """Whether both looks found the same."""
        return not (self.gone or self.new)

    def groups(self) -> tuple[tuple[str, tuple[Cause, ...]], ...]:
        """Return the causes under the word for what became of them."""
        return ("gone", self.gone), ("new", self.new), ("still", self.still)


SINCE = "Since the last look"
UNCHANGED = "nothing changed"


def compare(before: Diagnosis, after: Diagnosis) -> Changes:
    """Return what changed from one diagnosis to the next.

    Args:
        before: The earlier diagnosis.
        after: The later one.
    """
    old, new = {_key(cause) for cause in before.causes}, {_key(cause) for cause in after.causes}
    return Changes(
        gone=tuple(cause for cause in before.causes if _key(cause) not in new),
        new=tuple(cause for cause in after.causes if _key(cause) not in old),
        still=tuple(cause for cause in after.causes if _key(cause) in old),
    )


def _key(cause: Cause) -> tuple[CauseId, int | None]:
    return cause.id, cause.certificate
