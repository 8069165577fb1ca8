"""Pictures of the main screens, compared with those that were looked at and found good."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from certwizard.domain.options import ProbeOptions
from certwizard.domain.vocabulary import Verdict
from certwizard.lab.scenario import Scenario
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.practice import Practice
from certwizard.wizard.screens.files import FilesScreen
from certwizard.wizard.themes import LIGHT
from tests.wizard import canned
from tests.wizard.conftest import SNAPSHOT_FOLDER
from tests.wizard.driving import known, press, seen, settle
from tests.wizard.scenes import explained, faults, halfway, remember

pytestmark = pytest.mark.skipif(
    not version("textual").startswith("8.2."), reason="the pictures were taken with Textual 8.2"
)

SMALL, LARGE, TINY = (80, 24), (120, 40), (60, 20)
DARK = "certwizard-dark"
Compare = Callable[..., bool]

STEPS = [
    ("connection", "1", SMALL, DARK),
    ("dates", "3", SMALL, DARK),
    ("dates", "3", LARGE, DARK),
    ("dates", "3", LARGE, LIGHT.name),
    ("dates", "3", TINY, DARK),
    ("name", "4", SMALL, DARK),
    ("name", "4", LARGE, LIGHT.name),
    ("trust", "5", SMALL, DARK),
    ("trust", "5", LARGE, DARK),
    ("installation", "6", SMALL, DARK),
    ("verdict", "g", SMALL, DARK),
    ("verdict", "g", LARGE, LIGHT.name),
    ("fix", "x", SMALL, DARK),
    ("fix", "x", LARGE, DARK),
    ("viewer", "c", SMALL, DARK),
    ("viewer", "c", LARGE, DARK),
    ("viewer", "c", LARGE, LIGHT.name),
    ("viewer", "c", TINY, DARK),
]


@pytest.fixture
def look(
    snapshot_folder: str | None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Compare:
    """Compares a picture of the wizard after some keys, with nothing on it that moves."""
    if snapshot_folder is not None:
        monkeypatch.setenv(SNAPSHOT_FOLDER, snapshot_folder)
    snap_compare: Compare = request.getfixturevalue("snap_compare")
    monkeypatch.setattr("certwizard.wizard.screens.probe.monotonic", lambda: 0.0)
    monkeypatch.setattr("certwizard.wizard.screens.probe.BEAT", 3600.0)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr("certwizard.wizard.viewing.in_own_zone", lambda when: when)

    def compare(keys: str, size: tuple[int, int], theme: str = DARK, **options: Any) -> bool:
        app = CertwizardApp(options.pop("target", canned.TARGET), ProbeOptions(), observe=seen, judge=known)
        app.theme = theme

        async def before(pilot: Pilot[None]) -> None:
            await settle(pilot)
            await press(pilot, *keys.split())

        return snap_compare(app, terminal_size=size, run_before=options.get("before", before))

    return compare


@pytest.mark.parametrize(("name", "key", "size", "theme"), STEPS)
def test_steps(look: Compare, name: str, key: str, size: tuple[int, int], theme: str) -> None:
    assert look(key, size, theme)


def test_a_step_without_colour(look: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look("3", SMALL)


def test_the_viewer_without_colour(look: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look("c", SMALL)


def test_the_verdict_without_colour(look: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look("g", SMALL)


def test_the_start(look: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Practice, "scenarios", lambda self: faults(8))
    assert look("", SMALL, target=None)


@pytest.fixture
def few_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice lab that does not grow."""
    found = (Scenario("expired", "It ended", "", Verdict.REJECTED, None, frozenset()),)
    monkeypatch.setattr(Practice, "scenarios", lambda self: found)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (TINY, DARK), (LARGE, LIGHT.name)])
def test_the_start_with_recent_targets(
    look: Compare, few_scenarios: None, size: tuple[int, int], theme: str
) -> None:
    remember()
    assert look("", size, theme, target=None)


def test_the_start_with_recent_targets_without_colour(
    look: Compare, few_scenarios: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    remember()
    assert look("", SMALL, target=None)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (TINY, DARK), (LARGE, LIGHT.name)])
def test_an_explanation(look: Compare, size: tuple[int, int], theme: str) -> None:
    assert look("", size, theme, target=None, before=explained)


def test_an_explanation_without_colour(look: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look("", SMALL, target=None, before=explained)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (TINY, DARK), (LARGE, LIGHT.name)])
def test_the_file_picker(
    look: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], theme: str
) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
    for name in ("fullchain.pem", "privkey.key", "notes.txt"):
        (tmp_path / name).write_text("x" * 1234)
        os.utime(tmp_path / name, (noon, noon))
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(FilesScreen, "_place", lambda self, width: [line("in /etc/ssl")])
    assert look("f5", size, theme, target=None)


def test_the_live_probe(look: Compare) -> None:
    assert look("", SMALL, before=halfway)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (LARGE, LIGHT.name), (TINY, DARK)])
def test_other_options(look: Compare, size: tuple[int, int], theme: str) -> None:
    assert look("e down end x", size, theme)


@pytest.mark.parametrize(("size", "theme"), [(SMALL, DARK), (TINY, LIGHT.name)])
def test_saving_a_report(
    look: Compare, size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certwizard.wizard.screens.verdict.Path.cwd", lambda: Path("/home/me"))
    assert look("g d", size, theme)


LESSONS = [
    ("lesson", "3 enter", SMALL, DARK),
    ("lesson", "3 enter 1 tab", TINY, LIGHT.name),
    ("lesson", "3 enter", LARGE, LIGHT.name),
    ("lessons", "L", SMALL, DARK),
    ("lessons", "L s t a p l e", TINY, DARK),
    ("lessons", "L", LARGE, LIGHT.name),
    ("course", "C", SMALL, DARK),
    ("course", "C", TINY, LIGHT.name),
    ("chapter", "C enter", SMALL, DARK),
    ("chapter", "C enter end up", TINY, DARK),
    ("chapter", "C enter", LARGE, LIGHT.name),
    ("question", "C enter end enter 1", SMALL, DARK),
    ("question", "C enter end enter 1", TINY, LIGHT.name),
]


@pytest.mark.parametrize(("name", "keys", "size", "theme"), LESSONS)
def test_lessons_and_course(look: Compare, name: str, keys: str, size: tuple[int, int], theme: str) -> None:
    assert look(keys, size, theme)


@pytest.mark.parametrize("keys", ["3 enter tab", "C enter", "C enter end enter 1"])
def test_lessons_and_course_without_colour(look: Compare, monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert look(keys, SMALL)
