"""Every scenario of the practice lab, in the order lists show them."""

from certwizard.lab.recipes import (
    connection,
    dates,
    double,
    healthy,
    hostile,
    installation,
    mail,
    names,
    policy,
    revocation,
    trust,
)
from certwizard.lab.recipes.recipe import Recipe
from certwizard.lab.scenario import Scenario

_GROUPS = (
    healthy.RECIPES,
    dates.RECIPES,
    names.RECIPES,
    trust.RECIPES,
    installation.RECIPES,
    revocation.RECIPES,
    policy.RECIPES,
    connection.RECIPES,
    mail.RECIPES,
    double.RECIPES,
    hostile.RECIPES,
)

_RECIPES: dict[str, Recipe] = {recipe.scenario.id: recipe for group in _GROUPS for recipe in group}

SCENARIOS: tuple[Scenario, ...] = tuple(recipe.scenario for recipe in _RECIPES.values())
"""All scenarios; the healthy one first."""


def find_scenario(scenario_id: str) -> Scenario | None:
    """Return a scenario by its id, or None."""
    recipe = find_recipe(scenario_id)
    return recipe.scenario if recipe else None


def find_recipe(scenario_id: str) -> Recipe | None:
    """Return how a scenario is built, or None."""
    return _RECIPES.get(scenario_id)
