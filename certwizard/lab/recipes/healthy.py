"""Servers that are right, so that nobody mistakes a good one for a bad one."""

from datetime import timedelta

from certwizard.domain.vocabulary import Verdict
from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY
from certwizard.lab.recipes.recipe import healthy, recipe
from certwizard.lab.scenario import OpenScenario


def _short_lived(bench: Bench) -> OpenScenario:
    plan = bench.leaf().during(bench.now - DAY, bench.now - DAY + timedelta(hours=160))
    # A certificate of at most seven days needs no revocation information (BR 7.1.2.11.2).
    return bench.serve(bench.issue(plan.unrevocable()))


RECIPES = (
    recipe(
        "healthy",
        "Everything works",
        "A current certificate for the right name, sent with its whole chain.",
        Verdict.ACCEPTED,
        healthy,
    ),
    recipe(
        "healthy-short-lived",
        "Everything works, though the certificate ends this week",
        "A certificate of six days is renewed every few days; five days left is its normal state.",
        Verdict.ACCEPTED,
        _short_lived,
    ),
)
