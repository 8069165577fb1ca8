"""Saves the report of a case: one field for the name, whose ending is the format."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.pictures.canvas import clickable, line, wrap
from certwizard.wizard.report_files import FORMATS, ReportFormat, format_of, proposed_name, save_report
from certwizard.wizard.styles import ATTENTION, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.key_bar import KeyBar

QUESTION = "Where shall the report be written?"
THERE = "{name} is there already. Enter again writes over it; another name leaves it alone."


class SaveReportScreen(ModalScreen[None]):
    """Asks for a name, says what will be written, and asks before a file is written over."""

    commands = (keys.WRITE_REPORT, keys.NEXT_FORMAT, keys.CLOSE_FORM)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = bindings((keys.NEXT_FORMAT, keys.CLOSE_FORM))

    def __init__(self, case: Case, folder: Path) -> None:
        """Ask where to.

        Args:
            case: What is reported.
            folder: Where a bare name leads.
        """
        super().__init__()
        self.case = case
        self.folder = folder
        self.warned_of: Path | None = None
        self.trouble = ""

    def compose(self) -> ComposeResult:
        """Lay the question, the field, the formats and what will be written."""
        with Vertical(id="window"):
            yield Drawing(lambda width: wrap(QUESTION, width, "bold"))
            yield Input(proposed_name(self.case, FORMATS[0]))
            yield Drawing(self._formats, id="formats")
            yield Drawing(self._understood, id="report-understood")
            yield KeyBar(self.commands)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one(Input).value.strip()

    @property
    def path(self) -> Path:
        """Where the name leads."""
        return self.folder / Path(self.typed).expanduser()

    def _form(self) -> ReportFormat | None:
        try:
            return format_of(self.typed)
        except OptionError:
            return None

    def _formats(self, width: int) -> list[Content]:
        form, parts = self._form(), [line(("as ", QUIET))]
        for index, each in enumerate(FORMATS):
            style = f"bold {HERE} underline" if each is form else QUIET
            parts += [line("  "), clickable(line((each.title, style)), f"screen.format({index})")]
        return [line(*parts)]

    def _understood(self, width: int) -> list[Content]:
        glyph, style, words = "✔", GOOD, ""
        try:
            words = f"{format_of(self.typed).what}, in {clean(str(self.path.parent), 200)}"
        except OptionError as error:
            glyph, style, words = "!", ATTENTION, str(error)
        if self.trouble:
            glyph, style, words = "!", ATTENTION, self.trouble
        rows = wrap(words, max(width - 2, 10))
        return [line((f"{glyph} " if i == 0 else "  ", f"bold {style}"), row) for i, row in enumerate(rows)]

    @on(Input.Changed)
    def explain(self) -> None:
        """Say what will be written; another name is another question."""
        self.warned_of, self.trouble = None, ""
        self._redraw()

    def _redraw(self) -> None:
        self.query_one("#formats", Drawing).redraw()
        self.query_one("#report-understood", Drawing).redraw()

    def action_format(self, index: int) -> None:
        """Give the name the ending of a format.

        Args:
            index: Which format; -1 takes the next.
        """
        form = self._form()
        if index < 0:
            index = (FORMATS.index(form) + 1) % len(FORMATS) if form else 0
        stem = self.typed[: -len(form.ending)] if form else self.typed
        field = self.query_one(Input)
        field.value = stem + FORMATS[index].ending
        field.cursor_position = len(stem)

    @on(Input.Submitted)
    def action_write_report(self) -> None:
        """Write the report; where a file is there, ask first."""
        path = self.path
        try:
            save_report(self.case, path, over=self.warned_of == path)
        except FileExistsError:
            self.warned_of, self.trouble = path, THERE.format(name=clean(path.name, 80))
        except OptionError as error:
            self.trouble = str(error)
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or str(error)
            self.trouble = clean(f"{path} cannot be written: {words}", 300)
        else:
            self.dismiss()
            self.app.notify(clean(f"Saved: {path}", 300), markup=False, timeout=6)
            return
        self._redraw()

    def action_close(self) -> None:
        """Write nothing."""
        self.dismiss()
