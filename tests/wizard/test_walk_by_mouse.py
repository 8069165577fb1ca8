"""The same walk, by mouse alone."""

import pytest

from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.pages import PagesScreen
from certwizard.wizard.widgets.key_bar import KeyBar
from certwizard.wizard.widgets.rail import Rail
from tests.wizard.driving import shown, step, wizard


@pytest.mark.parametrize(
    ("button", "wanted"),
    [("next", "name"), ("back", "certificate"), ("fix-it", "fix"), ("verdict", "verdict")],
)
async def test_buttons_lead_on(button: str, wanted: str) -> None:
    async with wizard() as pilot:
        assert await pilot.click(f"#way-{button}")
        await pilot.pause()
        assert step(pilot) == wanted


@pytest.mark.parametrize(("button", "window"), [("what-it-means", LessonScreen), ("raw-values", PagesScreen)])
async def test_buttons_open_windows_over_the_step(button: str, window: type) -> None:
    async with wizard() as pilot:
        assert await pilot.click(f"#way-{button}")
        await pilot.pause()
        assert isinstance(pilot.app.screen, window)


async def test_a_glyph_of_the_narrow_rail_can_be_clicked() -> None:
    async with wizard() as pilot:
        await pilot.click(Rail, offset=(1 + 3 * 4 + 1, 0))
        await pilot.pause()
        assert step(pilot) == "trust"


async def test_a_row_of_the_wide_rail_can_be_clicked() -> None:
    async with wizard(size=(120, 40)) as pilot:
        await pilot.click(Rail, offset=(6, 3))
        await pilot.pause()
        assert step(pilot) == "name"
        await pilot.click(Rail, offset=(6, 10))
        await pilot.pause()
        assert step(pilot) == "fix"


async def test_the_footer_can_be_clicked() -> None:
    async with wizard() as pilot:
        bar = pilot.app.screen.query_one(KeyBar)
        place = bar.lines(bar.content_size.width)[0].plain.index("Help")
        await pilot.click(KeyBar, offset=(2 + place, 0))
        await pilot.pause()
        assert isinstance(pilot.app.screen, PagesScreen)


async def test_a_click_moves_the_mark_and_a_double_click_explains() -> None:
    async with wizard("2") as pilot:
        from certwizard.wizard.widgets.fact_table import FactTable

        table = pilot.app.screen.query_one(FactTable)
        await pilot.click(FactTable, offset=(8, 2))
        await pilot.pause()
        assert table.cursor == 2
        await pilot.click(FactTable, offset=(8, 2), times=2)
        await pilot.pause()
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_the_role_on_the_fix_step_can_be_clicked() -> None:
    async with wizard("x") as pilot:
        await pilot.click("#choices", offset=(20, 0))
        await pilot.pause()
        assert "client developer" in shown(pilot)
