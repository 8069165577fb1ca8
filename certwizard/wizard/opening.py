"""The screens outside the walk, each imported when it is first shown."""

import os
from typing import TYPE_CHECKING

from textual.screen import Screen

from certwizard.wizard.subject import Subject

if TYPE_CHECKING:
    from certwizard.explain.explanation import Explanation


def start_screen() -> Screen[None]:
    """Return the screen that asks for a target."""
    from certwizard.wizard.screens.start import StartScreen

    return StartScreen()


def practice_screen() -> Screen[None]:
    """Return the list of practice scenarios."""
    from certwizard.wizard.screens.practice import PracticeScreen

    return PracticeScreen()


def files_screen() -> Screen[None]:
    """Return the file picker, at the folder the program was started in."""
    from certwizard.wizard.screens.files import FilesScreen

    return FilesScreen(os.curdir)


def explanation_screen(heard: "Explanation") -> Screen[None]:
    """Return what a message means.

    Args:
        heard: What the message says.
    """
    from certwizard.wizard.screens.explanation import ExplanationScreen

    return ExplanationScreen(heard)


def probe_screen(subject: Subject) -> Screen[None]:
    """Return the live view of a probe.

    Args:
        subject: What is looked at.
    """
    from certwizard.wizard.screens.probe import ProbeScreen

    return ProbeScreen(subject.title)
