"""The way to a certificate is chosen on the fix screen: certbot, acme.sh, or a CA's files by hand."""

from collections.abc import Iterator

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.lab.lab import Lab
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.screens.remedy import RemedyScreen
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_step import StepView
from tests.wizard.driving import WizardPilot, press, settle, shown


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One lab for all tests."""
    with Lab() as opened:
        yield opened


def commands(pilot: WizardPilot) -> str:
    return "\n".join(block.text for step in pilot.app.screen.query(StepView) for block in step.blocks)


async def opened(lab: Lab) -> CertwizardApp:
    return CertwizardApp(None, ProbeOptions(), lab=lab, scenario="expired")


async def test_a_key_turns_to_the_next_way_and_the_choice_stays(lab: Lab) -> None:
    app = await opened(lab)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert "with  by hand  a" in shown(pilot)
        assert "openssl genpkey" in commands(pilot)
        assert "certbot " not in commands(pilot)
        await press(pilot, "a")
        assert "with  certbot  a" in shown(pilot)
        assert "certbot renew" in commands(pilot)
        assert "acme.sh " not in commands(pilot)
        assert "genpkey" not in commands(pilot)
        await press(pilot, "b", "x")
        assert "with  certbot  a" in shown(pilot)


async def test_a_click_chooses_a_way(lab: Lab) -> None:
    app = await opened(lab)
    async with app.run_test(size=(180, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        choices = pilot.app.screen.query_one("#choices", Drawing)
        row = next(
            line.plain for line in choices.lines(choices.content_size.width) if "acme.sh" in line.plain
        )
        await pilot.click(choices, offset=(row.index("acme.sh") + 1, 0))
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RemedyScreen)
        assert screen.way == "acme.sh"
        assert "acme.sh --renew" in commands(pilot)
