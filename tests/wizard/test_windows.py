"""Windows over a step: lessons, raw values, help."""

import pytest

from certwizard.wizard.commands.model import key_name
from certwizard.wizard.pictures.lesson_trail import draw_tabs
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.pages import PagesScreen
from tests.wizard.driving import shown, step, until, wizard


async def test_enter_explains_the_marked_line_and_escape_returns() -> None:
    async with wizard("enter") as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)
        assert "The certificate has expired" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert step(pilot) == "dates"
        assert "It ended 12 days ago." in shown(pilot)


async def test_a_window_has_pages_for_cause_field_and_check() -> None:
    async with wizard("m") as pilot:
        window = pilot.app.screen
        assert isinstance(window, LessonScreen)
        assert len(window.lessons) >= 2
        await pilot.press("right")
        await pilot.pause()
        assert window.shown == 1
        await pilot.press("left")
        await pilot.pause()
        assert window.shown == 0


async def test_raw_values_hold_the_certificates_as_pem_and_the_evidence() -> None:
    async with wizard("v", size=(100, 60)) as pilot:
        window = pilot.app.screen
        assert isinstance(window, PagesScreen)
        assert "-----BEGIN CERTIFICATE-----" in shown(pilot)
        titles = [page.title for page in window.pages]
        assert titles == ["0 leaf", "intermediate (fetched)", "root (trust store)", "Evidence", "Clients"]
        await pilot.press("left", "left")
        await pilot.pause()
        assert '"protocol": "TLSv1.3"' in shown(pilot)


async def test_help_lists_the_question_and_every_key_of_the_screen() -> None:
    async with wizard("3", "question_mark", size=(100, 60)) as pilot:
        text = shown(pilot)
        assert "Is the certificate within its dates?" in text
        below = pilot.app.screen_stack[-2]
        assert isinstance(below, FrameScreen)
        for command in below.commands:
            assert command.help.split(":")[0][:40] in text
            assert key_name(command.keys[0]) in text


async def test_the_palette_offers_the_commands_of_the_screen() -> None:
    async with wizard("ctrl+p", size=(100, 40)) as pilot:
        await pilot.press(*"verdict")
        await until(pilot, lambda: "Go to the verdict." in shown(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: step(pilot) == "verdict")


async def test_no_footer_shows_more_than_seven_keys() -> None:
    for key in ("1", "3", "g", "x", "p"):
        async with wizard(key) as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, FrameScreen)
            assert len(screen.footer_keys()) <= 7


@pytest.mark.parametrize("width", [28, 40, 52, 60, 67, 90])
@pytest.mark.parametrize("shown", range(5))
def test_the_title_of_the_shown_page_is_in_sight_and_those_that_are_not_are_counted(
    shown: int, width: int
) -> None:
    titles = ["0 leaf", "intermediate (fetched)", "root (trust store)", "Evidence", "Clients"]
    (drawn,) = draw_tabs(titles, shown, width)
    parts = drawn.plain.split(" │ ")
    hidden = int(parts.pop()) if parts[-1].startswith("+") else 0
    assert drawn.cell_length <= width
    assert any(titles[shown].startswith(part.rstrip(" …")) for part in parts)
    assert len(parts) + hidden == len(titles)
