"""Clients that judge by the clock meet a server for the chain of every rule, and do what their rows say.

Names are compared with those of all clients; the rest with those whose rows nothing else holds to the rules
(`test_real_rules` asks the verifiers of OpenSSL, Go and Java without a server).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome
from tests.real import clients, runtimes
from tests.real.clients.visit import Action, Driver
from tests.real.rule_servers import Served, rule_servers
from tests.unit.test_diagnosis_rules import CASES

EVERY_RULE = frozenset({"ruby", "php", "perl", "rustls"})
NAMES = ("name: ", "wildcard: ")
LEFT_OUT = ("list", "junk", "dates: ", "key: ML-DSA")
"""Lists are not asked for, junk is made to cost work, seconds pass while clients start; ML-DSA needs OpenSSL 3.5."""
RESOLVES_ITSELF = frozenset({"java", "nodejs", "git"})
"""Drivers that can be sent to another address for a name, and not for an address."""
_TLS = "its verifier takes the key, its TLS does not offer it"
_TRIPS = "its reader fails on it, with words on neither name nor limit"
_OTHER_FAULT = "it refuses it as a CA, the program for a graver fault that rustls does not look at"
EXPLAINED = {
    **{(client, f"key: {kind} in the leaf"): _TLS for client in EVERY_RULE for kind in ("P-224", "DSA")},
    ("ruby", "dns: no name at all"): _TRIPS,
    ("perl", "other name: excluded"): _TRIPS,
    ("php", "wildcard: alone, for a top domain"): "a star alone covers a name of one label",
    (
        "php",
        "wildcard: a part of an international label",
    ): "it lets a star stand for a part of an encoded label",
    ("rustls", "leaf: is a CA that may not sign"): _OTHER_FAULT,
    ("rustls", "directory: permitted"): "it refuses whatever limits directory names, before it reads them",
    ("rustls", "issuer: empty"): "to it no name is a name, so it finds no issuer of that name",
    ("java", "name: an underscore"): "it asks for no host with an underscore, whatever the certificate holds",
}
"""Pairs that may differ, each with the reason."""


def drivers() -> tuple[Driver, ...]:
    """Return those that need neither a browser nor a compiler: Go's verifier is asked in `test_real_rules`."""
    found = (*clients.drivers(), *runtimes.drivers())
    return tuple(each for each in found if each.id not in ("chrome", "firefox", "go"))


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, Served]]:
    """Serve every chain."""
    cases = {name: case for name, (case, _) in CASES.items() if not name.startswith(LEFT_OUT)}
    with rule_servers(cases) as found:
        yield found


@pytest.fixture(scope="module")
def rows(served: Mapping[str, Served]) -> dict[str, dict[str, ClientOutcome]]:
    """Judge every chain."""
    return {
        name: {outcome.client: outcome for outcome in diagnose(each.observation).clients}
        for name, each in served.items()
    }


def _asked(driver: Driver, served: Mapping[str, Served]) -> dict[str, Served]:
    if driver.id in EVERY_RULE:
        # A program that breaks down ends all visits after it.
        return {
            name: each
            for name, each in served.items()
            if (driver.id, name) != ("perl", "other name: excluded")
        }
    addresses = "name: an address of version 6" if driver.id in RESOLVES_ITSELF else ""
    return {name: each for name, each in served.items() if name.startswith(NAMES) and name != addresses}


@pytest.mark.parametrize("driver", drivers(), ids=lambda driver: driver.id)
def test_a_client_takes_and_refuses_the_chain_of_every_rule_as_its_row_says(
    driver: Driver, served: Mapping[str, Served], rows: Mapping[str, Mapping[str, ClientOutcome]]
) -> None:
    if driver.available():
        pytest.skip(driver.available())
    asked = _asked(driver, served)
    differing = {}
    for name, did in zip(asked, driver.visit([each.visit for each in asked.values()]), strict=True):
        row = rows[name][driver.id]
        assert did.action is not Action.UNKNOWN, (name, did.words)
        if row.action is not ClientAction.UNKNOWN and (row.action is ClientAction.REJECTS) is not (
            did.action is Action.REJECTS
        ):
            differing[name] = f"the row {row.action.value}; it said: {did.words[-300:]}"
    assert len(asked) > (170 if driver.id in EVERY_RULE else 10)
    assert {name: words for name, words in differing.items() if (driver.id, name) not in EXPLAINED} == {}


def test_every_difference_that_is_explained_can_occur(served: Mapping[str, Served]) -> None:
    assert {name for _, name in EXPLAINED} <= set(served)
