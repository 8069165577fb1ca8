"""The profiles are true: every real client that is here meets every server of the practice lab.

    .venv/bin/pytest -n 0 -s tests/real/test_real_clients.py

prints how many pairs of a client and a scenario agree, and every pair that does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from certwizard.knowledge.clients import find_profile
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.loopback import has_ipv6
from tests.loopback import NEEDS_IPV6
from tests.real.client_matrix import Pair, compare, lab_places
from tests.real.clients import drivers
from tests.real.clients.visit import Driver

AGREEMENT = 0.98
"""The least share of all pairs that must agree."""
_WAITS = "it waits for ever in front of a silent server, so it was stopped before it said anything"
EXPLAINED = {(client, "timeout"): _WAITS for client in ("nodejs", "git", "openssl", "gnutls")} | {
    ("perl", "timeout"): "it says that it cannot connect, and not why"
}
"""Pairs that differ, each with the reason."""
BY_CHANCE = {
    ("curl", "client-cert-required"): "it meets the alert while it sends (55) or while it reads (56)",
    (
        "php",
        "client-cert-required",
    ): "it meets the alert while it reads, or nothing but the closed connection",
    (
        "git",
        "client-cert-required",
    ): "it speaks of the alert or of the closed connection, what it meets first",
}
"""Pairs that differ now and then, each with the reason."""


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Every client at every server."""
    here = [driver for driver in drivers() if not driver.available() and find_profile(driver.id)]
    scenarios = [each for each in SCENARIOS if has_ipv6() or each.id not in NEEDS_IPV6]
    with Lab() as lab:
        yield compare(lab_places(lab, scenarios, tmp_path_factory.mktemp("clients")), here)


@pytest.mark.parametrize("driver", drivers(), ids=lambda driver: driver.id)
def test_each_driver_has_a_profile(driver: Driver) -> None:
    assert find_profile(driver.id) is not None


def test_real_clients_do_and_say_what_their_profiles_say_and_what_is_explained_differs_still(
    pairs: list[Pair],
) -> None:
    """One test: two could run on two workers, and each would send all clients everywhere."""
    differing = [pair for pair in pairs if pair.complaint]
    agreeing = len(pairs) - len(differing)
    clients = {pair.client for pair in pairs}
    reasons = EXPLAINED | BY_CHANCE
    print(f"\nclients x scenarios: {agreeing} of {len(pairs)} agree ({', '.join(sorted(clients))})")
    for pair in differing:
        reason = reasons.get((pair.client, pair.scenario), "NOT EXPLAINED")
        print(f"  {pair.client} x {pair.scenario}: {pair.complaint} [{reason}]")

    assert not [pair for pair in differing if (pair.client, pair.scenario) not in reasons]
    assert agreeing >= AGREEMENT * len(pairs)
    met = {(pair.client, pair.scenario) for pair in pairs}
    differed = {(pair.client, pair.scenario) for pair in differing}
    assert not (set(EXPLAINED) & met) - differed
