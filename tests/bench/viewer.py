"""How long the certificate viewer takes to open, to move and to search on 10,000 names.

Run by hand: ``python -m tests.bench.viewer``.
"""

import asyncio
import os
from statistics import median
from time import perf_counter

from certwizard.domain.options import ProbeOptions
from certwizard.wizard.case import judge
from tests import factory as f
from tests.bench.watched import Clocks, WatchedApp, has_drawn
from tests.wizard import canned

NAMES = 10_000


READING = 3.0
"""Seconds in which the other screens are made."""


def row(name: str, began: Clocks, ended: Clocks) -> None:
    """Print milliseconds from key to paint."""
    wall, own = ((after - before) * 1000 for before, after in zip(began, ended, strict=True))
    print(f"{name:<12}{wall:8.0f} ms, of the processor {own:.0f} ms")


async def measure() -> None:
    """Open the viewer, go to the last name, search for one; print milliseconds."""
    pki = f.pki()
    names = tuple(f"host{number}.example.com" for number in range(NAMES))
    seen = f.observation([f.leaf(pki.intermediate, names), pki.intermediate], anchors=[pki.root])
    case = judge(seen)
    app = WatchedApp(canned.TARGET, ProbeOptions(), observe=lambda *_: seen, judge=lambda *_: case)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(READING)
        for round_ in ("open", "open again"):
            began, ended = await app.press("c", lambda screen: has_drawn(screen, "PartTree"))
            row(round_, began, ended)
            await pilot.pause(0.3)
            if round_ == "open":
                await pilot.press("escape")
                await pilot.pause(0.3)
        for name, key in (("unfold", "right"), ("last name", "end")):
            row(name, *await app.press(key, lambda screen: has_drawn(screen, "PartTree")))
            await pilot.pause(0.3)
        await pilot.press("slash")
        times = []
        for letter in "host9998":
            pressed = perf_counter()
            await pilot.press(letter)
            await pilot.pause()
            times.append((perf_counter() - pressed) * 1000)
        print(f"{'search':<12}{median(times):8.0f} ms a letter, at most {max(times):.0f}")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asyncio.run(measure())
