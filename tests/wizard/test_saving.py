"""Saving a block: a file of its own, in this folder, never over another."""

from pathlib import Path

import pytest

from certwizard.wizard.saving import file_name, save_block
from tests.wizard.driving import until, wizard


@pytest.mark.parametrize(
    ("where", "language", "name"),
    [
        ("/etc/systemd/system/certwizard-check.service", "ini", "certwizard-check.service"),
        (
            "/etc/letsencrypt/renewal-hooks/deploy/reload.sh, made executable with sudo chmod 755",
            "sh",
            "reload.sh",
        ),
        ("crontab -e", "text", "certwizard.txt"),
        ("", "calendar", "certwizard.ics"),
        ("../../x/..", "yaml", "certwizard.yml"),
        (".github/workflows/certificate.yml", "yaml", "certificate.yml"),
    ],
)
def test_the_name_is_a_plain_one(where: str, language: str, name: str) -> None:
    assert file_name(where, language) == name


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text("mine")
    second = save_block("x\ny", "a.ics", "calendar", tmp_path)
    assert (second.name, second.read_bytes()) == ("a-2.ics", b"x\r\ny\r\n")
    assert (tmp_path / "a.ics").read_text() == "mine"


async def test_w_saves_the_marked_block_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with wizard("x", "w") as pilot:
        await until(pilot, lambda: bool(pilot.app._notifications))
        (saved,) = tmp_path.iterdir()
        assert saved.read_text().startswith("certbot renew")
        assert any(str(saved) in notice.message for notice in pilot.app._notifications)


async def test_a_folder_that_takes_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    monkeypatch.setattr(Path, "cwd", lambda: tmp_path / "nowhere")
    async with wizard("x", "w") as pilot:
        await until(pilot, lambda: any("cannot be written" in n.message for n in pilot.app._notifications))
