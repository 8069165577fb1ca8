"""One step of a remedy: its words with the box to tick, its command, its proof and its way back."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from certwizard.remedies.model import Shell, Step
from certwizard.wizard.blocks import Block, blocks_of
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.pictures.block import BlockKeys
from certwizard.wizard.pictures.remedy_step import StepDrawing, draw_step
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.widgets.drawing import Drawing


class StepView(Drawing, can_focus=True):
    """A step, drawn as one; ticked off it is folded to its first line, unless the mark is on it."""

    @dataclass
    class Ticked(Message):
        """The box or the words were clicked."""

        key: StepKey

    class CopyRequested(Message):
        """A block was double-clicked."""

    def __init__(self, number: int, step: Step, key: StepKey, done: bool, shell: Shell | None) -> None:
        """Show a step.

        Args:
            number: Its place in the remedy.
            step: The step.
            key: What it is remembered by.
            done: Whether it is ticked off.
            shell: The shell chosen; None: the one of the step's platform.
        """
        super().__init__(self._lines)
        self.number, self.step, self.step_key, self.done = number, step, key, done
        self.blocks = blocks_of(number, step, shell)
        self.set_class(done, "-folded")
        self.place = 0
        """Which block is marked, where the mark is on this step."""
        self._open = False
        self._layout = StepDrawing()

    @property
    def block(self) -> Block | None:
        """The block that is marked, or would be."""
        return self.blocks[self.place] if self.blocks else None

    @property
    def folded(self) -> bool:
        """Whether its first line alone is shown."""
        return self.done and not self._open

    def mark(self, place: int) -> None:
        """Mark a block, counted from either end, and take the keys.

        Args:
            place: Which one; -1 is the last.
        """
        self.place = place % max(len(self.blocks), 1)
        if self.has_focus:
            self.redraw()
        else:
            self.focus(scroll_visible=False)

    def tick(self, done: bool) -> None:
        """Show whether the step is done.

        Args:
            done: Whether it is.
        """
        self.done = done
        self._show_anew()

    def marked_region(self) -> Region:
        """Where the marked block stands in the list, with the words above the first and what follows the last."""
        first, last = self._layout.span(self.place)
        return Region(0, first, self.size.width, last - first).translate(self.virtual_region.offset)

    def watch_has_focus(self, focused: bool) -> None:
        """Draw with the mark or without; a step that is done opens with it.

        Args:
            focused: Whether the keys come here.
        """
        super().watch_has_focus(focused)
        self.open(focused)

    def open(self, wanted: bool) -> None:
        """Show all of a step that is done, or fold it; said before the focus moves, so that all moves at once.

        Args:
            wanted: Whether all of it is to be seen.
        """
        self._open = wanted
        self._show_anew()

    def _show_anew(self) -> None:
        self.set_class(self.folded, "-folded")
        self.redraw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Mark the block under the mouse, so that what is clicked there is what is meant.

        Args:
            event: Where it was pressed.
        """
        place = self._place_at(event)
        if place is not None and place != self.place:
            self.place = place
            self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tick off with a click on the words; copy with a second one on a block.

        Args:
            event: The click.
        """
        if self._place_at(event) is None:
            self.post_message(self.Ticked(self.step_key))
        elif event.chain == 2:
            self.post_message(self.CopyRequested())

    def _place_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        return self._layout.place_at(offset.y) if offset is not None else None

    def _lines(self, width: int) -> list[Content]:
        named = BlockKeys(*(live_key(self.app, each) for each in (keys.COPY, keys.SAVE, keys.TICK)))
        marked = self.place if self.has_focus else None
        folded = self.folded
        self._layout = draw_step(self.number, self.step, self.blocks, width, named,
                                 done=self.done, folded=folded, marked=marked)  # fmt: skip
        return list(self._layout.rows)
