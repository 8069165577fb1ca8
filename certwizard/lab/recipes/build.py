"""What a recipe is: a function that makes a scenario at the bench."""

from collections.abc import Callable

from certwizard.lab.bench import Bench
from certwizard.lab.scenario import OpenScenario

Build = Callable[[Bench], OpenScenario]
