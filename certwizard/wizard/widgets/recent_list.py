"""The targets looked at last, one line each: verdict, name and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from certwizard.domain.wording import relative
from certwizard.wizard.pictures.canvas import cut_middle, line, pad
from certwizard.wizard.recent import Recent
from certwizard.wizard.styles import QUIET

LONGEST_NAME = 40


class RecentList(OptionList):
    """Recent targets; enter or a click looks at one again, delete forgets it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete,backspace", "forget", "Forget", show=False)]

    @dataclass
    class Chosen(Message):
        """One is to be looked at again."""

        target: str

    @dataclass
    class Forgotten(Message):
        """One is to be forgotten."""

        target: str

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="recent-list", markup=False, compact=True)
        self.shown: tuple[Recent, ...] = ()

    def fill(self, recent: Sequence[Recent]) -> None:
        """Show targets.

        Args:
            recent: The last one first.
        """
        self.shown = tuple(recent)
        now = datetime.now(UTC)
        widest = min(max((cell_len(each.target) for each in self.shown), default=0), LONGEST_NAME)
        self.clear_options()
        self.add_options([_words(each, widest, now) for each in self.shown])
        if self.shown:
            self.highlighted = 0

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Ask for the target that was chosen."""
        event.stop()
        self.post_message(self.Chosen(self.shown[event.option_index].target))

    def action_forget(self) -> None:
        """Ask to forget the marked target."""
        if self.highlighted is not None and self.shown:
            self.post_message(self.Forgotten(self.shown[self.highlighted].target))


def _words(recent: Recent, widest: int, now: datetime) -> Content:
    from certwizard.wizard.symbols import VERDICT

    mark = VERDICT[recent.verdict]
    name = pad(line(cut_middle(recent.target, widest)), widest)
    return line((f"{mark.glyph} ", f"bold {mark.style}"), name, (f"  {relative(recent.at, now)}", QUIET))
