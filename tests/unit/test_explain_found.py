"""Messages collected from public threads after the catalogue was written."""

from pathlib import Path

import pytest

from certwizard.explain.engine import explain
from tests.unit.explain_mess import CUTTING, RULES

FOUND = Path(__file__).parent / "explain_corpus" / "found.txt"
FIRST, WITHIN_THREE = 0.9, 0.98
BROKEN = 0.96
"""A number that is broken in two at the end of a line is not put together again."""


def records() -> list[tuple[frozenset[str], str]]:
    """Return what the first guess may be, with the text."""
    parts = FOUND.read_text(encoding="utf-8").split("\n=== ")[1:]
    pairs = (part.split("\n", 1) for part in parts)
    return [(frozenset(head.split()), text.removeprefix("remembered: ")) for head, text in pairs]


def guesses(text: str) -> list[str]:
    return [guess.id.value for guess in explain(text).guesses[:3]]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in CUTTING])
def test_what_people_reported_is_explained_in_each_messy_state(rule: str) -> None:
    found = [(right, guesses(RULES[rule](text)), text) for right, text in records()]
    wrong = [(sorted(right), some, text[:80]) for right, some, text in found if not right & set(some[:1])]
    missed = [row for row in found if not row[0] & set(row[1])]
    least = WITHIN_THREE if rule != "broken within words" else BROKEN
    assert len(wrong) <= len(found) * (1 - FIRST), wrong
    assert len(missed) <= len(found) * (1 - least), missed
