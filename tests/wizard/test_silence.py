"""A real server that accepts and then says nothing: the wizard stays awake, and esc ends the look at once."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState
from certwizard.domain.target import Target
from certwizard.domain.target_parsing import parse_target
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.screens.retry import RetryScreen
from certwizard.wizard.widgets.phases import PhaseList
from tests.wizard.driving import WizardPilot, press, shown, until

PATIENCE = 600.0
"""The time limit of the look, in seconds: far longer than any test runs."""


@pytest.fixture
def silent() -> Iterator[Target]:
    """A server on loopback that completes the TCP handshake and never speaks."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        yield replace(parse_target(f"127.0.0.1:{port}", is_file=lambda _: False), server_name="silent.test")


def shakes_hands(pilot: WizardPilot) -> bool:
    """Whether the look waits in the TLS handshake."""
    for phases in pilot.app.screen.query(PhaseList):
        progress = phases.rows.get(Phase.HANDSHAKE)
        return progress is not None and progress.state is PhaseState.RUNNING
    return False


def finished(pilot: WizardPilot) -> bool:
    """Whether no thread of the wizard waits any more."""
    return all(worker.is_finished for worker in pilot.app.workers)


async def test_esc_ends_the_look_at_a_silent_server_long_before_its_time_limit(silent: Target) -> None:
    app = CertwizardApp(silent, ProbeOptions(timeout=PATIENCE, offline=True))
    async with app.run_test() as pilot:
        await until(pilot, lambda: shakes_hands(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Stopped. Nothing was judged." in shown(pilot))
        await until(pilot, lambda: finished(pilot))


async def test_keys_and_pictures_go_on_while_a_server_is_silent(silent: Target) -> None:
    app = CertwizardApp(silent, ProbeOptions(timeout=PATIENCE, offline=True))
    async with app.run_test() as pilot:
        await until(pilot, lambda: shakes_hands(pilot))
        beat = app.screen.query_one(PhaseList).beat
        await until(pilot, lambda: app.screen.query_one(PhaseList).beat > beat)
        await pilot.press("question_mark")
        await until(pilot, lambda: "Stop waiting and go back." in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: shakes_hands(pilot))


async def test_other_options_are_at_hand_while_a_server_is_silent(silent: Target) -> None:
    app = CertwizardApp(silent, ProbeOptions(timeout=PATIENCE, offline=True))
    async with app.run_test() as pilot:
        await until(pilot, lambda: shakes_hands(pilot))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, RetryScreen))
        await until(pilot, lambda: finished(pilot))
        await press(pilot, *"::1")
        assert "--connect" in shown(pilot)
