"""The scrolling list of remedies: one block is marked, and the arrows carry the mark from block to block."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget

from certwizard.wizard.repairing import StepKey
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.remedy_step import StepText
from certwizard.wizard.widgets.remedy_view import RemedyTitle

LINES = 3


class RemedyList(VerticalScroll, inherit_bindings=False):
    """Remedies one below the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "mark(1)", "Next block", show=False),
        Binding("up,k", "mark(-1)", "Block before", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "First line", show=False),
        Binding("end", "scroll_end", "Last line", show=False),
    ]

    def __init__(self, *shown: Widget) -> None:
        """Show remedies.

        Args:
            *shown: Their widgets, from the top.
        """
        super().__init__(*shown, id="body", can_focus=False)

    @property
    def stops(self) -> list[Widget]:
        """What the mark can stand on: each block, and the words of a step that has none."""
        return [each for each in self.children if each.can_focus]

    @property
    def block(self) -> CommandBlock | None:
        """The marked block, the first where none is marked."""
        focused = self.screen.focused
        return focused if isinstance(focused, CommandBlock) else next(iter(self.query(CommandBlock)), None)

    @property
    def key(self) -> StepKey | None:
        """The step of what is marked."""
        focused = self.screen.focused
        return focused.step_key if isinstance(focused, (CommandBlock, StepText)) else None

    def mark_first(self) -> None:
        """Mark the first step; where there is none the list itself takes the arrows."""
        stops = self.stops
        self.can_focus = not stops
        (stops[0] if stops else self).focus(scroll_visible=False)

    def action_mark(self, distance: int) -> None:
        """Mark the block after or before; where the marked one goes on out of sight, scroll to it first.

        Args:
            distance: 1 or -1.
        """
        stops, marked = self.stops, self.screen.focused
        index = stops.index(marked) + distance if marked in stops else -1
        if marked is None or not 0 <= index < len(stops) or self._goes_on(marked, distance):
            self.scroll_relative(y=LINES * distance, animate=False)
        else:
            self._mark(stops[index])

    def show_tick(self, key: StepKey, done: bool) -> None:
        """Show that a step is done or is not; done, the mark goes on to the next that is not.

        Args:
            key: The step.
            done: Whether it is done.
        """
        heads = list(self.query(StepText))
        for head in heads:
            if head.step_key == key:
                head.tick(done)
        for title in self.query(RemedyTitle):
            title.redraw()
        if done:
            self._mark_next_open(key, heads)

    def _mark_next_open(self, key: StepKey, heads: list[StepText]) -> None:
        places = [index for index, head in enumerate(heads) if head.step_key == key]
        after = heads[places[-1] + 1 :] if places else []
        own = [head.step_key for head in heads if head.step_key.remedy == key.remedy and not head.done]
        later = [head.step_key for head in after if head.step_key in own]
        if own:
            self.mark_step((later or own)[0])
            return
        for title in self.query(RemedyTitle):
            if key in title.keys:
                self.call_after_refresh(self._bring_into_sight, [title])

    def mark_step(self, key: StepKey) -> None:
        """Mark the first block of a step.

        Args:
            key: The step.
        """
        for stop in self.stops:
            if getattr(stop, "step_key", None) == key:
                self._mark(stop)
                return

    def _mark(self, stop: Widget) -> None:
        """Mark a block, with the words of its step above it in sight."""
        stop.focus(scroll_visible=False)
        children = list(self.children)
        head = next((c for c in reversed(children[: children.index(stop)]) if isinstance(c, StepText)), None)
        shown = [stop]
        if head is not None and head.step_key == getattr(stop, "step_key", None):
            shown.append(head)
        self.call_after_refresh(self._bring_into_sight, shown)

    def _bring_into_sight(self, shown: list[Widget]) -> None:
        """Scroll until all of it is seen; its first line where it is higher than the list."""
        region = Region.from_union([widget.virtual_region_with_margin for widget in shown])
        fits = region.height <= self.scrollable_content_region.height
        self.scroll_to_region(region if fits else Region(region.x, region.y, region.width, 1), animate=False)

    def _goes_on(self, marked: Widget, distance: int) -> bool:
        if distance > 0:
            return marked.region.bottom > self.region.bottom
        return marked.region.y < self.region.y
