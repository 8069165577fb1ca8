"""Probing from the wizard: progress, cancel, recheck, new target, breakdown."""

import threading

from textual.widgets import Input

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState, Progress, Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.case import Case
from tests.wizard import canned
from tests.wizard.driving import known, press, seen, settle, shown, step, until, wizard


class SilentServer:
    """A probe that waits for a server that never answers, until it is cancelled."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.ended = threading.Event()

    def __call__(
        self, target: Target, options: ProbeOptions, report: Report, cancel: CancelToken
    ) -> Observation:
        report(Progress(Phase.RESOLVE, PhaseState.DONE, "2 addresses", 14))
        report(Progress(Phase.CONNECT, PhaseState.RUNNING, "192.0.2.10 waiting"))
        self.asked.set()
        cancel.wait(30)
        self.ended.set()
        return canned.observation()


async def test_progress_stands_where_the_pending_marks_stood() -> None:
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=SilentServer(), judge=known)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "192.0.2.10 waiting" in shown(pilot))
        rows = shown(pilot).splitlines()
        assert any("✔ Resolve" in row and "14 ms" in row for row in rows)
        assert any("192.0.2.10 waiting" in row for row in rows)
        assert any("· Revocation" in row for row in rows)


async def test_escape_stops_waiting_for_a_silent_server_at_once() -> None:
    silent = SilentServer()
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=silent, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, silent.asked.is_set)
        await pilot.press("escape")
        await until(pilot, silent.ended.is_set)
        await until(pilot, lambda: "Stopped. Nothing was judged." in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Which server, file or message" in shown(pilot))
        assert step(pilot) == ""


async def test_keys_work_while_a_server_is_silent() -> None:
    silent = SilentServer()
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=silent, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, silent.asked.is_set)
        await pilot.press("question_mark")
        await until(pilot, lambda: "Stop waiting and go back." in shown(pilot))


async def test_quitting_does_not_wait_for_a_silent_server() -> None:
    silent = SilentServer()
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=silent, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, silent.asked.is_set)
        await pilot.press("q")
    assert silent.ended.wait(5)


async def test_recheck_looks_again_and_says_what_changed() -> None:
    repaired: list[bool] = []

    def judge(observation: Observation, before: Case | None) -> Case:
        return canned.repaired_case(before) if repaired else known(observation, before)

    async with wizard("x", judge=judge) as pilot:
        repaired.append(True)
        await press(pilot, "r")
        text = shown(pilot)
        assert step(pilot) == "verdict"
        assert "Since the last look" in text
        assert "gone" in text
        assert "still" in text


async def test_recheck_without_a_change_says_so() -> None:
    async with wizard("r") as pilot:
        assert "nothing changed" in shown(pilot)


async def test_a_new_target_is_asked_for_and_diagnosed() -> None:
    asked: list[Target] = []

    def observe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
        asked.append(target)
        return seen(target, options, report, cancel)

    async with wizard("t", observe=observe) as pilot:
        await pilot.press(*"mail.example.org", "colon", *"993", "enter")
        await settle(pilot)
        assert asked[-1].host == "mail.example.org"
        assert asked[-1].port == 993
        assert step(pilot) == "dates"


async def test_wrong_input_is_explained_while_it_is_typed_and_not_taken() -> None:
    async with wizard(target=None) as pilot:
        await pilot.press(*"example.com", "colon", *"notaport")
        await settle(pilot)
        assert "! " in shown(pilot)
        assert "expected" in shown(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen.query_one("#target", Input).value == "example.com:notaport"


async def test_right_input_is_said_back_in_words() -> None:
    async with wizard(target=None) as pilot:
        await pilot.press(*"mail.example.org", "colon", *"993")
        await settle(pilot)
        assert "the server mail.example.org on port 993" in shown(pilot)


async def test_a_fault_of_the_program_is_shown_and_the_wizard_lives_on() -> None:
    def observe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
        raise RuntimeError("the [/x] broke")

    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=observe, judge=known)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "RuntimeError: the [/x] broke" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Which server, file or message" in shown(pilot))


async def test_a_saved_observation_is_judged_without_a_probe() -> None:
    def observe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
        raise AssertionError("it was probed")

    async with wizard(observe=observe, observation=canned.observation()) as pilot:
        assert step(pilot) == "dates"
