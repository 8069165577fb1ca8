"""From messages to causes: what tells most decides, and what agrees with it strengthens it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certwizard.domain.vocabulary import CauseId
from certwizard.explain.matching import Match


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault that messages speak of, with the causes it can stand for."""

    leading: Match
    """The message that decides."""
    matches: tuple[Match, ...]
    causes: tuple[CauseId, ...]
    """Most likely first."""


def faults_of(matches: Sequence[Match], causes: Mapping[Match, tuple[CauseId, ...]]) -> tuple[Fault, ...]:
    """Return the faults that messages speak of, the one that is told most clearly first.

    Args:
        matches: The messages found.
        causes: What each of them can stand for where it was found.
    """
    telling = [match for match in matches if causes[match]]
    best = max((_clearness(match) for match in telling), default=None)
    chosen = [match for match in telling if _clearness(match) == best]
    times = Counter(match.message.text or match.code for match in chosen)
    chosen.sort(key=lambda match: (len(causes[match]), -times[match.message.text or match.code], match.start))
    groups: list[list[Match]] = []
    for match in chosen:
        group = next((one for one in groups if set(causes[match]) & set(causes[one[0]])), None)
        if group is None:
            groups.append([match])
        else:
            group.append(match)
    return tuple(_fault(group, causes) for group in groups)


def _clearness(match: Match) -> tuple[int, int]:
    return match.telling, int(match.grade)


def _fault(group: Sequence[Match], causes: Mapping[Match, tuple[CauseId, ...]]) -> Fault:
    """Return the fault of messages that agree: what most of them allow first, else in the narrowest one's order."""
    leading = group[0]
    votes = Counter(cause for kind in dict.fromkeys(causes[match] for match in group) for cause in kind)
    order = causes[leading]
    ranked = sorted(order, key=lambda cause: (-votes[cause], order.index(cause)))
    return Fault(leading, tuple(group), tuple(ranked))
