"""The targets looked at last, kept in the user's state folder: names, verdicts and times alone.

The wizard works the same without the file: what cannot be read counts as nothing, what cannot be written is
left. It is replaced whole, so that two wizards at once lose an entry at worst.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import Verdict
from certwizard.wizard.folders import own_folder, read_small, write_small

MOST = 20
LONGEST = 300
_NAME = "recent.json"


@dataclass(frozen=True, slots=True)
class Recent:
    """A target that was looked at."""

    target: str
    """The words that name it."""
    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the file holds."""

    targets: tuple[Recent, ...] = ()
    """The last one first."""
    wanted: bool = True
    """Whether targets are kept at all."""


class RecentTargets:
    """The file with the targets looked at last."""

    def __init__(self, path: Path | None) -> None:
        """Use a file.

        Args:
            path: The file; None where there is no folder for it, and nothing is kept.
        """
        self.path = path

    def load(self) -> Remembered:
        """Return what is remembered; nothing where the file is missing, unreadable or damaged."""
        try:
            return _decoded(_read(self.path)) if self.path is not None else Remembered()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Remembered()

    def add(self, recent: Recent) -> None:
        """Remember a target as the last one, if that is wanted.

        Args:
            recent: What was looked at.
        """
        if recent.target and len(recent.target) <= LONGEST:
            self._change(lambda kept: _with(kept, recent) if kept.wanted else kept)

    def remove(self, target: str) -> bool:
        """Forget one target; returns whether the file is as it should be.

        Args:
            target: The words that name it.
        """
        return self._change(
            lambda kept: replace(kept, targets=tuple(each for each in kept.targets if each.target != target))
        )

    def clear(self) -> bool:
        """Forget all targets; returns whether the file is as it should be."""
        return self._change(lambda kept: replace(kept, targets=()))

    def want(self, wanted: bool) -> bool:
        """Keep targets from now on, or keep none and forget those there are.

        Args:
            wanted: Whether to keep them.
        """
        return self._change(lambda kept: Remembered(kept.targets if wanted else (), wanted))

    def _change(self, change: Callable[[Remembered], Remembered]) -> bool:
        before = self.load()
        after = change(before)
        if after == before:
            return True
        return self.path is not None and write_small(self.path, _encoded(after))


def recent_targets(environment: Mapping[str, str]) -> RecentTargets:
    """Return the file of this user.

    Args:
        environment: Names the state folder.
    """
    folder = own_folder("XDG_STATE_HOME", environment)
    return RecentTargets(folder / _NAME if folder else None)


def _with(kept: Remembered, recent: Recent) -> Remembered:
    others = (each for each in kept.targets if each.target != recent.target)
    return replace(kept, targets=(recent, *others)[:MOST])


def _read(path: Path) -> str:
    text = read_small(path)
    if text is not None:
        return text
    # A file that is there and may not be read may say that nothing is to be kept.
    damaged = path.is_file() and os.access(path, os.R_OK)
    return '{"wanted": false}' if os.path.lexists(path) and not damaged else "{}"


def _encoded(kept: Remembered) -> str:
    targets = [
        {"target": each.target, "verdict": each.verdict.value, "at": each.at.isoformat(timespec="seconds")}
        for each in kept.targets
    ]
    return json.dumps({"wanted": kept.wanted, "targets": targets}, indent=1)


def _decoded(text: str) -> Remembered:
    value = json.loads(text)
    rows = [each for each in value.get("targets", [])[:MOST] if isinstance(each, dict)]
    found = [one for each in rows if (one := _recent(each)) is not None]
    return Remembered(tuple(found), value.get("wanted", True) is not False)


def _recent(row: dict[str, object]) -> Recent | None:
    target, verdict, at = row.get("target"), row.get("verdict"), row.get("at")
    if not (isinstance(target, str) and isinstance(verdict, str) and isinstance(at, str)):
        return None
    if not target or clean(target, LONGEST) != target:
        return None
    try:
        when = datetime.fromisoformat(at)
        return Recent(target, Verdict(verdict), when if when.tzinfo else when.replace(tzinfo=UTC))
    except ValueError:
        return None
