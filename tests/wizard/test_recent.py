"""Recent targets: kept as words, verdict and time; in nobody's way when the file cannot be had."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.domain.vocabulary import Verdict
from certwizard.lab.lab import Lab
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.asking import understand
from certwizard.wizard.recent import MOST, Recent, RecentTargets, recent_targets
from certwizard.wizard.remembering import words_to_keep
from certwizard.wizard.widgets.ask_field import AskField
from certwizard.wizard.widgets.recent_list import RecentList
from tests.wizard import canned
from tests.wizard.driving import press, settle, shown, step, until, wizard, wizard_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(name: str, minutes: int = 0) -> Recent:
    return Recent(name, Verdict.REJECTED, NOON + timedelta(minutes=minutes))


@pytest.fixture
def kept() -> RecentTargets:
    """The file of this test's user."""
    return recent_targets(os.environ)


def path_of(kept: RecentTargets) -> Path:
    assert kept.path is not None
    return kept.path


def test_the_last_target_comes_first_once_and_the_number_is_bounded(kept: RecentTargets) -> None:
    for number in range(MOST + 5):
        kept.add(entry(f"host-{number}.example"))
    kept.add(entry("host-20.example", 9))
    names = [each.target for each in kept.load().targets]
    assert len(names) == MOST
    assert names[:2] == ["host-20.example", "host-24.example"]
    assert len(set(names)) == MOST


def test_the_file_holds_words_verdict_and_time_alone_and_only_its_owner_reads_it(kept: RecentTargets) -> None:
    kept.add(entry("a.example"))
    path = path_of(kept)
    assert path == Path(os.environ["XDG_STATE_HOME"], "certwizard", "recent.json")
    row = {"target": "a.example", "verdict": "rejected", "at": "2026-11-20T12:00:00+00:00"}
    assert json.loads(path.read_text()) == {"wanted": True, "targets": [row]}
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["recent.json"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"x"', '{"targets": 5}', '{"targets": {"a": 1}}', '{"targets": [1, null, {}]}',
        "[" * 5000,
        '{"targets": [{"target": "a", "verdict": "rejected", "at": "never"}]}',
        '{"targets": [{"target": "a", "verdict": "splendid", "at": "2026-11-20T12:00:00"}]}',
        '{"targets": [{"target": "a\\u001b[2J", "verdict": "rejected", "at": "2026-11-20T12:00:00"}]}',
        '{"targets": [{"target": ["a"], "verdict": ["rejected"], "at": 5}]}', "x" * 70_000, "\udcff",
    ],
)  # fmt: skip
def test_a_damaged_file_counts_as_nothing_and_is_replaced(kept: RecentTargets, text: str) -> None:
    path_of(kept).parent.mkdir(parents=True)
    path_of(kept).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert kept.load().targets == ()
    if len(text) < 70_000:
        kept.add(entry("a.example"))
        assert [each.target for each in kept.load().targets] == ["a.example"]


def test_switching_it_off_forgets_everything_and_stays_off(kept: RecentTargets) -> None:
    kept.add(entry("a.example"))
    assert kept.want(False)
    kept.add(entry("b.example"))
    assert recent_targets(os.environ).load().targets == ()
    assert kept.want(True)
    kept.add(entry("b.example"))
    assert [each.target for each in kept.load().targets] == ["b.example"]


def test_what_cannot_be_written_or_read_is_left(tmp_path: Path, kept: RecentTargets) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    nowhere = recent_targets({"XDG_STATE_HOME": str(blocked)})
    nowhere.add(entry("a.example"))
    assert nowhere.load().targets == ()
    assert not nowhere.want(False)
    path_of(kept).mkdir(parents=True)
    kept.add(entry("a.example"))
    assert kept.load().targets == ()
    assert list(path_of(kept).parent.iterdir()) == [path_of(kept)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_the_files_place_is_not_waited_for(kept: RecentTargets) -> None:
    path_of(kept).parent.mkdir(parents=True)
    os.mkfifo(path_of(kept))
    assert kept.load().targets == ()


def test_a_relative_state_folder_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    found = recent_targets({"XDG_STATE_HOME": "relative"})
    assert path_of(found).is_relative_to(tmp_path)


def _add_many(path: Path, name: str) -> None:
    for number in range(30):
        RecentTargets(path).add(entry(f"{name}-{number}.example"))


def test_two_wizards_at_once_never_leave_a_torn_file(kept: RecentTargets) -> None:
    context = get_context("spawn")
    others = [context.Process(target=_add_many, args=(kept.path, name)) for name in "ab"]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
        assert other.exitcode == 0
    assert len(kept.load().targets) == MOST
    assert [each.name for each in path_of(kept).parent.iterdir()] == ["recent.json"]


def test_a_password_in_a_url_and_practice_servers_are_not_kept(tmp_path: Path) -> None:
    assert "secret" not in words_to_keep(understand("https://me:secret@a.example/"))
    with Lab() as lab:
        assert words_to_keep(lab.open("healthy").target) == ""
    file = tmp_path / "a.pem"
    file.write_text("")
    assert words_to_keep(understand(str(file))) == str(file)


async def test_what_was_looked_at_stands_on_the_start_with_verdict_and_time() -> None:
    async with wizard(target=None) as pilot:
        assert "Recent" not in shown(pilot)
        await press(pilot, *"a.example", "enter", "t")
        assert "Recent" in shown(pilot)
        row = next(line for line in shown(pilot).splitlines() if "a.example  " in line)
        assert "✘" in row
        assert "ago" in row or "now" in row


async def test_a_recent_target_is_looked_at_again_by_keys_and_by_mouse(kept: RecentTargets) -> None:
    kept.add(entry("b.example"))
    kept.add(entry("a.example"))
    async with wizard(target=None) as pilot:
        await press(pilot, "tab", "tab", "down", "enter")
        assert step(pilot)
        assert wizard_of(pilot).examination.subject.title == "b.example:443"  # type: ignore[union-attr]
        await press(pilot, "t")
        assert await pilot.click(RecentList, offset=(4, 1))
        await settle(pilot)
        assert wizard_of(pilot).examination.subject.title == "a.example:443"  # type: ignore[union-attr]


async def test_recent_targets_are_forgotten_one_by_one_all_at_once_and_for_good(kept: RecentTargets) -> None:
    for name in ("c.example", "b.example", "a.example"):
        kept.add(entry(name))
    async with wizard(target=None, size=(120, 40)) as pilot:
        await press(pilot, "tab", "tab", "delete")
        assert [each.target for each in kept.load().targets] == ["b.example", "c.example"]
        await press(pilot, "f8")
        assert kept.load().targets == ()
        assert not pilot.app.screen.query_one("#recent").display
        assert pilot.app.screen.focused is pilot.app.screen.query_one(AskField)
        await press(pilot, "f9")
        assert not kept.load().wanted
        await press(pilot, *"a.example", "enter")
        assert kept.load().targets == ()


async def test_names_in_the_file_are_never_markup(kept: RecentTargets) -> None:
    kept.add(entry("[red]a[/red].example"))
    async with wizard(target=None) as pilot:
        assert "[red]a[/red].example" in shown(pilot)


async def test_practice_and_saved_observations_are_not_kept(kept: RecentTargets) -> None:
    with Lab() as lab:
        app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario="healthy")
        async with app.run_test() as pilot:
            await settle(pilot)
            assert app.walk.case is not None
    async with wizard(target=canned.TARGET, observation=canned.observation()):
        pass
    assert kept.load().targets == ()


async def test_the_wizard_works_where_nothing_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    async with wizard(target=None) as pilot:
        await press(pilot, *"a.example", "enter")
        assert step(pilot)
        await press(pilot, "t", "f9")
        await until(pilot, lambda: any("cannot be written" in n.message for n in pilot.app._notifications))
