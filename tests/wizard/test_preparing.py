"""While the user reads one step, the screens of the others are made."""

import pytest

from certwizard.domain.vocabulary import Role
from certwizard.wizard import preparing
from certwizard.wizard.preparing import is_laid_out
from certwizard.wizard.steps import STEPS
from certwizard.wizard.walkthrough import Walkthrough
from tests.wizard.driving import WizardPilot, press, shown, step, until, wizard, wizard_of


@pytest.fixture(autouse=True)
def preparation_waits() -> None:
    """It does not wait here: these tests are about it."""


def all_made(walk: Walkthrough) -> bool:
    return set(walk.kept) == {each.id for each in STEPS} and all(s.is_running for s in walk.kept.values())


def all_laid_out(walk: Walkthrough) -> bool:
    return all_made(walk) and all(is_laid_out(screen) for screen in walk.kept.values())


async def test_all_steps_are_made_while_one_is_read_and_come_up_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet = preparing.QUIET
    monkeypatch.setattr(preparing, "QUIET", 3600.0)
    async with wizard() as pilot:
        walk, before = wizard_of(pilot).walk, step(pilot)
        assert not all_made(walk)
        monkeypatch.setattr(preparing, "QUIET", quiet)
        wizard_of(pilot).preparation.soon()
        await until(pilot, lambda: all_made(walk))
        assert step(pilot) == before
        made = walk.kept["verdict"]
        await press(pilot, "g")
        assert pilot.app.screen is made


async def test_steps_not_shown_yet_are_laid_out_for_the_terminal_and_again_when_its_size_changes() -> None:
    async with wizard(size=(80, 24)) as pilot:
        walk = wizard_of(pilot).walk
        for size in ((80, 24), (120, 40), (60, 20)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: all_laid_out(walk))
            for screen in walk.kept.values():
                assert screen.size == size
                assert screen.query_one("#question").region.width > 0


async def test_what_was_made_for_one_look_goes_with_the_next() -> None:
    async with wizard() as pilot:
        walk = wizard_of(pilot).walk
        await until(pilot, lambda: all_made(walk))
        old = list(walk.kept.values())
        await press(pilot, "r")
        await until(pilot, lambda: not any(screen.is_attached for screen in old))
        assert not set(old) & set(walk.kept.values())


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
@pytest.mark.parametrize("begun", range(1, len(STEPS)))
async def test_quitting_while_a_screen_is_made_ends_without_a_word(
    begun: int, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("QUIET", "BREATH"):  # So that none is made beside those begun here.
        monkeypatch.setattr(preparing, pause, 3600.0)
    async with wizard() as pilot:
        for _ in range(begun):
            wizard_of(pilot).preparation._go_on()
            if not at_once:
                await pilot.pause(0)
        wizard_of(pilot).exit()
    assert wizard_of(pilot).return_code == 0


async def test_a_verdict_made_for_one_role_is_another_for_the_next() -> None:
    async with wizard(size=(120, 60)) as pilot:
        walk = wizard_of(pilot).walk
        await until(pilot, lambda: all_made(walk))
        await press(pilot, "x", "o", "g")
        assert wizard_of(pilot).role is Role.CLIENT_DEVELOPER
        assert "If verification is switched off" in shown(pilot)


async def test_a_step_made_ahead_shows_what_it_shows_when_it_is_made_on_arrival(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with wizard() as pilot:
        walk = wizard_of(pilot).walk
        await until(pilot, lambda: all_laid_out(walk))
        ahead = await each_step(pilot)
    monkeypatch.setattr(preparing, "QUIET", 3600.0)
    async with wizard() as pilot:
        assert len(wizard_of(pilot).walk.kept) == 1
        on_arrival = await each_step(pilot)
    assert ahead == on_arrival


async def each_step(pilot: WizardPilot) -> list[str]:
    pictures = []
    for each in STEPS:
        await press(pilot, each.key)
        assert step(pilot) == each.id
        pictures.append(shown(pilot))
    return pictures
