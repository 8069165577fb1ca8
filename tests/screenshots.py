"""Makes the pictures in screenshots/ by driving the real wizard over the practice lab.

Run by hand: ``python -m tests.screenshots``.
"""

import asyncio
from pathlib import Path

from certwizard.domain.options import ProbeOptions
from certwizard.lab.lab import Lab
from certwizard.wizard.app import CertwizardApp

FOLDER = Path(__file__).parent.parent / "screenshots"
SIZE = (100, 34)

PICTURES = {
    "start": (None, ""),
    "dates": ("expired", ""),
    "name": ("wildcard-depth", ""),
    "trust": ("missing-intermediate", ""),
    "verdict": ("missing-intermediate", "9"),
    "fix": ("missing-intermediate", "x"),
    "lesson": ("missing-intermediate", "m"),
}
"""Name of the picture: the scenario it opens (None: the start screen) and the keys that lead there."""


async def take(name: str, lab: Lab, scenario: str | None, keys: str) -> None:
    """Drive the wizard to one screen and write it as SVG.

    Args:
        name: Name of the picture, without its ending.
        lab: The open practice lab.
        scenario: The scenario to open; None stays at the start screen.
        keys: The keys to press, one character each.
    """
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario=scenario)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        app.screen.set_focus(None)
        await pilot.pause()
        FOLDER.mkdir(exist_ok=True)
        # Some viewers drop the spaces a text begins with, unless they are told to keep them.
        picture = app.export_screenshot(title="certwizard").replace("<text ", '<text xml:space="preserve" ')
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Write every picture."""
    with Lab() as lab:
        for name, (scenario, keys) in PICTURES.items():
            asyncio.run(take(name, lab, scenario, keys))
            print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    main()
