"""For every practice server a visitor learns what browsers show, what is at risk, and whom to write what."""

from collections.abc import Iterator

import pytest

from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.visitors import Way, browsers
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import Scenario
from certwizard.probe.run import probe
from certwizard.wizard.case import judge
from certwizard.wizard.visiting import browser_pages, danger, owner_message
from tests.loopback import skip_without_ipv6

OWN_DEVICE = frozenset(
    {
        *(CauseId.CLOCK_WRONG, CauseId.CAPTIVE_PORTAL, CauseId.INTERCEPTION, CauseId.PINNING, CauseId.DNS_FAILURE),
        *(CauseId.TRUST_STORE_MISSING, CauseId.TRUST_STORE_OUTDATED),
    }
)  # fmt: skip
"""Faults of the visitor's own device or network: there is nothing to write to the site."""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_visitor_is_told_what_there_is_to_know_and_has_a_text_to_send(lab: Lab, scenario: Scenario) -> None:
    skip_without_ipv6(scenario.id)
    opened = lab.open(scenario.id)
    case = judge(probe(opened.target, opened.options))
    diagnosis, root = case.diagnosis, case.diagnosis.root_cause
    if root is None:
        assert danger(diagnosis) is None
        return
    assert danger(diagnosis) is not None
    for page in browser_pages(diagnosis):
        assert page.browser in browsers()
        assert (page.way is Way.NO_PAGE) == (not page.title)
    message = owner_message(case)
    if message is None:
        assert root.id in OWN_DEVICE or root.severity is not Severity.ERROR
        return
    assert root.id not in OWN_DEVICE
    text = message.text
    assert diagnosis.target.display_name in text
    assert f"{diagnosis.judged_at:%Y-%m-%d %H:%M} UTC" in text
    assert root.headline in text
    assert "Refused by:" in text
    concerned = next((sent for sent in diagnosis.sent if sent.index == root.certificate), None)
    if concerned is not None:
        assert concerned.certificate.sha256 in text
    assert all(char == "\n" or char.isprintable() for char in text)
    assert "{" not in text
