"""Every scenario of the lab, judged again: after it was saved, elsewhere, and with what turns it green."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import Scenario
from certwizard.probe.run import probe
from tests import judged_again
from tests.judge_saved import Judge, as_json, elsewhere
from tests.loopback import skip_without_ipv6

NEVER_GREEN = {
    CauseId.CAPTIVE_PORTAL: "what the server itself sends was not seen",
    CauseId.INTERCEPTION: "likewise",
}
"""Root causes of rejected servers for which no change can be judged, and why."""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.fixture(scope="module")
def judged_elsewhere() -> Iterator[Judge]:
    """One process for all scenarios, in another language and time zone."""
    with elsewhere() as judged:
        yield judged


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_scenario_is_judged_alike_again_and_its_smallest_repair_is_found(
    lab: Lab, judged_elsewhere: Judge, scenario: Scenario, tmp_path: Path
) -> None:
    skip_without_ipv6(scenario.id)
    opened = lab.open(scenario.id)
    observation = probe(opened.target, opened.options)
    saved = tmp_path / "seen.json"
    saved.write_bytes(encode_observation(observation))

    again = decode_observation(saved.read_bytes())

    assert again == observation
    assert diagnose(again) == diagnose(observation)
    assert judged_elsewhere(saved) == as_json(observation)
    repairs = judged_again.holds(observation).repairs
    if scenario.verdict is Verdict.REJECTED and scenario.root_cause not in NEVER_GREEN:
        assert repairs.best is not None, repairs.note
        assert repairs.best.green, repairs
