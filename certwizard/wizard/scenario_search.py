"""Finds practice scenarios by what somebody types."""

from collections.abc import Iterable

from certwizard.lab.scenario import Scenario


def fitting(scenarios: Iterable[Scenario], words: str) -> list[Scenario]:
    """Return the scenarios that fit what was typed, those whose id begins so first.

    Args:
        scenarios: All of them.
        words: What was typed.
    """
    typed = words.strip().lower().replace(" ", "-")
    found = [(rank, scenario) for scenario in scenarios if (rank := _rank(scenario, typed)) is not None]
    return [scenario for _, scenario in sorted(found, key=lambda pair: pair[0])]


def _rank(scenario: Scenario, typed: str) -> int | None:
    """How well a scenario fits: 0 by the start of its id, 1 by its id, 2 by its words."""
    if scenario.id == typed:
        return -1
    if scenario.id.startswith(typed):
        return 0
    if typed in scenario.id:
        return 1
    text = f"{scenario.title} {scenario.story}".lower().replace(" ", "-")
    return 2 if typed in text else None
