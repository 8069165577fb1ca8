"""Makes the screens of the steps that are not shown yet while the user reads, so that each comes up at once."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from certwizard.wizard.collecting import collect_now
from certwizard.wizard.walkthrough import Walkthrough

if TYPE_CHECKING:
    from textual.app import App

QUIET = 0.3
"""Seconds without another screen, after which the user is taken to read."""
BREATH = 0.08
"""Seconds between two screens; keys that come meanwhile are served first."""


class Preparation:
    """Makes one screen after the other, the nearest steps first."""

    def __init__(self, app: "App[None]", walk: Walkthrough) -> None:
        """Prepare the steps of a walk.

        Args:
            app: Whose screens they are.
            walk: Knows which are made.
        """
        self._app, self._walk = app, walk
        self._timer: Timer | None = None

    def soon(self) -> None:
        """Begin once the user has come to rest; what was under way stops."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(QUIET, self._make_next)

    def _make_next(self) -> None:
        screen = self._walk.next_unmade()
        if screen is None:
            collect_now()
            return
        if not self._app.is_screen_installed(screen):
            self._app.install_screen(screen, f"kept-{id(screen)}")
        # Mounts it without showing it; Textual has no public word for that.
        self._app._get_screen(screen)
        self._timer = self._app.set_timer(BREATH, self._make_next)
