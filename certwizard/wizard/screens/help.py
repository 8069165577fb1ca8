"""The help of a screen: the question it answers and its keys, from the same definitions that feed them."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.screens.pages import Page, PagesScreen
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

MOVING = (("↑ ↓ k j", "Move the cursor, or scroll."), ("tab", "Go to the next button or field."))


def help_screen(question: str, explanation: str, commands: Sequence[WizardCommand]) -> PagesScreen:
    """Return the help window of a screen.

    Args:
        question: What the screen answers.
        explanation: A few sentences on it, or empty.
        commands: What can be done there.
    """

    def draw(width: int) -> list[Content]:
        rows = wrap(question, width, "bold")
        rows += wrap(explanation, width, QUIET)
        rows.append(line())
        for keys, words in (
            *((command.shown_keys, command.help) for command in commands if command.keys),
            *MOVING,
        ):
            rows += columns([([line((keys, f"bold {HERE}"))], 14), (wrap(words, width - 16), width - 16)])
        return rows

    return PagesScreen([Page("Help", lambda: Drawing(draw))])
