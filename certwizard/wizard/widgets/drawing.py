"""A widget that shows lines drawn for its width."""

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Draw = Callable[[int], list[Content]]
"""Draws lines for a width in cells."""


class Drawing(Widget):
    """Shows what a pure function draws, redrawn sharply whenever the width changes."""

    DEFAULT_CSS = """
    Drawing {
        width: 1fr;
        height: auto;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, draw: Draw | None = None, **known_as: str) -> None:
        """Start with a drawing, or with nothing.

        Args:
            draw: Draws the lines for a width.
            **known_as: ``id`` and ``classes`` in the style sheet, as for every widget.
        """
        super().__init__(id=known_as.get("id"), classes=known_as.get("classes"))
        self.set_reactive(Drawing.auto_links, False)  # clickable parts keep the colours they were drawn with
        self._draw = draw
        self._drawn: tuple[int, list[Content]] | None = None

    def show(self, draw: Draw) -> None:
        """Show another drawing.

        Args:
            draw: Draws the lines for a width.
        """
        self._draw = draw
        self.redraw()

    def lines(self, width: int) -> list[Content]:
        """Return the lines as drawn for a width.

        Args:
            width: Cells there are.
        """
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self._draw(width) if self._draw and width > 0 else [])
        return self._drawn[1]

    def redraw(self) -> None:
        """Forget what was drawn and draw again; the layout is asked for only where the height changed."""
        before, self._drawn = self._drawn, None
        height = len(self.lines(before[0])) if before else -1
        self.refresh(layout=before is None or height != len(before[1]))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the whole width there is.

        Args:
            container: Size of the container.
            viewport: Size of the terminal.
        """
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the drawing has.

        Args:
            container: Size of the container.
            viewport: Size of the terminal.
            width: Cells there are.
        """
        return len(self.lines(width))

    def render(self) -> Content:
        """Return the drawing for the width there is."""
        return Content("\n").join(self.lines(self.content_size.width))
