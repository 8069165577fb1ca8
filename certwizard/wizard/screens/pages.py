"""A quiet window over a step, with one page or several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.pictures.lesson_trail import draw_tabs
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.key_bar import KeyBar


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its title, what it shows, and what `Copy` takes from it."""

    title: str
    make: Callable[[], Widget]
    copy_text: str = ""


class PageBody(VerticalScroll, inherit_bindings=False):
    """The scrolling part of a page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "Scroll up", show=False),
        Binding("down,j", "scroll_down", "Scroll down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "First line", show=False),
        Binding("end", "scroll_end", "Last line", show=False),
    ]


class PagesScreen(ModalScreen[None]):
    """Shows pages over the step; escape returns to it."""

    commands = (keys.NEXT_PAGE, keys.PAGE_BEFORE, keys.COPY, keys.CLOSE)
    AUTO_FOCUS = "PageBody"
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    def __init__(self, pages: Sequence[Page]) -> None:
        """Show pages.

        Args:
            pages: At least one.
        """
        super().__init__()
        self.pages = tuple(pages)
        self.shown = 0

    def compose(self) -> ComposeResult:
        """Lay titles, the first page and the keys."""
        with Vertical(id="window"):
            yield Drawing(self._titles, id="titles")
            yield PageBody(self.pages[0].make(), id="page")
            yield KeyBar(self._keys())

    def _keys(self) -> list[WizardCommand]:
        several = [keys.NEXT_PAGE, keys.PAGE_BEFORE] if len(self.pages) > 1 else []
        copying = [keys.COPY] if any(page.copy_text for page in self.pages) else []
        return [keys.CLOSE, *several, *copying]

    def _titles(self, width: int) -> list[Content]:
        return draw_tabs([page.title for page in self.pages], self.shown, width)

    async def action_show_page(self, index: int) -> None:
        """Show a certain page.

        Args:
            index: Which one.
        """
        self.shown = index % len(self.pages)
        body = self.query_one("#page", PageBody)
        await body.remove_children()
        await body.mount(self.pages[self.shown].make())
        body.scroll_home(animate=False)
        self.query_one("#titles", Drawing).redraw()

    async def action_page(self, distance: int) -> None:
        """Show the next page, or the one before.

        Args:
            distance: 1 or -1.
        """
        await self.action_show_page(self.shown + distance)

    def action_copy(self) -> None:
        """Copy what the page has to copy."""
        page = self.pages[self.shown]
        if page.copy_text:
            copy(self.app, page.copy_text, page.title)

    def action_close(self) -> None:
        """Return to the step."""
        self.dismiss()
