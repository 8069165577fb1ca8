"""How long the certificate viewer takes to open, to move and to search on 10,000 names.

Run by hand: ``python -m tests.bench.viewer``.
"""

import asyncio
import os
from statistics import median
from time import perf_counter, thread_time

from certwizard.domain.options import ProbeOptions
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.case import judge
from tests import factory as f
from tests.wizard import canned

NAMES = 10_000


async def measure() -> None:
    """Open the viewer, go to the last name, search for one; print milliseconds."""
    pki = f.pki()
    names = tuple(f"host{number}.example.com" for number in range(NAMES))
    seen = f.observation([f.leaf(pki.intermediate, names), pki.intermediate], anchors=[pki.root])
    case = judge(seen)
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=lambda *_: seen, judge=lambda *_: case)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        for name, key in (("open", "c"), ("unfold", "right"), ("last name", "end")):
            began, own = perf_counter(), thread_time()
            await pilot.press(key)
            await pilot.pause()
            wall, own = (perf_counter() - began) * 1000, (thread_time() - own) * 1000
            print(f"{name:<12}{wall:8.0f} ms, of the processor {own:.0f} ms")
        await pilot.press("slash")
        times = []
        for letter in "host9998":
            began = perf_counter()
            await pilot.press(letter)
            await pilot.pause()
            times.append((perf_counter() - began) * 1000)
        print(f"{'search':<12}{median(times):8.0f} ms a letter, at most {max(times):.0f}")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    asyncio.run(measure())
