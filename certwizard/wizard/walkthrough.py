"""Which screen of which case is shown: the only place that knows how steps follow each other."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.app import App
from textual.screen import Screen

from certwizard.domain.vocabulary import Role
from certwizard.wizard.case import Case
from certwizard.wizard.steps import WizardStep, find_step, neighbour, opening_step

StepScreenFactory = Callable[[Case], Screen[None]]
ROLE_STEPS = ("verdict", "fix", "prevent")
"""Steps whose words depend on who asks."""


class Walkthrough:
    """Walks through the steps of one case, keeping every screen that was opened."""

    def __init__(self, app: App[Any]) -> None:
        """Belong to an app; there is no case yet.

        Args:
            app: The wizard.
        """
        self.app = app
        self.case: Case | None = None
        self.step: WizardStep | None = None
        self._screens: dict[str, Screen[None]] = {}

    async def open(self, case: Case, step: WizardStep | None = None) -> None:
        """Show a case, at its root cause where no step is named.

        Args:
            case: What was judged.
            step: Where to start.
        """
        old, self._screens = self._screens, {}
        self.case = case
        await self.go((step or opening_step(case.diagnosis)).id)
        await self._forget(old)

    async def go(self, step_id: str) -> None:
        """Show a step of the case.

        Args:
            step_id: Id of the step.
        """
        if self.case is None or (self.step and self.step.id == step_id and self._is_shown(step_id)):
            return
        self.step = find_step(step_id)
        screen = self._screens.get(step_id)
        if screen is None:
            screen = self._screens[step_id] = screen_class(self.step)(self.case)
            self.app.install_screen(screen, f"{step_id}-{id(screen)}")
        await self.app.switch_screen(screen)

    async def turn(self, distance: int) -> bool:
        """Show the step before or after; False past either end.

        Args:
            distance: 1 or -1.
        """
        following = neighbour(self.step.id, distance) if self.step else None
        if following is not None:
            await self.go(following.id)
        return following is not None

    async def tell_role(self, role: Role) -> None:
        """Rewrite the screens whose words depend on who asks.

        Args:
            role: Who asks now.
        """
        for step_id in ROLE_STEPS:
            screen = self._screens.get(step_id)
            if screen is not None and screen.is_mounted:
                await screen.recompose()

    def _is_shown(self, step_id: str) -> bool:
        return self._screens.get(step_id) in self.app.screen_stack

    async def _forget(self, screens: dict[str, Screen[None]]) -> None:
        for screen in screens.values():
            if screen not in self.app.screen_stack:
                self.app.uninstall_screen(screen)
                if screen.is_mounted:
                    await screen.remove()


def screen_class(step: WizardStep) -> StepScreenFactory:
    """Return the screen class of a step, imported when first asked for.

    Args:
        step: A step of the wizard.
    """
    module, name = step.screen.split(":")
    found: StepScreenFactory = getattr(import_module(f"certwizard.wizard.screens.{module}"), name)
    return found
