"""The file picker: one folder at a time, narrowed by typing; a path can be typed as well."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from certwizard.domain.cleantext import clean
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.folder import Entry, Listing, fitting_entries, parent_of, read_folder, split_typed
from certwizard.wizard.messages import TargetChosen
from certwizard.wizard.pictures.canvas import cut_middle, line, wrap
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import ATTENTION, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.entry_list import EntryList
from certwizard.wizard.widgets.header import Header

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

_OWN = (keys.LEAVE, keys.PARENT, keys.HIDDEN, keys.EVERY_FILE, keys.HELP_TYPING, keys.QUIT_TYPING)


class FilesScreen(FrameScreen):
    """Lists a folder; typing narrows it or names a path, enter opens the marked folder or file."""

    question = "Which file holds the certificate?"
    explanation = (
        "Type a part of a name to narrow the list, or a path. Enter opens the marked folder, or looks at the "
        "marked file as if a server sent it; nothing is changed. A file with a password asks for it."
    )
    commands = (keys.OPEN_FILE, *_OWN, keys.PALETTE, keys.THEME)
    footer = (
        *(keys.OPEN_FILE, keys.LEAVE, keys.PARENT, keys.HIDDEN, keys.EVERY_FILE),
        *(keys.HELP_TYPING, keys.QUIT_TYPING),
    )
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(_OWN),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(8)", "Page down", show=False),
        Binding("pageup", "move(-8)", "Page up", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]
    app: "CertwizardApp"

    def __init__(self, folder: str) -> None:
        """Show a folder.

        Args:
            folder: Its path.
        """
        super().__init__()
        self.folder = os.path.abspath(folder)
        self.hidden = self.every = False
        self._listing = Listing(self.folder)
        self._asked: tuple[str, bool, bool] | None = None

    def header(self) -> Header:
        """Return what this is."""
        return Header("a file", Content(""))

    def body(self) -> Iterable[Widget]:
        """Return the question, the folder, the field, and the list."""
        yield Static(self.question, id="question", markup=False)
        yield Drawing(self._place, id="place")
        yield Input(placeholder="type a part of a name, or a path", id="name")
        yield Drawing(self._count, id="count")
        yield EntryList()

    def on_mount(self) -> None:
        """Read the first folder."""
        self.show_typed()

    def on_resize(self, event: events.Resize) -> None:
        """Give names the room there is.

        Args:
            event: The new size.
        """
        self._fill()

    @property
    def _typed(self) -> tuple[str, str]:
        """The folder that is shown, and the part of a name that narrows it."""
        return split_typed(self.folder, self.query_one("#name", Input).value)

    @on(Input.Changed, "#name")
    def show_typed(self) -> None:
        """Show the folder the words lead to, narrowed by the rest of them."""
        folder, name = self._typed
        wanted = (folder, self.hidden or name.startswith("."), self.every)
        if wanted == self._asked:
            self._fill()
        else:
            self._asked = wanted
            self.read(wanted)

    @work(thread=True, exclusive=True, exit_on_error=False, group="folder")
    def read(self, wanted: tuple[str, bool, bool]) -> None:
        """Read a folder in a thread: it may be on a slow network.

        Args:
            wanted: The folder, and which of its entries.
        """
        folder, hidden, every = wanted
        self.app.call_from_thread(self.take, wanted, read_folder(folder, hidden=hidden, every=every))

    def take(self, wanted: tuple[str, bool, bool], listing: Listing) -> None:
        """Show what was read, if it is still what is asked for.

        Args:
            wanted: What was read.
            listing: What was found.
        """
        if wanted == self._asked:
            self._listing = listing
            self._fill()

    def _fill(self) -> None:
        listed = self.query_one(EntryList)
        above = Entry("..", parent_of(self._listing.folder), True)
        name = self._typed[1]
        listed.fill([*fitting_entries(self._listing, name), *([] if name else [above])], self.size.width)
        self.query_one("#place", Drawing).redraw()
        self.query_one("#count", Drawing).redraw()

    def action_move(self, distance: int) -> None:
        """Move the mark.

        Args:
            distance: Rows down.
        """
        self.query_one(EntryList).move(distance)

    @on(Input.Submitted, "#name")
    def action_open(self) -> None:
        """Open the marked folder or file."""
        marked = self.query_one(EntryList).marked
        if marked is None:
            self.app.bell()
        else:
            self.open(marked)

    @on(EntryList.Chosen)
    def open_chosen(self, event: EntryList.Chosen) -> None:
        """Open what was clicked."""
        self.open(event.entry)

    def open(self, entry: Entry) -> None:
        """Show a folder, or look at a file.

        Args:
            entry: What to open.
        """
        if entry.is_folder:
            self._go(entry.path)
            return
        from certwizard.domain.target_parsing import files_target

        self.post_message(TargetChosen(files_target((entry.path,), None, None)))

    def action_complete(self) -> None:
        """Complete the words with the name of the marked entry, as a shell does."""
        marked, field = self.query_one(EntryList).marked, self.query_one("#name", Input)
        if marked is not None:
            if marked.is_folder:
                self._go(marked.path)
            else:
                field.value = os.path.basename(marked.path) if marked.path.isprintable() else field.value
                field.cursor_position = len(field.value)

    def action_parent(self) -> None:
        """Show the folder this one stands in."""
        self._go(parent_of(self._listing.folder))

    def action_hidden(self) -> None:
        """Show hidden entries, or no longer."""
        self.hidden = not self.hidden
        self.show_typed()

    def action_every(self) -> None:
        """Show files of any ending, or those of certificates alone."""
        self.every = not self.every
        self.show_typed()

    def action_leave(self) -> None:
        """Go back to the start."""
        self.dismiss()

    def _go(self, folder: str) -> None:
        self.folder = os.path.abspath(folder)
        field = self.query_one("#name", Input)
        if field.value:
            field.value = ""
        else:
            self.show_typed()

    def _place(self, width: int) -> list[Content]:
        return [line(("in ", QUIET), cut_middle(clean(self._listing.folder, 4096), width - 3))]

    def _count(self, width: int) -> list[Content]:
        listing = self._listing
        if listing.trouble:
            return [line(("! ", ATTENTION), row) for row in wrap(listing.trouble, width - 2)[:1]]
        files = sum(not entry.is_folder for entry in listing.entries)
        words = f"{files} {'file' if files == 1 else 'files'} {'here' if self.every else 'that can hold certificates'}"
        if listing.left_out:
            words += f", {listing.left_out} more not shown"
        if listing.shortened:
            words = f"a very large folder: its first entries; {words}"
        return [line((cut_middle(words, width), QUIET))]
