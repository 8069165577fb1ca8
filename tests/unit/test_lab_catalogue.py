"""The scenarios as a list: complete, unambiguous, and not giving their answer away."""

import re
import subprocess
import sys

import pytest

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.catalogue import SCENARIOS, find_scenario
from certwizard.lab.recipes.builders import BUILDERS
from certwizard.lab.scenario import Scenario

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


def test_every_cause_has_a_scenario() -> None:
    shown = {cause for scenario in SCENARIOS for cause in scenario.causes}

    assert shown == set(CauseId)


def test_a_scenario_is_named_after_its_cause_where_there_is_one_of_that_name() -> None:
    by_cause = {scenario.id: scenario for scenario in SCENARIOS if scenario.id in set(CauseId)}

    assert all(scenario.root_cause == name for name, scenario in by_cause.items())
    assert set(CauseId) - set(by_cause) == set()


def test_ids_are_unique_and_the_first_scenario_is_healthy() -> None:
    ids = [scenario.id for scenario in SCENARIOS]

    assert len(set(ids)) == len(ids)
    assert ids[0] == "healthy"


def test_every_scenario_has_a_recipe_and_every_recipe_a_scenario() -> None:
    assert list(BUILDERS) == [scenario.id for scenario in SCENARIOS]


def test_the_list_is_read_without_loading_cryptography() -> None:
    code = "import sys, certwizard.lab.catalogue; sys.exit('cryptography' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0


def test_an_unknown_scenario_is_none() -> None:
    assert find_scenario("no-such-scenario") is None
    assert find_scenario("expired") in SCENARIOS


@each_scenario
def test_the_root_cause_is_among_the_causes_and_fits_the_verdict(scenario: Scenario) -> None:
    assert (scenario.root_cause is None) == (scenario.verdict is Verdict.ACCEPTED)
    assert scenario.causes if scenario.root_cause else not scenario.causes
    assert scenario.root_cause is None or scenario.root_cause in scenario.causes


@each_scenario
def test_a_title_tells_what_happens_and_not_the_cause(scenario: Scenario) -> None:
    told = scenario.title.lower()

    for cause in scenario.causes:
        assert cause.value not in told
        assert cause.value.replace("-", " ") not in told


@each_scenario
def test_the_words_of_a_scenario_fit_a_list(scenario: Scenario) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", scenario.id)
    assert 10 <= len(scenario.title) <= 70
    assert not scenario.title.endswith(".")
    assert scenario.story.endswith(".")
    assert "\n" not in scenario.title + scenario.story
