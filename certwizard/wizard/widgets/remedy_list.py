"""The scrolling list of remedies: one block is marked, and the arrows carry the mark from block to block."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget

from certwizard.wizard.blocks import Block
from certwizard.wizard.repairing import StepKey
from certwizard.wizard.widgets.remedy_step import StepView
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
    def steps(self) -> list[StepView]:
        """All steps, from the top."""
        return [each for each in self.children if isinstance(each, StepView)]

    @property
    def titles(self) -> list[RemedyTitle]:
        """The titles of the remedies, from the top."""
        return [each for each in self.children if isinstance(each, RemedyTitle)]

    @property
    def marked(self) -> StepView | None:
        """The step the mark is on."""
        focused = self.screen.focused
        return focused if isinstance(focused, StepView) else None

    @property
    def block(self) -> Block | None:
        """The marked block, the first where none is marked."""
        if self.marked is not None:
            return self.marked.block
        return next((step.block for step in self.steps if step.block), None)

    @property
    def key(self) -> StepKey | None:
        """The step of what is marked."""
        return self.marked.step_key if self.marked is not None else None

    def mark_first(self) -> None:
        """Mark the first step that is not done; where there is no step the list itself takes the arrows."""
        steps = self.steps
        self.can_focus = not steps
        if not steps:
            self.focus(scroll_visible=False)
            return
        place = next((place for place, step in enumerate(steps) if not step.done), 0)
        if place:
            self._mark(steps[place], 0, steps[place - 1])
        else:
            steps[0].mark(0)

    def action_mark(self, distance: int) -> None:
        """Mark the block after or before; where the marked one goes on out of sight, scroll to it first.

        Args:
            distance: 1 or -1.
        """
        steps, marked = self.steps, self.marked
        if marked is None or self._goes_on(marked, distance):
            self.scroll_relative(y=LINES * distance, animate=False)
            return
        place, index = marked.place + distance, steps.index(marked) + distance
        if 0 <= place < len(marked.blocks):
            self._mark(marked, place)
        elif 0 <= index < len(steps):
            self._mark(steps[index], 0 if distance > 0 else -1)
        else:
            self.scroll_relative(y=LINES * distance, animate=False)

    def show_tick(self, key: StepKey, done: bool) -> None:
        """Show that a step is done or is not; done, the mark goes on to the next that is not.

        Args:
            key: The step.
            done: Whether it is done.
        """
        ticked = [step for step in self.steps if step.step_key == key]
        for step in ticked:
            step.tick(done)
        if done and ticked:
            self._mark_next_open(ticked[-1])

    def _mark_next_open(self, ticked: StepView) -> None:
        steps = self.steps
        own = [each for each in steps if each.step_key.remedy == ticked.step_key.remedy and not each.done]
        later = [each for each in steps[steps.index(ticked) + 1 :] if each in own]
        if own:
            self._mark((later or own)[0], 0, ticked)
        else:
            self.call_after_refresh(self._bring_into_sight, ticked, None)

    def mark_step(self, key: StepKey) -> None:
        """Mark the first block of a step.

        Args:
            key: The step.
        """
        for step in self.steps:
            if step.step_key == key:
                self._mark(step, 0)
                return

    def _mark(self, step: StepView, place: int, ticked: StepView | None = None) -> None:
        for each in self.steps:
            if each.done:
                each.open(each is step)
        step.mark(place)
        self.call_after_refresh(self._bring_into_sight, step, ticked)

    def _bring_into_sight(self, step: StepView, ticked: StepView | None) -> None:
        """Scroll so that as much is seen as there is room for: the marked block, its step, and the last tick."""
        block, whole = step.marked_region(), step.virtual_region
        wanted = [whole, block, Region(block.x, block.y, block.width, 1)]
        if ticked is not None:
            last = ticked.virtual_region
            wanted = [whole.union(last), whole, block.union(last), *wanted[1:]]
        room = self.scrollable_content_region.height
        self.scroll_to_region(next(each for each in wanted if each.height <= max(room, 1)), animate=False)

    def _goes_on(self, marked: StepView, distance: int) -> bool:
        """Whether the marked block has rows out of sight in that direction."""
        region, top = marked.marked_region(), self.scroll_offset.y
        if distance > 0:
            return region.bottom > top + self.scrollable_content_region.height
        return region.y < top
