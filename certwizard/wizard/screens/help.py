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
        for keys, words in help_rows(commands):
            rows += columns([([line((keys, f"bold {HERE}"))], 14), (wrap(words, width - 16), width - 16)])
        return rows

    return PagesScreen([Page("Help", lambda: Drawing(draw))])


def help_rows(commands: Sequence[WizardCommand]) -> list[tuple[str, str]]:
    """Return each thing that can be done with all its keys, once; then what moves the cursor.

    Args:
        commands: What can be done, no two with the same key.
    """
    keys: dict[str, list[str]] = {}
    for command in commands:
        keys.setdefault(command.help, []).extend(command.shown_keys.split())
    taken = {key for found in keys.values() for key in found}
    for moving, words in MOVING:
        keys[words] = [key for key in moving.split() if key not in taken]
    return [(" ".join(found), words) for words, found in keys.items() if found]
