"""One definition per command feeds keys, footer, palette and help; each check has its step."""

import inspect

import pytest

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.commands import catalogue
from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.screens.chapter import ChapterScreen
from certwizard.wizard.screens.course import CourseScreen
from certwizard.wizard.screens.explanation import ExplanationScreen
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.screens.lessons import LessonsScreen
from certwizard.wizard.screens.practice import PracticeScreen
from certwizard.wizard.screens.probe import ProbeScreen
from certwizard.wizard.screens.questions import QuestionsScreen
from certwizard.wizard.screens.start import StartScreen
from certwizard.wizard.steps import CHECK_STEPS, STEPS
from certwizard.wizard.walkthrough import screen_class

SCREENS = [
    StartScreen,
    ExplanationScreen,
    PracticeScreen,
    ProbeScreen,
    LessonsScreen,
    CourseScreen,
    ChapterScreen,
    QuestionsScreen,
    *(screen_class(step) for step in STEPS),
]


def test_the_steps_are_the_checks_in_order_then_verdict_fix_and_prevent() -> None:
    assert [step.check for step in CHECK_STEPS] == list(CheckId)
    assert [step.id for step in STEPS[8:]] == ["verdict", "fix", "prevent"]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_every_command_of_a_screen_is_bound_there_and_can_be_run(screen: type[FrameScreen]) -> None:
    merged = screen._merged_bindings
    bound = {each.action for group in merged.key_to_bindings.values() for each in group} if merged else set()
    for command in screen.commands:
        name = command.action.partition("(")[0].removeprefix("screen.")
        if command.action.startswith("screen."):
            assert inspect.isfunction(getattr(screen, f"action_{name}", None)) or name in (
                "diagnose",
                "open",
            ), command
        if name not in ("diagnose", "open"):
            assert command.action in bound, command
    assert set(screen.footer) <= set(screen.commands)


def test_every_command_says_what_it_does_in_a_sentence() -> None:
    commands = [each for each in vars(catalogue).values() if isinstance(each, WizardCommand)]
    assert len(commands) > 20
    for command in commands:
        assert command.help.endswith(".")
        assert command.keys


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_no_key_means_two_things_on_one_screen(screen: type[FrameScreen]) -> None:
    keys = [key for command in screen.commands for key in command.keys]
    assert len(keys) == len(set(keys))
