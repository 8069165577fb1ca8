"""Gives a screen the classes of its width before it is first painted: Textual does so only after that."""

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

Breakpoints = Sequence[tuple[int, str]]


def fit(screen: Screen[Any]) -> None:
    """Give a screen the classes of the terminal's size, so that nothing moves once it is seen.

    Args:
        screen: One that is about to be composed.
    """
    across = screen.HORIZONTAL_BREAKPOINTS or screen.app.HORIZONTAL_BREAKPOINTS or ()
    down = screen.VERTICAL_BREAKPOINTS or screen.app.VERTICAL_BREAKPOINTS or ()
    for size, breakpoints in ((screen.app.size.width, across), (screen.app.size.height, down)):
        reached = max((point for point in breakpoints if point[0] <= size), default=None)
        for point in breakpoints:
            screen.set_class(point == reached, point[1])
