"""Every screen at both sizes in dark, light and without colour, against the text that was looked at and found good.

A file in ``screens/`` holds a screen's characters and its styles. After a change that is meant:
``pytest tests/wizard/test_every_screen.py --snapshot-update``.
"""

import inspect
import os
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from difflib import unified_diff
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

import certwizard.wizard.screens as package
from certwizard.domain.options import ProbeOptions
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.practice import Practice
from certwizard.wizard.screens.files import FilesScreen
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.screens.remedy import RemedyScreen
from certwizard.wizard.screens.step import StepScreen
from certwizard.wizard.screens.walk import WalkScreen
from tests.wizard.drawn import characters, colours, rows_of, style_runs
from tests.wizard.driving import known, press, seen, settle
from tests.wizard.scenes import SCENES, Scene, faults, remember

FOLDER = Path(__file__).parent / "screens"
SIZES = ((80, 24), (120, 40))
DARK, LIGHT = "dark", "light"
Cell = tuple[str, list[list[Segment]]]
"""A title, and the rows of the screen."""
BASES = {FrameScreen, WalkScreen, StepScreen, RemedyScreen}


@pytest.fixture
def still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away all that moves: the clock, the cursor, the practice lab, this machine's folders."""
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    for name in ("fullchain.pem", "privkey.key", "notes.txt"):
        (tmp_path / name).write_text("x" * 1234)
        os.utime(tmp_path / name, (noon, noon))
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FilesScreen, "_place", lambda self, width: [line("in /etc/ssl")])
    monkeypatch.setattr("certwizard.wizard.screens.verdict.Path.cwd", lambda: Path("/home/me"))
    monkeypatch.setattr("certwizard.wizard.screens.probe.monotonic", lambda: 0.0)
    monkeypatch.setattr("certwizard.wizard.screens.probe.BEAT", 3600.0)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr("certwizard.wizard.viewing.in_own_zone", lambda when: when)
    monkeypatch.setattr(Practice, "scenarios", lambda self: faults(8))


async def in_colour(scene: Scene, size: tuple[int, int]) -> AsyncIterator[Cell]:
    """Yield a screen at one size, dark and then light."""
    async with opened(scene, size) as pilot:
        for look in (DARK, LIGHT):
            pilot.app.theme = f"certwizard-{look}"
            await settle(pilot)
            yield f"{size[0]}x{size[1]}, {look}", rows_of(pilot)


async def without_colour(scene: Scene) -> AsyncIterator[Cell]:
    """Yield a screen without colour, at one size and then made larger."""
    async with opened(scene, SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            rows = rows_of(pilot)
            assert all(red == green == blue for red, green, blue in colours(rows))
            yield f"{size[0]}x{size[1]}, no colour", rows


@asynccontextmanager
async def opened(scene: Scene, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    """Open the wizard and go to a screen."""
    if scene.recent:
        remember()
    app = CertwizardApp(scene.target, ProbeOptions(), observe=seen, judge=known)
    app.theme = f"certwizard-{DARK}"
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if scene.prepare is not None:
            await scene.prepare(pilot)
        await press(pilot, *scene.keys.split())
        assert type(app.screen) is scene.screen
        yield pilot


@pytest.mark.skipif(not version("textual").startswith("8.2."), reason="drawn with Textual 8.2")
@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_a_screen_looks_as_it_was_found_good(
    scene: Scene, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [cell for size in SIZES async for cell in in_colour(scene, size)]
    monkeypatch.setenv("NO_COLOR", "1")
    cells += [cell async for cell in without_colour(scene)]
    found = written(cells)
    compare(FOLDER / f"{scene.name}.txt", found, update=request.config.getoption("update_snapshots"))


def written(cells: list[Cell]) -> list[str]:
    """Return the lines of a file; words that stood in it already are not said again."""
    lines: list[str] = []
    before: dict[tuple[str, ...], str] = {}
    for title, rows in cells:
        words = characters(rows)
        first = before.setdefault(tuple(words), title)
        lines += [
            f"== {title}",
            *(words if first == title else [f"the words of {first}"]),
            *style_runs(rows),
            "",
        ]
    return lines


def compare(path: Path, found: list[str], *, update: bool) -> None:
    """Hold a screen against its file, or write the file anew."""
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(found), encoding="utf-8")
        return
    kept = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    different = "\n".join(unified_diff(kept, found, "as found good", "now", lineterm="", n=1))
    assert not different, f"{path.name} is another now; if that is meant: --snapshot-update\n{different}"


def test_every_screen_class_is_in_the_table() -> None:
    assert {scene.screen for scene in SCENES} == set(screens()) - BASES


def screens() -> Iterator[type[Screen[Any]]]:
    """Yield every class of a screen of the wizard."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for _, each in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(each, Screen) and each.__module__ == module.name:
                yield each


def test_no_file_is_left_of_a_screen_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {scene.name for scene in SCENES}


def test_another_letter_and_another_colour_are_both_noticed(tmp_path: Path) -> None:
    path = tmp_path / "screen.txt"
    kept = ["|Yes|", "a #ffffff on #000000", " 1: a3"]
    compare(path, kept, update=True)
    compare(path, kept, update=False)
    for changed in (["|No |", *kept[1:]], [kept[0], "a #ff0000 on #000000", kept[2]], kept[:2]):
        with pytest.raises(AssertionError, match="another now"):
            compare(path, changed, update=False)
