"""A wizard that notes when what is waited for was painted: from a key to what the user sees."""

import asyncio
from collections.abc import Callable
from time import perf_counter, process_time

from rich.console import RenderableType
from textual import events
from textual.screen import Screen

from certwizard.wizard.app import CertwizardApp

Clocks = tuple[float, float]


def clocks() -> Clocks:
    """Wall and processor clock, in seconds."""
    return perf_counter(), process_time()


class WatchedApp(CertwizardApp):
    """Notes the first paint of the screen that is waited for."""

    awaited: Callable[[Screen[object]], bool] | None = None
    painted: Clocks | None = None

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if (
            renderable is not None
            and self.awaited is not None
            and screen is self.screen
            and self.awaited(screen)
        ):
            self.painted, self.awaited = clocks(), None

    async def press(self, key: str, awaited: Callable[[Screen[object]], bool]) -> tuple[Clocks, Clocks]:
        """Press a key and return the clocks then and when what is waited for was painted.

        Args:
            key: The key, as Textual names it.
            awaited: Whether a screen shows it.
        """
        self.painted, self.awaited = None, awaited
        began = clocks()
        self.post_message(events.Key(key, key))
        while self.painted is None:
            await asyncio.sleep(0.001)
        return began, self.painted


def has_drawn(screen: Screen[object], selector: str) -> bool:
    """Whether a part of a screen has its place on it."""
    found = next(iter(screen.query(selector)), None)
    return found is not None and found.region.height > 0
