"""Makes the screens of the steps that are not shown yet while the user reads, so that each comes up at once."""

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.timer import Timer

from certwizard.wizard.collecting import collect_now
from certwizard.wizard.walkthrough import Walkthrough

if TYPE_CHECKING:
    from textual.app import App

QUIET = 0.3
"""Seconds without another screen, after which the user is taken to read."""
BREATH = 0.03
"""Seconds between two pieces of work; keys that come meanwhile are served first."""
ENOUGH = 100
"""Pieces of work after which it ends in any case: some three a screen are needed."""


class Preparation:
    """Makes one screen after the other, the nearest steps first, and lays out what was made."""

    def __init__(self, app: "App[None]", walk: Walkthrough) -> None:
        """Prepare the steps of a walk.

        Args:
            app: Whose screens they are.
            walk: Knows which are made.
        """
        self._app, self._walk = app, walk
        self._timer: Timer | None = None
        self._worked = 0

    def soon(self) -> None:
        """Begin once the user has come to rest; what was under way stops."""
        if self._timer is not None:
            self._timer.stop()
        self._worked = 0
        self._timer = self._app.set_timer(QUIET, self._go_on)

    def _go_on(self) -> None:
        self._worked += 1
        if self._worked < ENOUGH and self._work():
            self._timer = self._app.set_timer(BREATH, self._go_on)
        else:
            collect_now()

    def _work(self) -> bool:
        """Do one piece of work; False where nothing is left to do."""
        made = next((screen for screen in self._walk.kept.values() if not is_laid_out(screen)), None)
        if made is not None:
            if made.is_mounted:
                lay_out(made)
            return True
        unmade = self._walk.next_unmade()
        if unmade is not None:
            mount(unmade, self._app)
        return unmade is not None


# Textual mounts, lays out and paints a screen only when it is shown, and has no public word for doing so before.


def mount(screen: Screen[None], app: "App[None]") -> None:
    """Mount a screen without showing it.

    Args:
        screen: A screen that was not shown yet.
        app: Whose screen it is to be.
    """
    if not app.is_screen_installed(screen):
        app.install_screen(screen, f"kept-{id(screen)}")
    app._get_screen(screen)


def is_laid_out(screen: Screen[None]) -> bool:
    """Return whether a screen would come up as it is: it fits the terminal, and nothing in it has changed since.

    Args:
        screen: One that is shown, alone or under others, which Textual keeps in order by itself, or one that is not.
    """
    if screen in screen.app.screen_stack or not screen.is_running:
        return True
    return screen.is_mounted and screen.size == screen.app.size and not screen._layout_required


def lay_out(screen: Screen[None]) -> None:
    """Give each widget its place and paint it, unseen; Textual keeps what was painted until something changes.

    Args:
        screen: A screen that is mounted, and not shown.
    """
    screen._refresh_layout(screen.app.size)
    screen._layout_required = False
    screen._compositor.render_full_update()
