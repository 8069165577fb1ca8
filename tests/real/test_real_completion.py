"""The completion scripts in the shells themselves, as somebody who presses tab."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

CASES = [
    ("certwizard ch", "check"),
    ("certwizard com", "completion"),
    ("certwizard --pl", "--plain"),
    ("certwizard check --form", "--format"),
    ("certwizard check --format nag", "nagios"),
    ("certwizard check --starttls postg", "postgres"),
    ("certwizard demo missing-inter", "missing-intermediate"),
    ("certwizard lab expired wrong-ord", "wrong-order"),
    ("certwizard learn basic-con", "basic-constraints"),
    ("certwizard completion fi", "fish"),
    ("certwizard check full", "fullchain.pem"),
    ("certwizard full", "fullchain.pem"),
    ("certwizard check --ca-file full", "fullchain.pem"),
    ("certwizard replay see", "seen.json"),
]
ZSH_START = "autoload -U compinit; compinit -u -D"
IDS = [words for words, _ in CASES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files and the script of each shell."""
    found = tmp_path_factory.mktemp("completion")
    for name in ("fullchain.pem", "seen.json"):
        (found / name).touch()
    for shell in ("bash", "zsh", "fish"):
        script = subprocess.run(
            [sys.executable, "-m", "certwizard", "completion", shell],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip
        (found / f"certwizard.{shell}").write_text(script)
    return found


def _need(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


@pytest.mark.parametrize(("words", "expected"), CASES, ids=IDS)
def test_fish_offers(folder: Path, words: str, expected: str) -> None:
    done = subprocess.run(
        [_need("fish"), "--no-config", "-c", f"source certwizard.fish; complete -C '{words}'"],
        cwd=folder, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert expected in [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert done.stderr == ""


class _Shell:
    """A shell on a terminal of its own."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.here, there = pty.openpty()
        environment = {"TERM": "dumb", "PATH": os.environ["PATH"], "HOME": str(folder), "PS1": "ready> "}
        self.process = subprocess.Popen(
            command,
            stdin=there,
            stdout=there,
            stderr=there,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        os.close(there)

    def type(self, text: str, until: str) -> str:
        """Type, and read until some words came back."""
        os.write(self.here, text.encode())
        seen, ends = "", time.monotonic() + 20
        while until not in seen:
            ready, _, _ = select.select([self.here], [], [], max(ends - time.monotonic(), 0))
            assert ready, f"{until} never came; seen: {seen}"
            seen += os.read(self.here, 65536).decode("utf-8", "replace")
        return seen

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.here)


def _completed(command: list[str], start: str, folder: Path, words: str, expected: str) -> None:
    shell = _Shell(command, folder)
    try:
        shell.type(f"{start}; echo lo''aded\n", "loaded")
        # What is not typed yet can only come from the completion.
        typed = words.split()[-1]
        shell.type(f"{words}\t", expected.removeprefix(typed))
    finally:
        shell.close()


@pytest.mark.parametrize(("words", "expected"), CASES, ids=IDS)
def test_bash_completes(folder: Path, words: str, expected: str) -> None:
    command = [_need("bash"), "--norc", "--noprofile", "-i"]
    _completed(command, "source ./certwizard.bash", folder, words, expected)


@pytest.mark.parametrize(("words", "expected"), CASES, ids=IDS)
def test_zsh_completes(folder: Path, words: str, expected: str) -> None:
    command = [_need("zsh"), "-f", "-i"]
    _completed(command, f'{ZSH_START}; eval "$(<certwizard.zsh)"', folder, words, expected)


def test_zsh_finds_the_script_in_its_own_folder(folder: Path) -> None:
    (folder / "zsh").mkdir()
    shutil.copy(folder / "certwizard.zsh", folder / "zsh" / "_certwizard")
    command = [_need("zsh"), "-f", "-i"]
    _completed(command, f"fpath=($PWD/zsh $fpath); {ZSH_START}", folder, "certwizard completion fi", "fish")
