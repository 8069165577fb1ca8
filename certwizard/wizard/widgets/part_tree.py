"""The tree of a certificate's parts: drawn line by line, so that 10,000 names cost no more than ten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from certwizard.domain.anatomy.part import Part
from certwizard.wizard.pictures.part_line import draw_row
from certwizard.wizard.styles import MARKED
from certwizard.wizard.symbols import Mark
from certwizard.wizard.widgets.part_rows import Place, Row, found_rows, places_of_fields, visible_rows

FEW = 8
"""Up to this many pieces a broken field is shown open."""


class PartTree(ScrollView, can_focus=True):
    """Shows the parts; arrows move, open and close."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Line before", show=False),
        Binding("down,j", "move(1)", "Next line", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
        Binding("home", "move(-1000000)", "First line", show=False),
        Binding("end", "move(1000000)", "Last line", show=False),
        Binding("right,l,plus", "open", "Open", show=False),
        Binding("left,h,minus", "close", "Close or go up", show=False),
        Binding("space", "fold", "Open or close", show=False),
    ]
    DEFAULT_CSS = "PartTree { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    cursor: reactive[int] = reactive(0)

    class Moved(Message):
        """Another part is marked."""

    @dataclass
    class Searched(Message):
        """What was searched has been looked for."""

        words: str
        hits: int

    def __init__(self, root: Part, faults: Mapping[str, Mark]) -> None:
        """Show a certificate.

        Args:
            root: The whole certificate.
            faults: Values of FieldId that are broken here, with how.
        """
        super().__init__(id="tree")
        self.faults = faults
        self.root_part = root
        self.words = ""
        self._opened: set[Place] = set()
        self._rows: list[Row] = []
        self._broken: dict[Place, str] = {}
        self._take(root)

    def show(self, root: Part, faults: Mapping[str, Mark]) -> None:
        """Show another certificate.

        Args:
            root: The whole certificate.
            faults: Its broken fields.
        """
        self.faults = faults
        self._take(root)
        self._lay()
        self.cursor = self._first_fault()
        self._reveal()
        self.post_message(self.Moved())

    def _take(self, root: Part) -> None:
        self.root_part, self.words = root, ""
        self._broken = places_of_fields(root, self.faults)
        self._opened = {place for place in self._broken if len(root.children[place[0]].children) <= FEW}
        self._rows = visible_rows(root, self._opened)

    def on_mount(self) -> None:
        """Begin at the first broken field."""
        self._lay()
        self.cursor = self._first_fault()

    def _first_fault(self) -> int:
        return next((index for index, row in enumerate(self._rows) if row.place in self._broken), 0)

    @property
    def part(self) -> Part | None:
        """The marked part."""
        return self._rows[self.cursor].part if self._rows else None

    @property
    def trail(self) -> tuple[Part, ...]:
        """The marked part with those around it, outermost first."""
        found: list[Part] = []
        here = self.root_part
        for number in self._rows[self.cursor].place if self._rows else ():
            here = here.children[number]
            found.append(here)
        return tuple(found)

    def search(self, words: str) -> None:
        """Show only what holds the words; an empty text shows the tree again.

        Args:
            words: What to look for.
        """
        before = self._rows[self.cursor].place if self._rows else ()
        self.words = words.strip()
        if self.words:
            self._rows = found_rows(self.root_part, self.words)
            wanted = next((i for i, row in enumerate(self._rows) if row.is_found), 0)
        else:
            self._opened |= {before[:depth] for depth in range(1, len(before))}
            self._rows = visible_rows(self.root_part, self._opened)
            wanted = next((i for i, row in enumerate(self._rows) if row.place == before), 0)
        self._lay()
        self.cursor = wanted
        self._reveal()
        self.post_message(self.Moved())
        self.post_message(self.Searched(self.words, sum(row.is_found for row in self._rows)))

    def _lay(self) -> None:
        self.virtual_size = Size(0, len(self._rows))
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row.

        Args:
            cursor: Row asked for.
        """
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Draw the cursor in its new place and tell of it."""
        self.refresh()
        self._reveal()
        self.post_message(self.Moved())

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def on_resize(self) -> None:
        """Keep the marked row in sight."""
        self._reveal()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the screen.

        Args:
            y: Row from the top of what is seen.
        """
        index = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[index]
        mark = self.faults[self._broken[row.place]] if row.place in self._broken else None
        content = draw_row(row, mark, width)
        if index == self.cursor:
            content = content.stylize(MARKED if self.has_focus else "on $panel")
        return self._strip(content, width)

    def _strip(self, content: Content, width: int) -> Strip:
        return Visual.to_strips(self, content, width, 1, self.visual_style)[0].adjust_cell_length(
            width, self.rich_style
        )

    def action_move(self, distance: int) -> None:
        """Go up or down.

        Args:
            distance: Rows, negative upwards.
        """
        self.cursor += distance

    def action_open(self) -> None:
        """Show what is inside, or go into it."""
        if not self._rows or self.words:
            return
        row = self._rows[self.cursor]
        if row.part.children and not row.is_open:
            self._set_open(row, True)
        elif row.part.children:
            self.cursor += 1

    def action_close(self) -> None:
        """Hide what is inside, or go to what it is inside of."""
        if not self._rows or self.words:
            return
        row = self._rows[self.cursor]
        if row.is_open:
            self._set_open(row, False)
        elif row.depth:
            wanted = row.place[:-1]
            self.cursor = next(index for index, each in enumerate(self._rows) if each.place == wanted)

    def action_fold(self) -> None:
        """Show or hide what is inside."""
        if self._rows and not self.words and self._rows[self.cursor].part.children:
            row = self._rows[self.cursor]
            self._set_open(row, not row.is_open)

    def _set_open(self, row: Row, is_open: bool) -> None:
        (self._opened.add if is_open else self._opened.discard)(row.place)
        self._rows = visible_rows(self.root_part, self._opened)
        self._lay()

    def on_click(self, event: events.Click) -> None:
        """Mark the row clicked on; a click on the marked one opens or closes it.

        Args:
            event: The click.
        """
        index = self.scroll_offset.y + event.y
        if index < len(self._rows):
            if index == self.cursor:
                self.action_fold()
            self.cursor = index
