"""A command as a block: its shell, what it does, its colours, and how to copy it."""

from textual import events
from textual.content import Content
from textual.message import Message

from certwizard.domain.cleantext import escape
from certwizard.wizard.colouring import colour
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.styles import ATTENTION, QUIET
from certwizard.wizard.widgets.drawing import Drawing

LONGEST = 4000


class CommandBlock(Drawing, can_focus=True):
    """Text to copy, drawn with the colours of its language; focus marks the one that is copied."""

    DEFAULT_CSS = """
    CommandBlock {
        height: auto; padding: 0 1; border: round $border-blurred; background: $surface;
        border-title-color: $text-muted; border-subtitle-color: $text-muted;
        text-wrap: nowrap;
        &:focus {
            border: round $border;
            border-title-color: $text-accent; border-subtitle-color: $text-accent;
        }
    }
    """

    class CopyRequested(Message):
        """The block was double-clicked."""

    def __init__(
        self,
        text: str,
        language: str,
        what: str,
        note: str = "",
        *,
        where: str = "",
        step_key: StepKey | None = None,
    ) -> None:
        """Show a command or a snippet.

        Args:
            text: What is copied, exactly.
            language: ``bash`` ``nginx`` ``ini`` ``text`` ...
            what: What it is, in a few words, for the notice.
            note: ``needs root`` or the like.
            where: The file it belongs into, in words; empty for a command.
            step_key: The step it belongs to.
        """
        super().__init__(self._lines)
        self.text = text
        self.language = language
        self.what = what
        self.border_title = line(language, (f" · {note}", ATTENTION) if note else "")
        self.where = where
        self.step_key = step_key
        saving = [line(" · "), clickable(line("w save"), "screen.save")] if where else []
        self.border_subtitle = line(clickable(line("y copy"), "screen.copy"), *saving)

    def _lines(self, width: int) -> list[Content]:
        rows: list[Content] = []
        for each in self.text.splitlines() or [""]:
            rows += fold(colour(escape(each, LONGEST), self.language), width)
        return rows

    def on_click(self, event: events.Click) -> None:
        """Focus on the first click, copy on the second.

        Args:
            event: The click.
        """
        if event.chain == 2:
            self.post_message(self.CopyRequested())


def fold(content: Content, width: int) -> list[Content]:
    """Fold a long line between words where it can be, marking what goes on.

    Args:
        content: One line of a command.
        width: Cells there are.
    """
    if content.cell_length <= width:
        return [content]
    first, *rest = content.wrap(max(width - 2, 10))
    return [first, *(line(("  ", QUIET), row) for row in rest)]
