"""The screens outside the walk, each imported when it is first shown."""

from textual.screen import Screen

from certwizard.wizard.subject import Subject


def start_screen() -> Screen[None]:
    """Return the screen that asks for a target."""
    from certwizard.wizard.screens.start import StartScreen

    return StartScreen()


def practice_screen() -> Screen[None]:
    """Return the list of practice scenarios."""
    from certwizard.wizard.screens.practice import PracticeScreen

    return PracticeScreen()


def probe_screen(subject: Subject) -> Screen[None]:
    """Return the live view of a probe.

    Args:
        subject: What is looked at.
    """
    from certwizard.wizard.screens.probe import ProbeScreen

    return ProbeScreen(subject.title)
