"""Certificates that are too old, too young, or seen by a wrong clock."""

from datetime import timedelta

from certwizard.lab.bench import HOUR, Bench
from certwizard.lab.conversations import http_page
from certwizard.lab.plan import DAY, intermediate_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings

_CLOCK_OFFSET = 400 * DAY


def _expired(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf().during(bench.now - 102 * DAY, bench.now - 12 * DAY)))


def _expired_intermediate(bench: Bench) -> OpenScenario:
    plan = intermediate_plan(bench.now, "Practice Intermediate CA 2021")
    old = bench.authority("intermediate", plan.during(bench.now - 5 * 365 * DAY, bench.now - 3 * DAY))
    return bench.serve(bench.issue(by=old))


def _not_yet_valid(bench: Bench) -> OpenScenario:
    start = bench.now + 2 * DAY
    return bench.serve(bench.issue(bench.leaf().during(start, start + 90 * DAY)))


def _expiring(bench: Bench) -> OpenScenario:
    end = bench.now + 2 * DAY + timedelta(hours=1)
    return bench.serve(bench.issue(bench.leaf().during(end - 90 * DAY, end)))


def _clock(bench: Bench) -> OpenScenario:
    start = bench.now + _CLOCK_OFFSET - 20 * DAY
    issued = bench.issue(bench.leaf().during(start, start + 90 * DAY))
    return bench.serve_tls(
        TlsSettings(Identity(issued.chain, issued.key)), http_page(clock_offset=_CLOCK_OFFSET)
    )


def _behind(bench: Bench) -> OpenScenario:
    begin = bench.now + 3 * DAY
    plan = bench.leaf().during(begin, begin + 90 * DAY).silent()
    issued = bench.issue_publicly(plan, logged_at=begin + HOUR)
    # The server's clock stands still as well, so only the logs know better.
    return bench.publicly(bench.serve(issued))


BUILDERS: dict[str, Build] = {
    "expired": _expired,
    "expired-intermediate": _expired_intermediate,
    "not-yet-valid": _not_yet_valid,
    "expiring-soon": _expiring,
    "clock-wrong": _clock,
    "clock-behind": _behind,
}
