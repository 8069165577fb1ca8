"""What the diagnosis says of the message that led to it, on the step that decides and in the verdict."""

from textual.content import Content

from certwizard.wizard.confirming import Confirmation
from certwizard.wizard.styles import ATTENTION, HERE
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.note import draw_note


class Confirmed(Drawing):
    """A note with the message's outcome."""

    DEFAULT_CSS = "Confirmed { margin-top: 1; }"

    def __init__(self, confirmation: Confirmation) -> None:
        """Show an outcome.

        Args:
            confirmation: What the diagnosis says of the message.
        """
        super().__init__(lambda width: draw_confirmation(confirmation, width))


def draw_confirmation(confirmation: Confirmation, width: int) -> list[Content]:
    """Draw the outcome behind a bar.

    Args:
        confirmation: What the diagnosis says of the message.
        width: Cells there are.
    """
    glyph, bar = ("✔", HERE) if confirmation.confirmed else ("?", ATTENTION)
    return draw_note(f"{glyph} {confirmation.title}", confirmation.text, bar, width)
