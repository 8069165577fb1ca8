"""Browsers, Java and Go do what their profiles say; the words may be those of another version than installed here.

rustls has no profile yet: it is held to a good server and to two bad ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from tests.loopback import NEEDS_IPV6
from tests.real.client_matrix import compare, lab_places
from tests.real.clients.visit import Action, Driver, Visit
from tests.real.runtimes import drivers

JUDGED = frozenset({"chrome", "firefox", "go", "java"})
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


@pytest.mark.parametrize(
    "driver", [each for each in drivers() if each.id in JUDGED], ids=lambda driver: driver.id
)
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


@pytest.mark.parametrize(
    "driver", [each for each in drivers() if each.id not in JUDGED], ids=lambda driver: driver.id
)
def test_it_accepts_a_good_server_and_refuses_bad_ones(driver: Driver) -> None:
    if driver.available():
        pytest.skip(driver.available())
    with Lab() as lab:
        opened = [lab.open(name) for name in ("healthy", "expired", "hostname-mismatch")]
        visits = [
            Visit(
                each.target.server_name or "",
                each.target.port or 0,
                ca_file=each.options.ca_files[0],
                roots=each.options.ca_files[0],
            )
            for each in opened
        ]
        actions = [outcome.action for outcome in driver.visit(visits)]
    assert actions == [Action.ACCEPTS, Action.REJECTS, Action.REJECTS]


def test_no_difference_is_explained_that_cannot_occur() -> None:
    assert {client for client, _ in EXPLAINED} <= JUDGED
    assert {scenario for _, scenario in EXPLAINED} <= {each.id for each in SCENARIOS}
