"""The entries of a folder as a list, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from certwizard.domain.wording import day
from certwizard.wizard.folder import Entry
from certwizard.wizard.pictures.canvas import cut_middle, line, pad
from certwizard.wizard.styles import HERE, QUIET

NARROWEST, WIDEST = 12, 60
BESIDE = 26
"""Cells that size and day take beside the name."""
_UNITS = ("B", "kB", "MB", "GB", "TB")


class EntryList(OptionList):
    """Folders and files; a click opens one."""

    @dataclass
    class Chosen(Message):
        """One is to be opened."""

        entry: Entry

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="entries", markup=False, compact=True)
        self.can_focus = False
        self.entries: tuple[Entry, ...] = ()

    def fill(self, entries: Sequence[Entry], width: int) -> None:
        """Show entries, the first one marked.

        Args:
            entries: In their order.
            width: Cells there are.
        """
        self.entries = tuple(entries)
        longest = max((cell_len(each.name) + 1 for each in self.entries), default=0)
        room = max(min(longest, width - BESIDE - 4, WIDEST), NARROWEST)
        self.clear_options()
        self.add_options([_words(each, room) for each in self.entries])
        if self.entries:
            self.highlighted = 0

    @property
    def marked(self) -> Entry | None:
        """The entry that is marked."""
        return None if self.highlighted is None else self.entries[self.highlighted]

    def move(self, distance: int) -> None:
        """Move the mark, staying inside the list.

        Args:
            distance: Rows down.
        """
        if self.entries:
            self.highlighted = max(0, min(len(self.entries) - 1, (self.highlighted or 0) + distance))

    @on(OptionList.OptionSelected)
    def open_marked(self, event: OptionList.OptionSelected) -> None:
        """Ask for the entry that was chosen."""
        event.stop()
        self.post_message(self.Chosen(self.entries[event.option_index]))


def _words(entry: Entry, room: int) -> Content:
    if entry.is_folder:
        return line(("▸ ", HERE), (cut_middle(f"{entry.name}/", room), "bold"))
    name = pad(line("  ", cut_middle(entry.name, room)), room + 2)
    when = day(entry.changed) if entry.changed else ""
    return line(name, (f"  {_size(entry.size):>8}  {when}", QUIET))


def _size(count: int) -> str:
    size = float(count)
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"
