"""Drives the wizard as a user would, and reads what stands on its screen."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from textual.pilot import Pilot

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.case import Case
from tests.wizard import canned

WizardPilot = Pilot[None]


def seen(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
    """A probe that has seen everything already."""
    return canned.observation()


def known(observation: Observation, before: Case | None) -> Case:
    """A judge that knows its case."""
    return canned.case(before)


@asynccontextmanager
async def wizard(
    *keys: str, size: tuple[int, int] = (80, 24), target: Target | None = canned.TARGET, **options: Any
) -> AsyncIterator[WizardPilot]:
    """Open the wizard on the canned case and press keys."""
    options = {"observe": seen, "judge": known, **options}
    app = CertwizardApp(target, ProbeOptions(), **options)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


async def settle(pilot: WizardPilot) -> None:
    """Wait until the workers are done and their news is shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def press(pilot: WizardPilot, *keys: str) -> None:
    """Press keys one after the other; where one sets a worker off, wait for its news."""
    for key in keys:
        await pilot.press(key)
        if any(not worker.is_finished for worker in pilot.app.workers):
            await settle(pilot)
    await settle(pilot)


async def until(pilot: WizardPilot, true: Callable[[], bool]) -> None:
    """Let the wizard run until something holds; a busy machine is given ten seconds and more."""
    for _ in range(1000):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"it never came to hold; on screen:\n{shown(pilot)}")


def wizard_of(pilot: WizardPilot) -> CertwizardApp:
    """The wizard that is driven."""
    return cast(CertwizardApp, pilot.app)


def shown(pilot: WizardPilot) -> str:
    """Every line of the screen on top, as text."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def step(pilot: WizardPilot) -> str:
    """Id of the step that is shown."""
    walk = wizard_of(pilot).walk
    return walk.step.id if walk.step else ""
