"""The fix: steps to tick off, the shell, the marks of a command, and the recheck that proves the repair."""

from collections.abc import Iterator

import pytest

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.lab.lab import Lab
from certwizard.remedies.model import Command, Step
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.blocks import Block, blocks_of
from certwizard.wizard.case import Case
from certwizard.wizard.widgets.remedy_list import RemedyList
from certwizard.wizard.widgets.remedy_step import StepView
from certwizard.wizard.widgets.repair_aside import RepairAside
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, known, press, settle, shown, step, until, wizard

TALL = (100, 40)
VAST = (250, 70)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One lab for all tests."""
    with Lab() as opened:
        yield opened


def marked(pilot: WizardPilot) -> str:
    """The text of the marked block."""
    focused = pilot.app.screen.focused
    return focused.block.text if isinstance(focused, StepView) and focused.block else ""


def blocks(pilot: WizardPilot) -> list[Block]:
    """Every block of the screen."""
    return [block for each in pilot.app.screen.query(StepView) for block in each.blocks]


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_a_key_ticks_the_marked_step_off_in_words_and_marks_the_next(key: str) -> None:
    async with wizard("x", size=TALL) as pilot:
        assert "1  [ ] Renew it now." in shown(pilot)
        await press(pilot, key)
        assert "1  [✔] done · Renew it now." in shown(pilot)
        assert "1 of 3 done" in shown(pilot)
        assert marked(pilot) == "nginx -t && systemctl reload nginx"


async def test_a_second_press_takes_the_tick_back() -> None:
    async with wizard("x", "space", "up", "space", size=TALL) as pilot:
        assert "[✔]" not in shown(pilot)
        assert "0 of 3 done" in shown(pilot)


async def test_a_click_on_a_step_ticks_it_off() -> None:
    async with wizard("x", size=TALL) as pilot:
        await pilot.click(StepView, offset=(4, 0))
        await pilot.pause()
        assert "1  [✔] done · Renew it now." in shown(pilot)


async def test_ticks_stay_when_one_goes_away_and_when_one_looks_again() -> None:
    async with wizard("x", "space", "b", "x", size=TALL) as pilot:
        assert "1  [✔] done" in shown(pilot)
        await press(pilot, "r", "x")
        assert "1  [✔] done" in shown(pilot)


async def test_with_all_steps_done_the_recheck_is_named() -> None:
    async with wizard("x", "space", "space", "space", size=TALL) as pilot:
        assert "✔ all done: r looks again and proves it" in shown(pilot)


async def test_the_arrows_carry_the_mark_and_the_marked_step_is_seen_whole() -> None:
    async with wizard("x") as pilot:
        for _ in range(6):
            await press(pilot, "down")
        body = pilot.app.screen.query_one(RemedyList)
        assert body.marked is not None
        assert body.region.contains_region(body.marked.region)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_h_writes_the_commands_for_the_next_shell_where_they_can_be_said_in_it(
    size: tuple[int, int],
) -> None:
    async with wizard("x", size=size) as pilot:
        texts = [block.text for block in blocks(pilot)]
        assert any("< /dev/null" in text for text in texts)
        await press(pilot, "h")
        written = blocks(pilot)
        proof = next(block for block in written if "s_client" in block.text)
        assert proof.language == "powershell"
        assert proof.text.startswith("@() | openssl s_client")
        assert written[0].language == "bash"
        assert "cannot be said in powershell" in written[0].note
        assert "cannot be said in powershell" in shown(pilot)
        assert "PowerShell" in shown(pilot)
        await press(pilot, "h")
        proof = next(b for b in blocks(pilot) if "s_client" in b.text)
        assert proof.text.endswith("< NUL | openssl x509 -noout -dates") or "< NUL" in proof.text


async def test_a_shell_can_be_clicked_and_the_mark_stays_on_its_step() -> None:
    async with wizard("x", "down", size=(120, 40)) as pilot:
        before = marked(pilot)
        row = next(r for r, text in enumerate(shown(pilot).splitlines()) if "PowerShell" in text)
        column = shown(pilot).splitlines()[row].index("cmd")
        await pilot.click(offset=(column + 1, row))
        await settle(pilot)
        assert any(b.language == "cmd" for b in blocks(pilot))
        assert marked(pilot) == before


async def test_a_click_on_the_word_copy_copies_that_command(clipboard: list[str]) -> None:
    async with wizard("x", size=TALL) as pilot:
        rows = [
            (y, text.index("y copy")) for y, text in enumerate(shown(pilot).splitlines()) if "y copy" in text
        ]
        row, column = rows[1]
        await pilot.click(offset=(column + 3, row))
        await until(pilot, lambda: bool(clipboard))
        assert clipboard == ["nginx -t && systemctl reload nginx"]


async def test_a_command_that_needs_root_says_so() -> None:
    async with wizard("x", size=TALL) as pilot:
        assert "needs root" in blocks(pilot)[0].note
        assert "bash · needs root" in shown(pilot)


async def test_a_recheck_from_the_fix_says_before_and_after_and_that_it_is_proved() -> None:
    repaired: list[bool] = []

    def judge(observation: Observation, before: Case | None) -> Case:
        return canned.repaired_case(before) if repaired else known(observation, before)

    async with wizard("x", judge=judge, size=TALL) as pilot:
        repaired.append(True)
        await press(pilot, "r")
        assert step(pilot) == "verdict"
        assert "rejected → " in shown(pilot)
        assert "✔ proved: this look no longer finds expired" in shown(pilot)
        await press(pilot, "x")
        assert "✔ proved" in shown(pilot)


@pytest.mark.parametrize("size", [(60, 20), (60, 22), (80, 24), (120, 40)])
async def test_after_each_tick_the_next_step_the_tick_and_the_progress_are_in_sight(
    lab: Lab, size: tuple[int, int]
) -> None:
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario="missing-intermediate")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        steps = app.screen.query_one(RemedyList)
        number = len(steps.steps)
        assert number > 5
        for done in range(1, number):
            ticked = steps.marked
            await press(pilot, "space")
            marked = steps.marked
            assert f"{done} of {number} done" in shown(pilot)
            assert marked is not None
            assert ticked is not None
            fits = marked.size.height + ticked.size.height < steps.size.height
            assert steps.region.contains_region(marked.region) or marked.size.height > steps.size.height
            assert steps.region.contains_region(ticked.region) or not fits
            if marked.size.height > steps.size.height:
                beside = marked.marked_region().bottom - ticked.virtual_region.y <= steps.size.height
                assert steps.region.contains_region(ticked.region) or not beside
            assert steps.region.contains_point(marked.region.offset)
            assert f"{ticked.number}  [✔] done" in shown(pilot) or not fits


async def test_a_step_that_is_done_is_folded_and_opens_under_the_mark() -> None:
    async with wizard("x", "space", size=TALL) as pilot:
        assert "certbot renew" not in shown(pilot)
        await press(pilot, "up")
        assert "certbot renew" in shown(pilot)
        assert marked(pilot).startswith("certbot renew")
        await press(pilot, "down")
        assert "certbot renew" not in shown(pilot)


async def test_the_first_step_that_is_open_is_marked_when_the_commands_are_written_anew() -> None:
    async with wizard("x", "space", "up", "s", "s", size=TALL) as pilot:
        assert marked(pilot).startswith("certbot renew")
        await press(pilot, "g", "r", "x")
        assert marked(pilot) == "nginx -t && systemctl reload nginx"


async def test_a_proof_comes_after_its_command_and_is_copied_by_itself(clipboard: list[str]) -> None:
    async with wizard("x", "down", "down", "y", size=TALL) as pilot:
        await until(pilot, lambda: bool(clipboard))
        assert clipboard[0].startswith("openssl s_client")
        assert "✔ prove it · bash" in shown(pilot)


async def test_on_a_vast_screen_all_steps_stand_beside_with_the_lesson_and_a_click_goes_to_one() -> None:
    async with wizard("x", size=VAST) as pilot:
        aside = pilot.app.screen.query_one(RepairAside)
        lines = [row.plain for row in aside.lines(aside.content_size.width)]
        row = next(number for number, text in enumerate(lines) if "3 [ ] See that the new" in text)
        assert any("The certificate has expired" in text for text in lines)
        await pilot.click(aside, offset=(10, row))
        await settle(pilot)
        assert marked(pilot).startswith("openssl s_client")
        await press(pilot, "space")
        assert "3 [✔] See that the new" in shown(pilot)


async def test_one_widget_shows_a_step() -> None:
    async with wizard("x", size=TALL) as pilot:
        body = pilot.app.screen.query_one(RemedyList)
        steps, titles = len(body.steps), len(body.titles)
        assert len(list(body.walk_children())) <= steps + titles + 1


async def test_in_prevent_the_steps_of_all_remedies_are_counted() -> None:
    async with wizard("p", size=TALL) as pilot:
        number = len(pilot.app.screen.query(StepView))
        assert f"0 of {number} done" in shown(pilot)
        await press(pilot, *["space"] * number)
        assert "✔ all done" in shown(pilot)


def test_a_command_that_is_its_own_proof_stands_once() -> None:
    look = Command((("certwizard", "check", "--file", "new.pem"),))
    (block,) = blocks_of(1, Step("Prove it.", look, verify=look), None)
    assert block.proves
