"""The real program in a real terminal, from the start screen to a command in the clipboard (OSC 52)."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from certwizard.wizard.asking import PRACTICE_QUESTION, QUESTION

TMUX = shutil.which("tmux")
pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")

DEADLINE = 90.0
BETWEEN = 0.2
CONFIGURATION = """
set -g set-clipboard on
set -g default-terminal tmux-256color
set -g status off
set -sg escape-time 10
"""


class Terminal:
    """A tmux server of its own with one window of 80x24."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux.socket"
        self.configuration = folder / "tmux.conf"
        self.configuration.write_text(CONFIGURATION)
        self.environment = {
            **os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "config"), "TERM": "xterm-256color", "TMUX": "",
        }  # fmt: skip

    def run(self, *words: str) -> str:
        """Run a tmux command and return what it prints; empty where it fails."""
        command = [str(TMUX), "-S", str(self.socket), "-f", str(self.configuration), *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=30, check=False)
        return done.stdout.decode("utf-8", "replace")

    def open(self, *program: str) -> None:
        """Run a program in the window."""
        self.run("new-session", "-d", "-x", "80", "-y", "24", *program)

    def keys(self, *keys: str) -> None:
        """Press keys, named as tmux does."""
        self.run("send-keys", *keys)

    def screen(self) -> str:
        """What stands on the screen."""
        return self.run("capture-pane", "-p")

    def buffer(self) -> str:
        """What the program sent to the terminal's clipboard."""
        return self.run("show-buffer")

    def is_open(self) -> bool:
        """Whether the program runs."""
        return bool(self.run("list-sessions"))

    def wait(self, true: Callable[[], bool], what: str) -> None:
        """Look again and again until something holds, or the deadline has passed."""
        end = time.monotonic() + DEADLINE
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"{what} was never seen; on screen:\n{self.screen()}")
            time.sleep(BETWEEN)

    def wait_for(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.wait(lambda: text in self.screen(), text)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal that is closed at the end."""
    opened = Terminal(tmp_path)
    yield opened
    opened.run("kill-server")


def test_from_the_start_to_a_copied_command_in_a_terminal_of_80_by_24(terminal: Terminal) -> None:
    terminal.open(sys.executable, "-m", "certwizard")
    terminal.wait_for(QUESTION)
    terminal.keys("F2")
    terminal.wait_for(PRACTICE_QUESTION)
    terminal.keys("-l", "expired")
    terminal.wait(lambda: "healthy" not in terminal.screen(), "the list narrowed")
    terminal.keys("Enter")
    terminal.wait_for("FAIL")
    assert "Is the certificate within its dates?" in terminal.screen()
    terminal.keys("x")
    terminal.wait_for("How is it repaired?")
    assert all(len(row) <= 80 for row in terminal.screen().splitlines())
    terminal.keys("y")
    terminal.wait(lambda: "openssl s_client" in terminal.buffer(), "the command in the clipboard")
    assert "\n" not in terminal.buffer().rstrip("\n")
    terminal.keys("Space")

    def ticked() -> bool:
        terminal.keys("Home")  # the mark has gone on to the next step, and the list with it
        return "[✔] done" in terminal.screen()

    terminal.wait(ticked, "the tick")
    terminal.keys("q")
    terminal.wait(lambda: not terminal.is_open(), "the end of the program")
