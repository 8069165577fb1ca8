"""Servers that are right, so that nobody mistakes a good one for a bad one."""

from datetime import timedelta

from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario


def _healthy(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue())


def _short_lived(bench: Bench) -> OpenScenario:
    plan = bench.leaf().during(bench.now - DAY, bench.now - DAY + timedelta(hours=160))
    # A certificate of at most seven days needs no revocation information (BR 7.1.2.11.2).
    return bench.serve(bench.issue(plan.unrevocable()))


def _public(bench: Bench) -> OpenScenario:
    return bench.publicly(bench.serve(bench.issue_publicly()))


BUILDERS: dict[str, Build] = {
    "healthy": _healthy,
    "healthy-short-lived": _short_lived,
    "healthy-public": _public,
}
