"""The fix: steps to tick off, the shell, the marks of a command, and the recheck that proves the repair."""

import pytest

from certwizard.domain.observation import Observation
from certwizard.wizard.case import Case
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.remedy_list import RemedyList
from certwizard.wizard.widgets.remedy_step import StepText
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, known, press, settle, shown, step, until, wizard

TALL = (100, 40)


def marked(pilot: WizardPilot) -> str:
    """The text of the marked block."""
    focused = pilot.app.screen.focused
    return focused.text if isinstance(focused, CommandBlock) else ""


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
        assert "done" not in shown(pilot)


async def test_a_click_on_a_step_ticks_it_off() -> None:
    async with wizard("x", size=TALL) as pilot:
        await pilot.click(StepText, offset=(4, 0))
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
        focused = pilot.app.screen.focused
        assert isinstance(focused, CommandBlock)
        assert body.region.contains_region(focused.region)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_h_writes_the_commands_for_the_next_shell_where_they_can_be_said_in_it(
    size: tuple[int, int],
) -> None:
    async with wizard("x", size=size) as pilot:
        texts = [block.text for block in pilot.app.screen.query(CommandBlock)]
        assert any("< /dev/null" in text for text in texts)
        await press(pilot, "h")
        blocks = list(pilot.app.screen.query(CommandBlock))
        proof = next(block for block in blocks if "s_client" in block.text)
        assert proof.language == "powershell"
        assert proof.text.startswith("@() | openssl s_client")
        assert blocks[0].language == "bash"
        assert "cannot be said in powershell" in str(blocks[0].border_title)
        assert "PowerShell" in shown(pilot)
        await press(pilot, "h")
        proof = next(b for b in pilot.app.screen.query(CommandBlock) if "s_client" in b.text)
        assert proof.text.endswith("< NUL | openssl x509 -noout -dates") or "< NUL" in proof.text


async def test_a_shell_can_be_clicked_and_the_mark_stays_on_its_step() -> None:
    async with wizard("x", "down", size=(120, 40)) as pilot:
        before = marked(pilot)
        row = next(r for r, text in enumerate(shown(pilot).splitlines()) if "PowerShell" in text)
        column = shown(pilot).splitlines()[row].index("cmd")
        await pilot.click(offset=(column + 1, row))
        await settle(pilot)
        assert any(b.language == "cmd" for b in pilot.app.screen.query(CommandBlock))
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
        first = next(iter(pilot.app.screen.query(CommandBlock)))
        assert "needs root" in str(first.border_title)


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
