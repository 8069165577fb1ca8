"""Browsers, Java and Go do what their profiles say; the words may be those of another version than installed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from tests.loopback import NEEDS_IPV6
from tests.real.client_matrix import compare, lab_places
from tests.real.clients.visit import Action, Driver
from tests.real.runtimes import drivers

_STORE = "its built-in roots cannot be replaced from outside, so it knows no vendor of the practice lab"
EXPLAINED = {
    ("java", "malformed"): "Java 17 reads what Java 21 refuses",
    ("java", "client-cert-required"): "the alert comes when it reads, and it only shakes hands",
    ("go", "protocol-version-long-greeting"): "the long greeting came with Go 1.24",
    ("go", "cipher-mismatch-static-rsa"): "key exchange under the RSA key was left out with Go 1.22",
    ("java", "cipher-mismatch-static-rsa"): "key exchange under the RSA key was left out with Java 24",
}
"""Pairs in which the action differs, each with the reason."""
LEFT_OUT = frozenset({"timeout", "inconsistent-balancer"}) | NEEDS_IPV6
"""Of two machines behind one address it meets the one or the other, by chance."""
VENDORS_ALONE = frozenset({"healthy-public", "ct-missing", "clock-behind", "distrusted-ca"})


@pytest.mark.parametrize("driver", drivers(), ids=lambda driver: driver.id)
def test_it_accepts_and_refuses_as_its_profile_says(driver: Driver, tmp_path: Path) -> None:
    if driver.available():
        pytest.skip(driver.available())
    asked = [each for each in SCENARIOS if each.id not in LEFT_OUT | VENDORS_ALONE]
    with Lab() as lab:
        pairs = compare(lab_places(lab, asked, tmp_path), [driver])
    differing = {
        (pair.client, pair.scenario): pair.complaint
        for pair in pairs
        if pair.complaint
        and not (pair.did.action is Action.REJECTS and pair.expected.action.value == "rejects")
        and not pair.unseen
    }
    print(f"\n{driver.id}: {len(pairs) - len(differing)} of {len(pairs)} scenarios as the profile says")
    assert len(pairs) > 40
    assert {pair: words for pair, words in differing.items() if pair not in EXPLAINED} == {}


def test_no_difference_is_explained_that_cannot_occur() -> None:
    assert {client for client, _ in EXPLAINED} <= {driver.id for driver in drivers()}
    assert {scenario for _, scenario in EXPLAINED} <= {each.id for each in SCENARIOS}
