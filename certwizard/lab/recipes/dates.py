"""Certificates that are too old, too young, or seen by a wrong clock."""

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY
from certwizard.lab.recipes.recipe import recipe
from certwizard.lab.scenario import OpenScenario


def _expired(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf().during(bench.now - 102 * DAY, bench.now - 12 * DAY)))


RECIPES = (
    recipe(
        "expired",
        "It worked for months, and since last week nobody gets in",
        "The renewal job failed without a word, and the certificate ran out.",
        Verdict.REJECTED,
        _expired,
        CauseId.EXPIRED,
    ),
)
