"""Two certificates held against each other, field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from certwizard.domain.anatomy.part import Part
from certwizard.domain.vocabulary import FieldId

ONE_VALUE = (FieldId.NOT_BEFORE, FieldId.NOT_AFTER)
"""Fields whose pieces say the same once more in other forms."""
MOST_INSIDE = 200
"""Pieces of one field that are told; the rest is counted."""


class Likeness(Enum):
    """How a field of one certificate stands to that of another."""

    SAME = "same"
    CHANGED = "differs"
    FIRST_ONLY = "only in A"
    SECOND_ONLY = "only in B"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field in both certificates."""

    label: str
    likeness: Likeness
    first: str = ""
    second: str = ""
    inside: tuple["ComparedField", ...] = ()
    """Of a field that differs: those of its pieces that differ."""
    left_out: int = 0
    """Pieces that differ and are not told."""

    @property
    def differs(self) -> bool:
        """Whether it is not the same in both."""
        return self.likeness is not Likeness.SAME

    @property
    def name(self) -> str:
        """People's word for it, without the field's term."""
        return self.label.partition(" (")[0]


def compared(first: Part, second: Part) -> tuple[ComparedField, ...]:
    """Return the fields of two certificates side by side, in the order in which they stand.

    Args:
        first: A certificate taken apart.
        second: Another one.
    """
    return tuple(_paired(first.children, second.children))


def outcome_words(fields: Sequence[ComparedField]) -> str:
    """Return in a sentence what differs.

    Args:
        fields: As `compared` gives them.
    """
    named = [field.name for field in fields if field.differs]
    if not named:
        return "They are the same certificate, byte for byte."
    return f"{len(named)} of {len(fields)} fields differ."


def _paired(first: Sequence[Part], second: Sequence[Part]) -> Iterator[ComparedField]:
    left, right = _keyed(first), _keyed(second)
    for key in _merged(list(left), list(right)):
        yield _field(left.get(key), right.get(key))


def _keyed(parts: Sequence[Part]) -> dict[tuple[str, int], Part]:
    """Return parts by their label, and which of that label they are."""
    seen: Counter[str] = Counter()
    found = {}
    for part in parts:
        found[part.label, seen[part.label]] = part
        seen[part.label] += 1
    return found


def _merged(left: list[tuple[str, int]], right: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the keys of both; one of the right alone comes after the one it follows there."""
    known = set(left)
    after: dict[tuple[str, int] | None, list[tuple[str, int]]] = {}
    before = None
    for key in right:
        if key in known:
            before = key
        else:
            after.setdefault(before, []).append(key)
    return [*after.get(None, ()), *(each for key in left for each in (key, *after.get(key, ())))]


def _field(left: Part | None, right: Part | None) -> ComparedField:
    if left is None or right is None:
        only = left or right
        assert only is not None  # noqa: S101 - the key came from one of them
        if left is None:
            return ComparedField(only.label, Likeness.SECOND_ONLY, second=_said(only))
        return ComparedField(only.label, Likeness.FIRST_ONLY, first=_said(only))
    if _content(left) == _content(right):
        return ComparedField(left.label, Likeness.SAME, _said(left), _said(right))
    inside = [] if left.field in ONE_VALUE else _inside(left.children, right.children)
    return ComparedField(
        left.label, Likeness.CHANGED, _said(left), _said(right),
        tuple(inside[:MOST_INSIDE]), max(len(inside) - MOST_INSIDE, 0),
    )  # fmt: skip


def _inside(first: Sequence[Part], second: Sequence[Part]) -> list[ComparedField]:
    """Return the pieces that differ; of a list of equals, such as names, those that stand in one alone."""
    labels = Counter(part.label for part in first) | Counter(part.label for part in second)
    if any(count > 1 for count in labels.values()):
        return list(_listed(first, second))
    return [field for field in _paired(first, second) if field.differs and len(labels) > 1]


def _listed(first: Sequence[Part], second: Sequence[Part]) -> Iterator[ComparedField]:
    left, right = {_content(each) for each in first}, {_content(each) for each in second}
    for part in first:
        if _content(part) not in right:
            yield ComparedField(part.label, Likeness.FIRST_ONLY, first=_said(part))
    for part in second:
        if _content(part) not in left:
            yield ComparedField(part.label, Likeness.SECOND_ONLY, second=_said(part))


def _said(part: Part) -> str:
    return f"{part.value}{', critical' if part.critical else ''}"


Content = tuple[str, str, bool, tuple[object, ...]]


def _content(part: Part) -> Content:
    """Return what a part says, wherever it stands; the words on how long ago a moment is are no part of it."""
    said = part.copy or part.value
    return part.label, said, part.critical, tuple(_content(child) for child in part.children)
