"""A text to copy, alone on its screen: marked by focus, copied by a key or a double click."""

from textual import events
from textual.content import Content
from textual.message import Message

from certwizard.wizard.blocks import Block
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.pictures.block import BlockKeys, draw_block
from certwizard.wizard.widgets.drawing import Drawing


class CommandBlock(Drawing, can_focus=True):
    """A block; focus marks it as the one that is copied."""

    class CopyRequested(Message):
        """The block was double-clicked."""

    def __init__(self, block: Block) -> None:
        """Show a block.

        Args:
            block: What to show.
        """
        super().__init__(self._lines)
        self.block = block

    def watch_has_focus(self, focused: bool) -> None:
        """Draw it marked or not.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Focus on the first click, copy on the second.

        Args:
            event: The click.
        """
        if event.chain == 2:
            self.post_message(self.CopyRequested())

    def _lines(self, width: int) -> list[Content]:
        named = BlockKeys(live_key(self.app, keys.COPY), live_key(self.app, keys.SAVE))
        return draw_block(self.block, width, named, marked=self.has_focus)
