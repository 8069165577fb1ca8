"""Copying, and honesty about what became of it."""

import pytest

from certwizard.wizard.widgets.remedy_step import StepView
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, settle, shown, until, wizard


async def notices(pilot: WizardPilot) -> list[str]:
    """The notices given so far; the machine's clipboard is asked in a thread."""
    for _ in range(100):
        await pilot.pause(0.01)
        if pilot.app._notifications:
            break
    return [notice.message for notice in pilot.app._notifications]


async def test_y_copies_the_value_of_the_marked_fact(clipboard: list[str]) -> None:
    async with wizard("3", "y") as pilot:
        assert await notices(pilot) == ["Copied: Ends (Not After)"]
        assert clipboard == ["2026-11-11 09:12 UTC, 12 days ago"]
        assert pilot.app.clipboard == clipboard[0]


@pytest.mark.usefixtures("no_clipboard")
async def test_without_a_clipboard_of_the_machine_the_notice_does_not_promise() -> None:
    async with wizard("3", "y") as pilot:
        (notice,) = await notices(pilot)
        assert "Whether it arrived the terminal does not say" in notice
        assert pilot.app.clipboard == "2026-11-11 09:12 UTC, 12 days ago"


async def test_the_first_command_of_the_fix_is_copied_first_and_tab_chooses_the_next(
    clipboard: list[str],
) -> None:
    async with wizard("x", "y") as pilot:
        await notices(pilot)
        await pilot.press("tab", "y")
        await settle(pilot)
        await until(pilot, lambda: len(clipboard) == 2)
        assert clipboard[0] == f"certbot renew --cert-name {canned.HOST}"
        assert clipboard[1] == "nginx -t && systemctl reload nginx"


async def test_a_double_click_copies_a_command(clipboard: list[str]) -> None:
    async with wizard("x") as pilot:
        await pilot.click(StepView, offset=(6, 2), times=2)
        await notices(pilot)
        assert clipboard == [f"certbot renew --cert-name {canned.HOST}"]


async def test_the_pem_of_the_page_is_copied(clipboard: list[str]) -> None:
    async with wizard("v", "y") as pilot:
        await notices(pilot)
        assert clipboard[0].startswith("-----BEGIN CERTIFICATE-----")


async def test_the_verdict_is_copied_as_text(clipboard: list[str]) -> None:
    async with wizard("g", "y") as pilot:
        await notices(pilot)
        assert "- missing-intermediate: " in clipboard[0]


async def test_a_platform_shows_its_own_steps() -> None:
    async with wizard("x", size=(100, 40)) as pilot:
        assert "nginx -t" in shown(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "apachectl configtest" in shown(pilot)
        assert "nginx -t" not in shown(pilot)


async def test_a_role_shows_its_own_remedies_first() -> None:
    async with wizard("x", "o", "o") as pilot:
        assert "Tell the owner of the site" in shown(pilot)
