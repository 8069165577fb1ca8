"""What a recipe is: a scenario and the function that builds it."""

from collections.abc import Callable
from dataclasses import dataclass

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.bench import Bench
from certwizard.lab.scenario import OpenScenario, Scenario

Build = Callable[[Bench], OpenScenario]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A scenario with how it is built."""

    scenario: Scenario
    build: Build


def recipe(name: str, title: str, story: str, verdict: Verdict, build: Build, *causes: CauseId) -> Recipe:
    """Return a recipe.

    Args:
        name: The scenario's id.
        title: What happens to the user.
        story: How servers get into this state.
        verdict: What must be found in a word.
        build: Builds it.
        causes: What must be found; the first is the root cause.
    """
    root = causes[0] if causes else None
    return Recipe(Scenario(name, title, story, verdict, root, frozenset(causes)), build)


def healthy(bench: Bench) -> OpenScenario:
    """Serve a good certificate with its whole chain."""
    return bench.serve(bench.issue())
