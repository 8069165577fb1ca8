"""Every scenario of the practice lab line by line, from the list to its fix."""

from collections.abc import Iterator

import pytest

from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import Scenario
from certwizard.reports.symbols import VERDICT
from certwizard.wizard.remedy_words import NOTHING_TO_REPAIR
from tests.loopback import skip_without_ipv6
from tests.wizard.plainly import Dialogue, flat


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One lab for all dialogues."""
    with Lab() as opened:
        yield opened


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_cause_and_fix_are_told_in_four_answers(lab: Lab, scenario: Scenario) -> None:
    skip_without_ipv6(scenario.id)
    dialogue = Dialogue(scenario.id, "9", "x", "q", lab=lab, demo=True)
    text = flat(dialogue.run())
    case = dialogue.wizard.case
    assert case is not None
    assert VERDICT[scenario.verdict].word in text
    root = case.diagnosis.root_cause
    assert (root.id if root else None) is scenario.root_cause
    assert all(char.isprintable() or char == "\n" for char in "".join(dialogue.said))
    fix = text.partition("How is it repaired?")[2]
    if root is None:
        assert " ".join(NOTHING_TO_REPAIR) in fix
        return
    assert flat(root.headline) in text
    assert root.id.value in text
    remedy = case.remedies_of(dialogue.wizard.role)[0]
    assert remedy.cause is scenario.root_cause
    assert flat(remedy.title) in fix


def test_the_list_of_scenarios_narrows_by_words_and_takes_a_number(lab: Lab) -> None:
    text = flat(Dialogue("wrong", "1", "q", lab=lab, demo=True).run())
    assert f"1. {SCENARIOS[0].id}: {SCENARIOS[0].title}" in text
    assert "wrong fits" in text
    assert f"practice: {SCENARIOS[0].id}" in text
