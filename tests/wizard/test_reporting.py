"""Saving a report from the verdict, and the way from a cause to the step that shows it."""

import os
import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from certwizard.domain.errors import OptionError
from certwizard.domain.saved import decode_observation
from certwizard.wizard.report_files import FORMATS, ReportFormat, format_of, proposed_name, save_report
from certwizard.wizard.screens.save_report import SaveReportScreen
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, press, settle, shown, step, wizard

NAME = "certwizard-shop.eu.example.com-443"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports are written into a folder of the test."""
    monkeypatch.chdir(tmp_path)


def files(folder: Path) -> list[str]:
    """Names of the files in a folder."""
    return sorted(each.name for each in folder.iterdir())


async def name_it(pilot: WizardPilot, name: str) -> None:
    """Write a name into the field."""
    pilot.app.screen.query_one(Input).value = name
    await settle(pilot)


async def test_d_proposes_a_name_and_enter_writes_a_markdown_report_for_its_owner_alone(
    tmp_path: Path,
) -> None:
    async with wizard("g", "d") as pilot:
        assert pilot.app.screen.query_one(Input).value == f"{NAME}.md"
        assert "a report for a ticket or a wiki" in shown(pilot)
        await press(pilot, "enter")
        assert step(pilot) == "verdict"
    written = tmp_path / f"{NAME}.md"
    assert "expired" in written.read_text()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_click_on_a_format_changes_the_ending(size: tuple[int, int], tmp_path: Path) -> None:
    async with wizard("g", size=size) as pilot:
        assert await pilot.click("#way-report")
        await settle(pilot)
        row = next(y for y, text in enumerate(shown(pilot).splitlines()) if "Markdown" in text)
        await pilot.click(offset=(shown(pilot).splitlines()[row].index("HTML") + 1, row))
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == f"{NAME}.html"
        row = next(y for y, text in enumerate(shown(pilot).splitlines()) if "enter Write" in text)
        await pilot.click(offset=(shown(pilot).splitlines()[row].index("enter Write") + 1, row))
        await settle(pilot)
    assert (tmp_path / f"{NAME}.html").read_text().startswith("<!doctype html>")


async def test_a_file_that_is_there_is_written_over_only_when_asked_twice(tmp_path: Path) -> None:
    there = tmp_path / f"{NAME}.md"
    there.write_text("mine")
    async with wizard("g", "d", "enter") as pilot:
        assert "is there already" in shown(pilot)
        assert there.read_text() == "mine"
        await press(pilot, "end", "x", "backspace", "enter")
        assert there.read_text() == "mine"
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, SaveReportScreen)
    assert "expired" in there.read_text()
    assert files(tmp_path) == [there.name]


async def test_a_name_with_another_ending_and_a_folder_that_is_not_there_are_explained(
    tmp_path: Path,
) -> None:
    async with wizard("g", "d") as pilot:
        await name_it(pilot, "report.doc")
        assert "expected a name ending in .md" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, SaveReportScreen)
        await name_it(pilot, "no/such/folder.md")
        await press(pilot, "enter")
        assert "cannot be" in shown(pilot)
        assert "directory" in shown(pilot)
        await press(pilot, "escape")
        assert step(pilot) == "verdict"
    assert files(tmp_path) == []


async def test_ctrl_f_takes_the_next_format_in_a_ring() -> None:
    async with wizard("g", "d") as pilot:
        seen = []
        for _ in FORMATS:
            seen.append(format_of(pilot.app.screen.query_one(Input).value).title)
            await press(pilot, "ctrl+f")
        assert seen == [each.title for each in FORMATS]
        assert pilot.app.screen.query_one(Input).value == f"{NAME}.md"


async def test_enter_on_a_cause_goes_to_the_step_that_shows_it() -> None:
    async with wizard("g", "down", "enter") as pilot:
        assert step(pilot) == "name"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.title)
def test_each_format_is_written_whole(form: ReportFormat, tmp_path: Path) -> None:
    path = tmp_path / proposed_name(canned.case(), form)
    save_report(canned.case(), path)
    assert path.stat().st_size > 100
    assert format_of(path.name) is form


def test_a_saved_observation_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "seen.observation.json"
    save_report(canned.case(), path)
    assert decode_observation(path.read_bytes()).target == canned.case().observation.target


@pytest.mark.parametrize(
    "data", [b"-----BEGIN PRIVATE KEY-----\n", b"hello\n-----BEGIN CERTIFICATE-----\n", b"\x30\x82\x01\x00"]
)
def test_a_key_or_a_certificate_is_never_written_over(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    path.write_bytes(data)
    with pytest.raises(OptionError):
        save_report(canned.case(), path, over=True)
    assert path.read_bytes() == data


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("mine")
    os.symlink(tmp_path / "real.md", tmp_path / "link.md")
    with pytest.raises(FileExistsError):
        save_report(canned.case(), tmp_path / "link.md")
    with pytest.raises(OptionError):
        save_report(canned.case(), tmp_path / "link.md", over=True)
    assert (tmp_path / "real.md").read_text() == "mine"


@pytest.mark.parametrize("name", ["report", ".md", "", "a.pdf"])
def test_a_name_without_a_format_is_refused_with_the_endings(name: str) -> None:
    with pytest.raises(OptionError, match=r"\.observation\.json"):
        format_of(name)
