"""Which parts of a certificate stand in which row: by what is open, or by what is searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from certwizard.domain.anatomy.part import Part

Place = tuple[int, ...]
"""Where a part stands: its number among its siblings at each level."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tree."""

    part: Part
    place: Place
    is_open: bool = False
    is_found: bool = True
    """Whether it holds what is searched, or only leads to it."""

    @property
    def depth(self) -> int:
        """How deep it stands; 0 for the fields of the certificate."""
        return len(self.place) - 1


def visible_rows(root: Part, opened: Set[Place]) -> list[Row]:
    """Return the rows of the open parts.

    Args:
        root: The whole certificate; has no row of its own.
        opened: Places whose children are shown.
    """
    return list(_visible(root, (), opened))


def _visible(parent: Part, above: Place, opened: Set[Place]) -> Iterator[Row]:
    for number, part in enumerate(parent.children):
        place = (*above, number)
        is_open = place in opened and bool(part.children)
        yield Row(part, place, is_open)
        if is_open:
            yield from _visible(part, place, opened)


def found_rows(root: Part, words: str) -> list[Row]:
    """Return the rows that hold every word, with those that lead to them.

    Args:
        root: The whole certificate.
        words: What is searched; letter case does not count.
    """
    return _found(root, (), words.casefold().split())


def _found(parent: Part, above: Place, wanted: list[str]) -> list[Row]:
    rows: list[Row] = []
    for number, part in enumerate(parent.children):
        place = (*above, number)
        inside = _found(part, place, wanted)
        hit = _holds(part, wanted)
        if hit or inside:
            rows.append(Row(part, place, bool(inside), hit))
            rows += inside
    return rows


def _holds(part: Part, wanted: list[str]) -> bool:
    text = f"{part.label}\n{part.value}\n{part.note}\n{part.copy}".casefold()
    return all(word in text for word in wanted)


def places_of_fields(root: Part, fields: Iterable[str]) -> dict[Place, str]:
    """Return where each field stands: the first part at the top that belongs to it.

    Args:
        root: The whole certificate.
        fields: Values of FieldId.
    """
    wanted = set(fields)
    found: dict[Place, str] = {}
    for number, part in enumerate(root.children):
        name = part.field.value if part.field is not None else ""
        if name in wanted:
            wanted.discard(name)
            found[number,] = name
    return found
