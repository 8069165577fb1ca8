"""Every scenario of the practice lab, from the start screen to its fix, by keys alone."""

from collections.abc import Iterator

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import Scenario
from certwizard.remedies.model import Remedy
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.scenario_search import fitting
from certwizard.wizard.widgets.remedy_step import StepView
from certwizard.wizard.widgets.remedy_view import RemedyTitle
from tests.loopback import skip_without_ipv6
from tests.wizard.driving import press, settle, shown, step

MOST_KEYS = 12


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One lab for all walks."""
    with Lab() as opened:
        yield opened


def way_to(scenario: Scenario) -> list[str]:
    """The fewest keys from the practice list's filter to a scenario: some letters, then arrows."""
    ways = []
    for letters in range(len(scenario.id)):
        found = [each.id for each in fitting(SCENARIOS, scenario.id[:letters])]
        ways.append([*scenario.id[:letters], *(["down"] * found.index(scenario.id))])
    return ["minus" if key == "-" else key for key in min(ways, key=len)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
async def test_cause_and_fix_are_found_in_at_most_twelve_keys(lab: Lab, scenario: Scenario) -> None:
    skip_without_ipv6(scenario.id)
    keys = ["f2", *way_to(scenario), "enter", "x"]
    app = CertwizardApp(None, ProbeOptions(), lab=lab)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *keys[:-1])
        assert app.walk.case is not None
        diagnosis = app.walk.case.diagnosis
        assert diagnosis.verdict is scenario.verdict
        root = diagnosis.root_cause
        assert (root.id if root else None) is scenario.root_cause
        opened = (
            diagnosis.check(next(r.check for r in diagnosis.checks if r.check.value == step(pilot)))
            if root
            else None
        )
        if root is not None and opened is not None:
            assert root.id in opened.causes
            assert opened.headline.split()[0] in shown(pilot)
        await press(pilot, keys[-1])
        assert step(pilot) == "fix"
        assert len(keys) <= MOST_KEYS
        if scenario.root_cause is None:
            assert "Nothing needs repairing." in shown(pilot)
            return
        shown_remedies: list[Remedy] = list(app.screen.remedies())  # type: ignore[attr-defined]
        assert shown_remedies[0].cause is scenario.root_cause
        assert app.screen.query(RemedyTitle)
        assert any(each.blocks for each in app.screen.query(StepView))


async def test_the_wizard_opens_its_own_lab_where_none_is_given() -> None:
    app = CertwizardApp(None, ProbeOptions(), scenario="expired")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert step(pilot) == "dates"


async def test_the_demo_opens_on_the_list_with_a_line_for_each_scenario(lab: Lab) -> None:
    app = CertwizardApp(None, ProbeOptions(), lab=lab, demo=True)
    async with app.run_test(size=(120, len(SCENARIOS) + 30)) as pilot:
        await settle(pilot)
        text = shown(pilot)
        assert all(scenario.id in text for scenario in SCENARIOS)
        assert all(scenario.title[:40] in text for scenario in SCENARIOS[:20])
