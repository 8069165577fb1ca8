"""How long the wizard takes to its first paint and from one screen to the next, over all steps.

Run by hand: ``python -m tests.bench.screens``. Wall time is what a user waits; processor time is what the program
itself needs, and says more on a machine that does other work meanwhile.
"""

import asyncio
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from statistics import median, quantiles
from time import monotonic

from textual.screen import Screen

from certwizard.domain.options import ProbeOptions
from certwizard.lab.lab import Lab
from certwizard.wizard.collecting import collect_seldom
from tests.bench.watched import WatchedApp, has_drawn

SCENARIOS = ("missing-intermediate", "expired", "hostname-mismatch", "revoked")
ROUNDS = 3
SIZES = ((80, 24), (120, 40))
KEYS = {
    "1": "connection",
    "2": "certificate",
    "3": "dates",
    "4": "name",
    "5": "trust",
    "6": "installation",
    "7": "revocation",
    "8": "policy",
    "g": "verdict",
    "x": "fix",
    "p": "prevent",
}
READING = 3.0
"""Seconds that the user is given to read the first screen, in which the others are made."""
FIRST_WORDS = b"Which server"


class Times:
    """Wall and processor times of one thing, in milliseconds."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.own: list[float] = []

    def add(self, began: tuple[float, float], ended: tuple[float, float]) -> None:
        """Add one measurement.

        Args:
            began: Wall and processor clock, in seconds.
            ended: The same, later.
        """
        self.wall.append((ended[0] - began[0]) * 1000)
        self.own.append((ended[1] - began[1]) * 1000)

    def row(self, name: str) -> str:
        """The figures in a line."""
        parts = (
            f"{median(each):7.0f} {quantiles(each, n=20)[-1]:7.0f} {max(each):7.0f}"
            for each in (self.wall, self.own)
        )
        return f"{name:<28}" + "   ".join(parts)


def _figures(times: list[float]) -> str:
    return f"{median(times):7.0f} {quantiles(times, n=20)[-1]:7.0f} {max(times):7.0f}"


def shown(screen: Screen[object]) -> str:
    """Id of the step that a screen shows, once its question is drawn."""
    return getattr(getattr(screen, "step", None), "id", "") if has_drawn(screen, "#question") else ""


def shows(step: str) -> Callable[[Screen[object]], bool]:
    """Return whether a screen shows a step."""
    return lambda screen: shown(screen) == step


async def walk(lab: Lab, scenario: str, size: tuple[int, int], first: Times, again: Times) -> None:
    """Go to every step, the first time and later."""
    app = WatchedApp(None, ProbeOptions(), lab=lab, scenario=scenario)
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(READING)
        for number in range(ROUNDS):
            for key, step in KEYS.items():
                if shown(app.screen) != step:
                    took = await app.press(key, shows(step))
                    (again if number else first).add(*took)
                    await pilot.pause(0.2)


def first_paint() -> float:
    """Seconds from the start of the program to its first words on a terminal of 80x24."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "24",
        "LC_ALL": "C.UTF-8",
    }
    began = monotonic()
    program = subprocess.Popen(
        [sys.executable, "-m", "certwizard"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
    )
    seen = b""
    while FIRST_WORDS not in seen and monotonic() - began < 60:
        if select.select([leader], [], [], 0.5)[0]:
            seen += os.read(leader, 65_536)
    took = monotonic() - began
    program.terminate()
    program.wait()
    os.close(leader)
    os.close(follower)
    return took


def main() -> None:
    """Print a line for each figure."""
    paints = [first_paint() for _ in range(7)]
    print(f"first paint   median {median(paints):.2f} s, best {min(paints):.2f} s   (aim: under 0.6 s)")
    collect_seldom()
    first, again = Times(), Times()
    with Lab() as lab:
        for scenario in SCENARIOS:
            for size in SIZES:
                asyncio.run(walk(lab, scenario, size, first, again))
    print(f"{'next screen, ms':<28}{'wall: median, p95, max':<26}own: median, p95, max   (aim: p95 under 50)")
    print(first.row("shown for the first time"))
    print(again.row("shown again"))
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
