"""The course in the wizard: gone through by keys alone, by the mouse, and on a machine that keeps nothing."""

from dataclasses import dataclass, field

import pytest
from textual.widgets import OptionList

from certwizard.domain.options import ProbeOptions
from certwizard.knowledge.course import chapters
from certwizard.lab.catalogue import find_scenario
from certwizard.lab.scenario import OpenScenario
from certwizard.wizard.course_progress import CourseProgress, load_progress, score
from certwizard.wizard.screens.chapter import ChapterScreen
from certwizard.wizard.screens.course import CourseScreen
from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.questions import QuestionsScreen
from certwizard.wizard.widgets.question_view import QuestionView
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, press, settle, shown, step, wizard, wizard_of


@dataclass
class CannedLab:
    """A lab whose every scenario is the canned case."""

    opened: list[str] = field(default_factory=list)

    def open(self, scenario_id: str, /) -> OpenScenario:
        """Serve a scenario."""
        self.opened.append(scenario_id)
        scenario = find_scenario(scenario_id)
        assert scenario is not None
        return OpenScenario(scenario, canned.TARGET, ProbeOptions(), "127.0.0.1:1")


def on(pilot: WizardPilot, screen: type) -> None:
    """Hold that a certain screen is shown."""
    assert isinstance(pilot.app.screen, screen), shown(pilot)


async def answer(pilot: WizardPilot, wrong: int = 0) -> None:
    """Answer the questions of a chapter, the first ones wrongly, by digits and by arrows in turn."""
    for number, question in enumerate(chapters()[wizard_of(pilot).course.chapter].questions):
        choice = (question.right + 1) % len(question.answers) if number < wrong else question.right
        keys = [str(choice + 1)] if number % 2 else [*["down"] * choice, "enter"]
        await press(pilot, *keys)
        assert ("Right." if choice == question.right else "Not so.") in shown(pilot)
        await press(pilot, "enter")


async def test_the_whole_course_is_gone_through_by_keys_alone() -> None:
    lab = CannedLab()
    async with wizard("C", lab=lab) as pilot:
        await press(pilot, "enter")
        for number, chapter in enumerate(chapters()):
            on(pilot, ChapterScreen)
            assert f"chapter {number + 1} of 12" in shown(pilot)
            await press(pilot, "enter")
            on(pilot, LessonScreen)
            assert len(pilot.app.screen.lessons) == len(chapter.lessons)  # type: ignore[attr-defined] # a lesson
            await press(pilot, "escape", "end", "up", "enter")
            assert step(pilot)
            assert f"practice: {chapter.practice.scenario}" in shown(pilot)
            await press(pilot, "C")
            on(pilot, CourseScreen)
            await press(pilot, "enter", "enter")
            on(pilot, QuestionsScreen)
            await answer(pilot, wrong=1 if number == 4 else 0)
        on(pilot, CourseScreen)
        assert "You went through the whole course: 35 of 36 right." in shown(pilot)
    assert lab.opened == [chapter.practice.scenario for chapter in chapters()]
    kept = load_progress()
    assert score(kept) == (35, 36)
    assert kept.practised == kept.read == {chapter.id for chapter in chapters()}


async def test_every_answer_says_why_once_one_was_chosen_and_the_first_choice_stands() -> None:
    question = chapters()[0].questions[0]
    async with wizard("C", "enter", "end", "enter", size=(100, 40)) as pilot:
        assert "Wrong." not in shown(pilot)
        await press(pilot, "1", "2")
        view = pilot.app.screen.query_one(QuestionView)
        assert view.chosen == 0
        text = " ".join(shown(pilot).split())
        assert all(each.why.split(".")[0][:40] in text for each in question.answers)
        assert load_progress().answers == {"what/promise": 0}
        await press(pilot, "escape", "end", "enter", str(question.right + 1))
        assert load_progress().answers == {"what/promise": 0}


async def test_chapter_lesson_and_answer_can_be_clicked() -> None:
    async with wizard("C") as pilot:
        await pilot.click("#chapters", offset=(10, 2))
        await settle(pilot)
        assert "chapter 3 of 12" in shown(pilot)
        await pilot.click("#parts", offset=(14, 0))
        await settle(pilot)
        on(pilot, LessonScreen)
        await press(pilot, "escape", "end", "enter")
        await pilot.click(QuestionView, offset=(8, 4))
        await settle(pilot)
        assert pilot.app.screen.query_one(QuestionView).chosen == 1


async def test_escape_leads_back_from_question_to_chapter_to_course_to_step() -> None:
    async with wizard("3", "f4", "enter", "end", "enter") as pilot:
        on(pilot, QuestionsScreen)
        await press(pilot, "escape")
        on(pilot, ChapterScreen)
        await press(pilot, "escape")
        on(pilot, CourseScreen)
        await press(pilot, "escape")
        assert step(pilot) == "dates"


async def test_n_and_b_turn_the_chapters_and_both_ends_lead_to_the_list() -> None:
    async with wizard("C", "enter", "n", "n", "b") as pilot:
        assert "chapter 2 of 12" in shown(pilot)
        await press(pilot, "b", "b")
        on(pilot, CourseScreen)


async def test_the_course_goes_on_where_it_was_and_can_begin_anew() -> None:
    async with wizard("C", "enter", "end", "enter") as pilot:
        await answer(pilot)
        assert "chapter 2 of 12" in shown(pilot)
    async with wizard("C") as pilot:
        assert pilot.app.screen.query_one(OptionList).highlighted == 1
        assert "3 of 3 right" in shown(pilot)
        await press(pilot, "X")
        assert "3 of 3 right" not in shown(pilot)
        assert load_progress() == CourseProgress()


async def test_a_state_folder_that_cannot_be_written_is_said_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    async with wizard("C", "enter", "end", "enter") as pilot:
        await answer(pilot)
        await press(pilot, "escape")
        assert "will be forgotten at the end" in shown(pilot)
        assert "3 right so far" in shown(pilot)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_every_question_can_be_read_whole_at_every_size(size: tuple[int, int]) -> None:
    async with wizard("C", "enter", "end", "enter", size=size) as pilot:
        assert "3  " in shown(pilot)
        await press(pilot, "1", *["down"] * 20)
        assert "another matter." in " ".join(shown(pilot).split())


async def test_from_the_start_f4_opens_the_course() -> None:
    async with wizard(target=None) as pilot:
        await press(pilot, "f4")
        on(pilot, CourseScreen)
