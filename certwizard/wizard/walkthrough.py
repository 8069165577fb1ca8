"""Which screen of which case is shown: the only place that knows how steps follow each other."""

from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module

from textual.screen import Screen

from certwizard.wizard.case import Case
from certwizard.wizard.steps import AFTER_STEPS, STEPS, WizardStep, find_step, neighbour, opening_step

Show = Callable[[Screen[None]], Awaitable[None]]
StepScreenFactory = Callable[[Case], Screen[None]]


class Walkthrough:
    """Walks through the steps of one case; each step's screen is made when first shown and kept."""

    def __init__(self, show: Show) -> None:
        """Start without a case.

        Args:
            show: Puts a screen in place of the one that is shown.
        """
        self._show = show
        self._kept: dict[str, Screen[None]] = {}
        self.case: Case | None = None
        self.step: WizardStep | None = None

    async def open(self, case: Case, step: WizardStep | None = None) -> None:
        """Show a case, at its root cause where no step is named.

        Args:
            case: What was judged.
            step: Where to start.
        """
        self.case = case
        old, self._kept = self._kept, {}
        await self.go((step or opening_step(case.diagnosis)).id)
        await forget(old.values())

    async def go(self, step_id: str) -> None:
        """Show a step of the case.

        Args:
            step_id: Id of the step.
        """
        if self.case is None:
            return
        self.step = find_step(step_id)
        await self._show(self.made(self.step, self.case))

    def made(self, step: WizardStep, case: Case) -> Screen[None]:
        """Return the screen of a step, made where it is not yet.

        Args:
            step: A step of the wizard.
            case: The case that is walked through.
        """
        if step.id not in self._kept:
            self._kept[step.id] = screen_class(step)(case)
        return self._kept[step.id]

    def next_unmade(self) -> Screen[None] | None:
        """Make the screen of another step, those after the one that is shown first; None where all are made."""
        if self.case is None or self.step is None:
            return None
        place = STEPS.index(self.step)
        unmade = (step for step in (*STEPS[place:], *STEPS[:place]) if step.id not in self._kept)
        step = next(unmade, None)
        return None if step is None else self.made(step, self.case)

    @property
    def kept(self) -> dict[str, Screen[None]]:
        """The screens that are made, by the id of their step."""
        return dict(self._kept)

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
        """Make those screens anew whose words depend on who asks, and show the one that is shown."""
        old = [self._kept.pop(step.id) for step in AFTER_STEPS if step.id in self._kept]
        if self.step is not None and self.step in AFTER_STEPS:
            await self.go(self.step.id)
        await forget(old)


async def forget(screens: Iterable[Screen[None]]) -> None:
    """Let screens go that are shown no more.

    Args:
        screens: Screens that were kept.
    """
    for screen in screens:
        if screen.is_attached and not screen.is_active:
            screen.app.uninstall_screen(screen)
            await screen.remove()


def screen_class(step: WizardStep) -> StepScreenFactory:
    """Return the screen class of a step, imported when first asked for.

    Args:
        step: A step of the wizard.
    """
    module, name = step.screen.split(":")
    found: StepScreenFactory = getattr(import_module(f"certwizard.wizard.screens.{module}"), name)
    return found
