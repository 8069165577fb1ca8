"""Lessons in the wizard: links go on and come back along the trail; the list is searched by typing."""

import pytest
from textual.widgets import Input

from certwizard.knowledge.lessons import all_lessons, find_by_key
from certwizard.wizard.screens.lesson import LessonScreen, lesson_markdown
from certwizard.wizard.screens.lessons import LessonsScreen
from certwizard.wizard.widgets.key_bar import KeyBar
from certwizard.wizard.widgets.lesson_list import LessonList
from certwizard.wizard.widgets.link_list import LinkList
from tests.wizard.driving import WizardPilot, press, settle, shown, step, until, wizard


def title(pilot: WizardPilot) -> str:
    """Key of the lesson on the screen."""
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen)
    return screen.lesson.key


def marked(pilot: WizardPilot) -> str:
    """Key of the lesson marked in the list."""
    lesson = pilot.app.screen.query_one(LessonList).marked
    return lesson.key if lesson else ""


async def test_tab_goes_to_the_links_enter_follows_and_escape_comes_back_along_the_trail() -> None:
    async with wizard("3", "enter") as pilot:
        assert title(pilot) == "cause/expired"
        links = find_by_key("cause/expired").see_also  # type: ignore[union-attr] # it exists
        await press(pilot, "tab", "down", "enter")
        assert title(pilot) == links[1]
        await press(pilot, "enter", "enter")
        third = title(pilot)
        assert third not in ("cause/expired", links[1])
        assert "The certificate has exp… › " in shown(pilot)
        await press(pilot, "escape")
        assert title(pilot) == links[1]
        await press(pilot, "escape")
        assert title(pilot) == "cause/expired"
        await press(pilot, "escape")
        assert step(pilot) == "dates"
        assert not isinstance(pilot.app.screen, LessonScreen)


async def test_a_digit_follows_its_link_and_q_closes_from_wherever_it_led() -> None:
    async with wizard("3", "enter", "1", "2", "1") as pilot:
        assert len(pilot.app.screen.trail) == 3  # type: ignore[attr-defined] # a lesson
        await press(pilot, "q")
        assert not isinstance(pilot.app.screen, LessonScreen)


async def test_up_from_the_first_link_returns_to_the_text_and_the_mark_is_where_the_keys_are() -> None:
    async with wizard("3", "enter", "tab") as pilot:
        assert "▸ 1 " in shown(pilot)
        await press(pilot, "end")
        assert pilot.app.screen.query_one(LinkList).cursor == len(further_keys("cause/expired")) - 1
        await press(pilot, "home", "up")
        assert pilot.app.focused is pilot.app.screen.query_one("#page")
        assert "▸ 1 " not in shown(pilot)


def further_keys(key: str) -> tuple[str, ...]:
    """Where a lesson leads."""
    lesson = find_by_key(key)
    return lesson.see_also if lesson else ()


async def test_links_and_the_trail_can_be_clicked() -> None:
    async with wizard("3", "enter", "tab", "end") as pilot:
        await pilot.click(LinkList, offset=(8, 1))
        await settle(pilot)
        assert title(pilot) == further_keys("cause/expired")[0]
        await pilot.click("#titles", offset=(4, 0))
        await settle(pilot)
        assert title(pilot) == "cause/expired"


async def test_the_lesson_is_copied_with_its_sources(clipboard: list[str]) -> None:
    async with wizard("3", "enter", "1", "y") as pilot:
        await until(pilot, lambda: bool(clipboard))
        lesson = find_by_key(title(pilot))
        assert lesson is not None
        assert clipboard == [lesson_markdown(lesson)]
        assert lesson.sources[0] in clipboard[0]


@pytest.mark.parametrize("start", ["1", "g", "x", "p", "c"])
async def test_the_list_of_lessons_opens_from_any_step_and_returns_there(start: str) -> None:
    async with wizard(start) as pilot:
        before = pilot.app.screen
        await press(pilot, "L")
        assert isinstance(pilot.app.screen, LessonsScreen)
        await press(pilot, "escape")
        assert pilot.app.screen is before


async def test_from_the_start_f3_opens_the_list_although_letters_are_typed_there() -> None:
    async with wizard(target=None) as pilot:
        await press(pilot, "f3")
        assert isinstance(pilot.app.screen, LessonsScreen)


async def test_slash_in_a_lesson_searches_in_all() -> None:
    async with wizard("3", "enter", "slash", *"stapling") as pilot:
        assert isinstance(pilot.app.screen, LessonsScreen)
        assert marked(pilot) == "term/stapling"
        await press(pilot, "enter")
        assert title(pilot) == "term/stapling"
        await press(pilot, "escape", "escape", "escape")
        assert title(pilot) == "cause/expired"


async def test_all_lessons_are_listed_by_kind_and_the_mark_jumps_over_headings() -> None:
    async with wizard("L") as pilot:
        listed = pilot.app.screen.query_one(LessonList)
        assert sum(not option.disabled for option in listed.options) == len(all_lessons())
        assert "Checks" in shown(pilot)
        seen = []
        for _ in range(12):
            seen.append(marked(pilot))
            await pilot.press("down")
        assert len(set(seen)) == 12
        assert any(key.startswith("cause/") for key in seen)


async def test_a_number_finds_its_extension_and_nonsense_finds_nothing() -> None:
    async with wizard("L", *"2.5.29.46") as pilot:
        assert marked(pilot) == "extension/freshest-crl"
        await press(pilot, "escape", *"qqxxzz")
        assert marked(pilot) == ""
        assert "No lesson holds that." in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LessonsScreen)
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(Input).value == ""


async def test_a_click_reads_a_lesson_of_the_list() -> None:
    async with wizard("L") as pilot:
        await pilot.click(LessonList, offset=(6, 2))
        await settle(pilot)
        assert title(pilot).startswith("check/")


async def test_the_keys_of_a_lesson_are_in_its_footer_and_its_help() -> None:
    async with wizard("3", "enter", size=(100, 40)) as pilot:
        bar = pilot.app.screen.query_one(KeyBar)
        assert len(bar.commands) <= 7
        await press(pilot, "question_mark")
        assert "A digit opens" in shown(pilot)
