"""Certificates that are too old, too young, or seen by a wrong clock."""

from datetime import timedelta

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import http_page
from certwizard.lab.plan import DAY, intermediate_plan
from certwizard.lab.recipes.recipe import recipe
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


RECIPES = (
    recipe(
        "expired",
        "It worked for months, and since last week nobody gets in",
        "The renewal job failed without a word, and the certificate ran out.",
        Verdict.REJECTED,
        _expired,
        CauseId.EXPIRED,
    ),
    recipe(
        "expired-intermediate",
        "The certificate was renewed, and still nobody gets in",
        "The chain file was set by hand years ago; the CA's own certificate in it has run out since.",
        Verdict.REJECTED,
        _expired_intermediate,
        CauseId.EXPIRED,
    ),
    recipe(
        "not-yet-valid",
        "The brand-new certificate is refused",
        "It was issued for a later day, or by a CA whose clock runs ahead.",
        Verdict.REJECTED,
        _not_yet_valid,
        CauseId.NOT_YET_VALID,
    ),
    recipe(
        "expiring-soon",
        "All is well, until the day after tomorrow",
        "The automatic renewal should have run weeks ago, and nobody noticed that it did not.",
        Verdict.WARNED,
        _expiring,
        CauseId.EXPIRING_SOON,
    ),
    recipe(
        "clock-wrong",
        "On this one computer every site has a bad certificate",
        "A computer without a battery for its clock wakes up in the past.",
        Verdict.REJECTED,
        _clock,
        CauseId.CLOCK_WRONG,
        CauseId.NOT_YET_VALID,
    ),
)
