"""The walk through the steps, by keys alone."""

import pytest

from certwizard.wizard.steps import CHECK_STEPS, STEPS
from tests.wizard import canned
from tests.wizard.driving import shown, step, wizard


async def test_it_opens_on_the_step_of_the_root_cause() -> None:
    async with wizard() as pilot:
        assert step(pilot) == "dates"
        assert "✘ FAIL" in shown(pilot)
        assert "It ended 12 days ago." in shown(pilot)


@pytest.mark.parametrize("wanted", CHECK_STEPS, ids=lambda each: each.id)
async def test_a_digit_jumps_to_each_step_with_question_answer_and_facts(wanted: object) -> None:
    chosen = next(each for each in CHECK_STEPS if each is wanted)
    async with wizard(chosen.key) as pilot:
        result = canned.diagnosis().check(chosen.check) if chosen.check else None
        text = shown(pilot)
        assert step(pilot) == chosen.id
        assert chosen.question in text
        assert result is not None
        assert result.headline in text
        assert result.facts[0].label in text


async def test_next_walks_to_the_end_and_stays_there() -> None:
    async with wizard("1") as pilot:
        walked = [step(pilot)]
        for _ in STEPS:
            await pilot.press("n")
            await pilot.pause()
            walked.append(step(pilot))
        assert walked == [*(each.id for each in STEPS), "prevent"]


@pytest.mark.parametrize(
    ("there", "back"), [("n", "b"), ("right", "left"), ("ctrl+n", "ctrl+b"), ("n", "escape")]
)
async def test_every_key_for_next_has_its_key_for_back(there: str, back: str) -> None:
    async with wizard("3", there) as pilot:
        assert step(pilot) == "name"
        await pilot.press(back)
        await pilot.pause()
        assert step(pilot) == "dates"


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("g", "verdict"), ("0", "verdict"), ("9", "verdict"), ("x", "fix"), ("f", "fix"), ("p", "prevent")],
)
async def test_the_last_steps_have_keys_of_their_own(key: str, wanted: str) -> None:
    async with wizard(key) as pilot:
        assert step(pilot) == wanted


async def test_back_from_the_first_step_asks_for_another_target() -> None:
    async with wizard("1", "b") as pilot:
        assert "Which server, file or message" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert step(pilot) == "connection"
        assert "Can a secure connection" in shown(pilot)


async def test_arrows_move_the_mark_over_the_facts() -> None:
    async with wizard("2") as pilot:
        from certwizard.wizard.widgets.fact_table import FactTable

        table = pilot.app.screen.query_one(FactTable)
        await pilot.press("down", "j", "k", "up", "end")
        await pilot.pause()
        assert table.cursor == len(table.facts) - 1
        await pilot.press("home")
        assert table.cursor == 0


async def test_a_fault_is_marked_with_a_pointer_what_was_seen_and_what_was_expected() -> None:
    async with wizard("3", size=(120, 40)) as pilot:
        line = next(line for line in shown(pilot).splitlines() if "Ends (Not After)" in line)
        assert "▸ ✘" in line
        assert "2026-11-11 09:12 UTC, 12 days ago" in line
        assert "later than now" in line


async def test_the_verdict_names_root_cause_others_clients_and_safety() -> None:
    async with wizard("g", size=(120, 44)) as pilot:
        text = shown(pilot)
        assert "Root cause" in text
        assert "hostname-mismatch" in text
        assert "NET::ERR_CERT_DATE_INVALID" in text
        assert "Is it safe to go on?" in text


async def test_the_pictures_show_dates_names_chain_and_what_was_sent() -> None:
    async with wizard("3") as pilot:
        assert "now 2026-11-23" in shown(pilot)
        await pilot.press("4")
        await pilot.pause()
        assert "shop .   eu . example . com" in shown(pilot)
        await pilot.press("5")
        await pilot.pause()
        assert "not sent" in shown(pilot)
        await pilot.press("6")
        await pilot.pause()
        assert "it should send" in shown(pilot)
