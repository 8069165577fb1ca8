"""The file picker: by keys, by typed paths and by mouse; with names and folders that mean no good."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard import folder as folders
from certwizard.wizard.folder import parent_of, read_folder, split_typed
from certwizard.wizard.screens.files import FilesScreen
from certwizard.wizard.screens.start import StartScreen
from certwizard.wizard.widgets.entry_list import EntryList
from tests.wizard import canned
from tests.wizard.driving import WizardPilot, press, settle, shown, step, wizard

NASTY = ["[red]x[bold].crt", "a\x1b[31mb.pem", "two\nlines.pem", "turned\u202egnp.crt"]
ASKED: list[str] = []


def observe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
    """A probe that notes which file it was asked for."""
    ASKED.append(target.files[0])
    return canned.observation()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the wizard is started in, with a few files."""
    for name in ("fullchain.pem", "old.p12", "notes.txt", ".hidden.pem"):
        (tmp_path / name).write_text("x")
    (tmp_path / "certs").mkdir()
    (tmp_path / "certs" / "deep.crt").write_text("x")
    monkeypatch.chdir(tmp_path)
    ASKED.clear()
    return tmp_path


@asynccontextmanager
async def picker(*keys: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[WizardPilot]:
    """Open the picker and press keys."""
    async with wizard("f5", target=None, observe=observe, size=size) as pilot:
        assert isinstance(pilot.app.screen, FilesScreen)
        await press(pilot, *keys)
        yield pilot


def names(pilot: WizardPilot) -> list[str]:
    return [entry.name for entry in pilot.app.screen.query_one(EntryList).entries]


async def test_folders_come_first_then_files_that_can_hold_certificates(here: Path) -> None:
    async with picker() as pilot:
        assert names(pilot) == ["certs", "fullchain.pem", "old.p12", ".."]
        assert "2 files that can hold certificates, 2 more not shown" in shown(pilot)
        await press(pilot, "f6")
        assert names(pilot) == ["certs", ".hidden.pem", "fullchain.pem", "old.p12", ".."]
        await press(pilot, "f7")
        assert "notes.txt" in names(pilot)
        await press(pilot, "f6", "f7")
        assert names(pilot) == ["certs", "fullchain.pem", "old.p12", ".."]


async def test_typing_narrows_and_enter_looks_at_the_file(here: Path) -> None:
    async with picker(*"old", "enter") as pilot:
        assert [str(here / "old.p12")] == ASKED
        assert step(pilot)


async def test_the_arrows_choose_and_enter_opens_folders_and_files(here: Path) -> None:
    async with picker("enter") as pilot:
        assert names(pilot) == ["deep.crt", ".."]
        await press(pilot, "f5")
        assert names(pilot)[0] == "certs"
        await press(pilot, "down", "down", "up", "enter")
        assert [str(here / "fullchain.pem")] == ASKED


async def test_a_path_can_be_typed_and_is_listed_as_it_is_typed(here: Path) -> None:
    async with picker(*"certs", "slash", "d") as pilot:
        assert names(pilot) == ["deep.crt"]
        await press(pilot, "enter")
        assert [str(here / "certs" / "deep.crt")] == ASKED


async def test_tab_completes_folders_and_files(here: Path) -> None:
    async with picker(*"ce", "tab", *"de", "tab") as pilot:
        assert pilot.app.screen.query_one("#name", Input).value == "deep.crt"
        await press(pilot, "enter")
        assert [str(here / "certs" / "deep.crt")] == ASKED


async def test_a_leading_dot_shows_hidden_files(here: Path) -> None:
    async with picker("full_stop") as pilot:
        assert ".hidden.pem" in names(pilot)


async def test_the_mouse_opens_folders_and_files(here: Path) -> None:
    async with picker(size=(120, 40)) as pilot:
        assert await pilot.click(EntryList, offset=(4, 0))
        await settle(pilot)
        assert names(pilot) == ["deep.crt", ".."]
        assert await pilot.click(EntryList, offset=(4, 0))
        await settle(pilot)
        assert [str(here / "certs" / "deep.crt")] == ASKED


@pytest.mark.skipif(os.name != "posix", reason="Windows allows no such names")
async def test_hostile_names_are_shown_clean_and_opened_as_they_are(here: Path) -> None:
    for name in [*NASTY, "bad\udcff.pem"]:
        (here / name).write_text("x")
    async with picker() as pilot:
        text = shown(pilot)
        assert "[red]x[bold].crt" in text
        assert "a\\x1b[31mb.pem" in text
        assert "turned\\u202egnp.crt" in text
        assert "bad\\udcff.pem" in text
        assert not any(sign in text for sign in "\x1b\u202e")
    for name in NASTY:
        async with picker(*"certs") as pilot:
            await press(pilot, *["backspace"] * 5)
            marked = next(
                each for each in pilot.app.screen.query_one(EntryList).entries if each.path.endswith(name)
            )
            ASKED.clear()
            pilot.app.screen.open(marked)  # type: ignore[attr-defined]
            await settle(pilot)
            assert [str(here / name)] == ASKED
            assert "\x1b" not in shown(pilot)


async def test_a_folder_that_cannot_be_read_is_said_so_and_left_again(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("certs"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    async with picker("enter") as pilot:
        assert "this user may not read it" in shown(pilot)
        assert names(pilot) == [".."]
        await press(pilot, "enter")
        assert "fullchain.pem" in names(pilot)


async def test_a_path_that_is_no_folder_is_said_so(here: Path) -> None:
    async with picker(*"gone", "slash") as pilot:
        assert "there is no such file" in shown(pilot)
    assert read_folder(str(here / "old.p12")).trouble == "it is no folder"


async def test_escape_returns_to_the_start(here: Path) -> None:
    async with picker("escape") as pilot:
        assert isinstance(pilot.app.screen, StartScreen)


async def test_everything_needed_is_on_the_screen_at_sixty_columns(here: Path) -> None:
    (here / f"{'long' * 30}.pem").write_text("x")
    async with picker(size=(60, 20)) as pilot:
        text = shown(pilot)
        assert "fullchain.pem" in text
        assert "Hidden" in text
        assert "….pem" in text or "long.pem" in text


def test_a_vast_folder_is_read_up_to_a_bound(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST", 2)
    listing = read_folder(str(here), hidden=True, every=True)
    assert listing.shortened
    assert len(listing.entries) == 2


def test_links_that_lead_nowhere_or_in_circles_do_no_harm(here: Path) -> None:
    try:
        (here / "lost.pem").symlink_to(here / "gone")
        (here / "loop.pem").symlink_to(here / "loop.pem")
    except OSError:
        pytest.skip("no links here")
    assert {"lost.pem", "loop.pem"} <= {entry.name for entry in read_folder(str(here)).entries}


def test_typed_words_lead_from_the_folder_that_is_shown(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(here / "certs"))
    monkeypatch.setenv("USERPROFILE", str(here / "certs"))
    top = str(here)
    assert split_typed(top, "a") == (top, "a")
    assert split_typed(top, "certs/d") == (str(here / "certs"), "d")
    assert split_typed(str(here / "certs"), "..") == (top, "")
    assert split_typed(top, "~/d") == (str(here / "certs"), "d")
    root = os.path.abspath(os.sep)
    assert split_typed(top, f"{root}x") == (root, "x")
    assert parent_of(root) == root
