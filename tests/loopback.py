"""What this machine's loopback offers, for tests that need more than 127.0.0.1."""

import pytest

from certwizard.lab.loopback import has_ipv6

NEEDS_IPV6 = frozenset({"inconsistent-addresses"})
"""Scenarios of the practice lab that differ by address."""


def skip_without_ipv6(scenario_id: str) -> None:
    """Skip the test where the scenario shows its fault on ::1 and this machine has none."""
    if scenario_id in NEEDS_IPV6 and not has_ipv6():
        pytest.skip("this machine has no IPv6 loopback, so the name has a single address")
