"""The lessons as a list: by kind under headings, or by how well they fit what is searched."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from certwizard.wizard.pictures.canvas import fit, line
from certwizard.wizard.styles import QUIET

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

LONGEST_ID = 28


class LessonList(OptionList):
    """Lessons; enter or a click chooses one."""

    class Chosen(Message):
        """The marked lesson was chosen."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="lessons", markup=False, compact=True)

    @property
    def marked(self) -> "Lesson | None":
        """The lesson that is marked."""
        from certwizard.knowledge.lessons import find_by_key

        if self.highlighted is None:
            return None
        return find_by_key(self.get_option_at_index(self.highlighted).id or "")

    def fill(self, words: str) -> None:
        """Show the lessons that hold every word, or all of them by kind.

        Args:
            words: What is searched; empty for all.
        """
        from certwizard.knowledge.part_lessons import look_up

        self.clear_options()
        if words.strip():
            found = look_up(words[:200])
            room = min(max((len(each.id) for each in found), default=0), LONGEST_ID)
            self.add_options([Option(_row(each, room, kind=True), id=each.key) for each in found])
        else:
            self.add_options(list(_by_kind()))
        self.highlighted = None
        self.move(1)
        if self.highlighted is None:
            self.post_message(self.OptionHighlighted(self, Option(""), 0))

    def move(self, distance: int) -> None:
        """Move the mark, staying inside the list and off the headings.

        Args:
            distance: Rows down.
        """
        places = [index for index, option in enumerate(self.options) if not option.disabled]
        if not places:
            return
        at = places.index(self.highlighted) + distance if self.highlighted in places else 0
        self.highlighted = places[max(0, min(len(places) - 1, at))]
        if self.highlighted == places[0]:
            self.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Ask for the lesson that was chosen."""
        event.stop()
        self.post_message(self.Chosen())


def _by_kind() -> Iterator[Option]:
    from certwizard.knowledge.lessons import KIND_TITLES, all_lessons

    every = all_lessons()
    for kind, title in KIND_TITLES.items():
        yield Option(line((title, "bold")), disabled=True)
        yield from (Option(_row(lesson), id=lesson.key) for lesson in every if lesson.kind is kind)


def _row(lesson: "Lesson", room: int = LONGEST_ID, *, kind: bool = False) -> Content:
    name = fit(lesson.id, max(room, cell_len(lesson.id)))
    tail = (f"  {lesson.kind.value}", QUIET) if kind else ""
    return line(" ", (name, ""), " ", (lesson.title, QUIET), tail)
