"""Every size from 60x20 up: the answer and the first failing fact are on the screen."""

import pytest

from certwizard.wizard.steps import STEPS
from tests.wizard.driving import press, shown, wizard

FAILING = {
    "3": ("It ended 12 days ago.", "2026-11-11 09:12 UTC"),
    "4": ("No: a wildcard", "Names (SAN)"),
    "5": ("Only if the client", "Chain as sent"),
}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (99, 30), (100, 30), (200, 60)])
@pytest.mark.parametrize("key", FAILING)
async def test_answer_and_first_failing_fact_are_on_the_screen(key: str, size: tuple[int, int]) -> None:
    async with wizard(key, size=size) as pilot:
        text = shown(pilot)
        assert all(words in text for words in FAILING[key])
        assert "▸ ✘" in text


@pytest.mark.parametrize("key", [each.key for each in STEPS])
async def test_the_next_way_on_is_a_button_at_every_width(key: str) -> None:
    async with wizard(key, size=(60, 20)) as pilot:
        buttons = [button for button in pilot.app.screen.query("WayButton") if button.display]
        assert buttons
        assert buttons[-1].region.right <= 60


async def test_resizing_keeps_the_step_and_changes_the_rail() -> None:
    async with wizard("3", size=(120, 40)) as pilot:
        assert "3 of 8" not in shown(pilot)
        await pilot.resize_terminal(70, 22)
        await pilot.pause()
        assert "3 of 8" in shown(pilot)
        assert "It ended 12 days ago." in shown(pilot)
        await press(pilot, "n")
        assert "4 of 8" in shown(pilot)


async def test_a_very_wide_terminal_shows_the_lesson_beside_the_step_and_lets_it_follow_the_mark() -> None:
    async with wizard("2", size=(170, 40)) as pilot:
        aside = pilot.app.screen.query_one("#aside")
        assert aside.display
        before = shown(pilot)
        assert "the whole lesson" in before
        await press(pilot, "down", "down")
        assert shown(pilot) != before
    async with wizard("2", size=(120, 40)) as pilot:
        assert not pilot.app.screen.query_one("#aside").display
