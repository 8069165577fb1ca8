"""Which screen of which case is shown: the only place that knows how steps follow each other."""

from collections.abc import Awaitable, Callable
from importlib import import_module

from textual.screen import Screen

from certwizard.wizard.case import Case
from certwizard.wizard.steps import WizardStep, find_step, neighbour, opening_step

Show = Callable[[Screen[None]], Awaitable[None]]
StepScreenFactory = Callable[[Case], Screen[None]]


class Walkthrough:
    """Walks through the steps of one case; each step gets a screen when it is first shown."""

    def __init__(self, show: Show) -> None:
        """Start without a case.

        Args:
            show: Puts a screen in place of the one that is shown.
        """
        self._show = show
        self.case: Case | None = None
        self.step: WizardStep | None = None

    async def open(self, case: Case, step: WizardStep | None = None) -> None:
        """Show a case, at its root cause where no step is named.

        Args:
            case: What was judged.
            step: Where to start.
        """
        self.case = case
        await self.go((step or opening_step(case.diagnosis)).id)

    async def go(self, step_id: str) -> None:
        """Show a step of the case.

        Args:
            step_id: Id of the step.
        """
        if self.case is not None:
            self.step = find_step(step_id)
            await self._show(screen_class(self.step)(self.case))

    async def turn(self, distance: int) -> bool:
        """Show the step before or after; False past either end.

        Args:
            distance: 1 or -1.
        """
        following = neighbour(self.step.id, distance) if self.step else None
        if following is not None:
            await self.go(following.id)
        return following is not None

    async def resume(self) -> bool:
        """Show the step where the walk stood; False where there is no case."""
        if self.step is not None:
            await self.go(self.step.id)
        return self.case is not None

    async def rewrite(self) -> None:
        """Show the same step anew, where its words depend on who asks."""
        if self.step is not None and self.step.check is None:
            await self.go(self.step.id)


def screen_class(step: WizardStep) -> StepScreenFactory:
    """Return the screen class of a step, imported when first asked for.

    Args:
        step: A step of the wizard.
    """
    module, name = step.screen.split(":")
    found: StepScreenFactory = getattr(import_module(f"certwizard.wizard.screens.{module}"), name)
    return found
