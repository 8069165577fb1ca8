"""Makes the pictures in screenshots/ by driving the real wizard over the practice lab, dark and light.

Run by hand: ``python -m tests.screenshots`` (or with names of pictures, to make those alone).
"""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase
from certwizard.domain.vocabulary import Verdict
from certwizard.lab.lab import Lab
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.recent import Recent, recent_targets
from certwizard.wizard.themes import DARK, LIGHT
from certwizard.wizard.widgets.phases import PhaseList

FOLDER = Path(__file__).parent.parent / "screenshots"
SIZE = (100, 34)
THEMES = {"": DARK.name, "-light": LIGHT.name}
"""What stands behind a picture's name, and the theme it is taken in."""
RECENT = (
    ("shop.example.com", Verdict.REJECTED, timedelta(minutes=12)),
    ("mail.example.com:993", Verdict.ACCEPTED, timedelta(days=1, hours=2)),
    ("smtp://mx.example.org", Verdict.WARNED, timedelta(days=3, hours=2)),
)
"""What the start remembers in the pictures: target, verdict, how long ago."""
LOOKS = 400
"""How often to look for what a picture waits for, before it is given up."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the scenario it opens and the keys that lead there."""

    name: str
    scenario: str | None = None
    """None: the start screen."""
    keys: str = ""
    """Names of keys, with blanks between."""
    while_probing: bool = False
    """Taken while the server is silent; else when everything is judged."""
    keeps_focus: bool = False
    """Whether the mark stays in the picture."""


PICTURES = (
    Picture("start"),
    Picture("probe", "timeout", while_probing=True),
    Picture("dates", "expired"),
    Picture("name", "wildcard-depth"),
    Picture("trust", "missing-intermediate"),
    Picture("viewer", "wildcard-depth", "c", keeps_focus=True),
    Picture("verdict", "missing-intermediate", "9", keeps_focus=True),
    Picture("fix", "missing-intermediate", "x space", keeps_focus=True),
    Picture("lesson", "missing-intermediate", "m"),
)


async def take(picture: Picture, lab: Lab, theme: str, path: Path) -> None:
    """Drive the wizard to one screen and write it as SVG.

    Args:
        picture: What to show.
        lab: The open practice lab.
        theme: Name of the theme.
        path: The file to write.
    """
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario=picture.scenario)
    async with app.run_test(size=SIZE) as pilot:
        app.theme = theme
        if picture.while_probing:
            await until(pilot, lambda: _waits_for_an_answer(app))
        else:
            await app.workers.wait_for_complete()
            await pilot.pause()
        for key in picture.keys.split():
            await pilot.press(key)
            await pilot.pause()
        if not picture.keeps_focus:
            app.screen.set_focus(None)
        await pilot.pause()
        # Some viewers drop the spaces a text begins with, unless they are told to keep them.
        drawn = app.export_screenshot(title="certwizard").replace("<text ", '<text xml:space="preserve" ')
        path.write_text(drawn, encoding="utf-8")
        app.examination.stop()


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Let the wizard run until something holds.

    Args:
        pilot: Drives the wizard.
        true: What is waited for.
    """
    for _ in range(LOOKS):
        if true():
            return
        await pilot.pause(0.02)
    raise RuntimeError("the picture never came about")


def _waits_for_an_answer(app: CertwizardApp) -> bool:
    return any(Phase.CONNECT in phases.rows for phases in app.screen.query(PhaseList))


def own_memory(folder: str) -> None:
    """Let the wizard find its own settings and recent targets in a folder, and nobody's else.

    Args:
        folder: An empty folder.
    """
    os.environ.update(XDG_CONFIG_HOME=folder, XDG_STATE_HOME=folder)
    for target, verdict, ago in reversed(RECENT):
        recent_targets(os.environ).add(Recent(target, verdict, datetime.now(UTC) - ago))


def main(wanted: Sequence[str]) -> None:
    """Write every picture, or those named.

    Args:
        wanted: Names of pictures; empty: all.
    """
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, Lab() as lab:
        own_memory(folder)
        for picture in PICTURES:
            if wanted and picture.name not in wanted:
                continue
            for ending, theme in THEMES.items():
                path = FOLDER / f"{picture.name}{ending}.svg"
                asyncio.run(take(picture, lab, theme, path))
                print(f"screenshots/{path.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
