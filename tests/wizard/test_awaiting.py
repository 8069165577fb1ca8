"""A step's key is kept while the look is under way: what was asked for is shown once all is judged."""

import threading

import pytest

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.widgets.rail import Rail
from tests.wizard import canned
from tests.wizard.driving import known, press, settle, shown, step, until


class SlowServer:
    """A probe that is done when the test says so."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.go_on = threading.Event()

    def __call__(
        self, target: Target, options: ProbeOptions, report: Report, cancel: CancelToken
    ) -> Observation:
        self.asked.set()
        while not (self.go_on.is_set() or cancel.cancelled):
            self.go_on.wait(0.05)
        return canned.observation()


def opened_on(slow: SlowServer) -> CertwizardApp:
    return CertwizardApp(canned.TARGET, ProbeOptions(), observe=slow, judge=known)


@pytest.mark.parametrize(
    ("keys", "wanted"), [("x", "fix"), ("9", "verdict"), ("p1", "connection"), ("3", "dates")]
)
async def test_the_step_asked_for_while_the_server_is_looked_at_is_the_one_that_opens(
    keys: str, wanted: str
) -> None:
    slow = SlowServer()
    app = opened_on(slow)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, slow.asked.is_set)
        await pilot.press(*keys)
        await until(pilot, lambda: app.screen.query_one(Rail).current == wanted)
        slow.go_on.set()
        await settle(pilot)
        assert step(pilot) == wanted


async def test_a_click_on_the_rail_is_kept_as_its_key_is() -> None:
    slow = SlowServer()
    async with opened_on(slow).run_test(size=(120, 40)) as pilot:
        await until(pilot, slow.asked.is_set)
        row = next(y for y, text in enumerate(shown(pilot).splitlines()) if "Policy" in text)
        await pilot.click(offset=(6, row))
        slow.go_on.set()
        await settle(pilot)
        assert step(pilot) == "policy"


async def test_what_was_asked_for_during_one_look_does_not_hold_for_the_next() -> None:
    slow = SlowServer()
    async with opened_on(slow).run_test(size=(80, 24)) as pilot:
        await until(pilot, slow.asked.is_set)
        await pilot.press("p")
        slow.go_on.set()
        await settle(pilot)
        assert step(pilot) == "prevent"
        await press(pilot, "r")
        assert step(pilot) != "prevent"
