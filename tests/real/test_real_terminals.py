"""The real program in tmux, under the names that terminals give themselves, and resized while it runs."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ANSWER = "The certificate expired 12 days ago."
PATIENCE = 90.0


class Tmux:
    """A tmux of its own with one window."""

    def __init__(self, folder: Path) -> None:
        """Use a socket in a folder."""
        self._base = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]

    def start(
        self, size: tuple[int, int], environment: dict[str, str], *arguments: str, under: tuple[str, ...] = ()
    ) -> None:
        """Run the program; where named, another program runs it."""
        given = [f"{name}={value}" for name, value in environment.items()]
        # What the tests' own terminal says of its size is not this one's.
        without = [word for name in ("COLORTERM", "LC_ALL", "COLUMNS", "LINES") for word in ("-u", name)]
        program = ["env", *without, *given, *under, sys.executable, "-m", "certwizard", *arguments]
        self._run("-u", "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), *program)

    def screen(self, *, styled: bool = False) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-p", *(["-e"] if styled else []))

    def until(self, words: str) -> str:
        """Wait until some words stand on the screen, and return it."""
        ends = time.monotonic() + PATIENCE
        while words not in " ".join((screen := self.screen()).split()):
            assert time.monotonic() < ends, screen
            time.sleep(0.2)
        return screen

    def press(self, *keys: str) -> None:
        """Press keys."""
        self._run("send-keys", *keys)

    def modes(self) -> str:
        """Whether the other screen is shown, and the mouse is listened to: 0 or 1 each."""
        return self._run("display-message", "-p", "#{alternate_on}#{mouse_any_flag}").strip()

    def child(self) -> int:
        """The number of the process that the shell in the window runs."""
        shell = self._run("display-message", "-p", "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text())

    def resize(self, width: int, height: int) -> None:
        """Change the window's size."""
        self._run("resize-window", "-x", str(width), "-y", str(height))

    def stop(self) -> None:
        """End it."""
        subprocess.run([*self._base, "kill-server"], capture_output=True, check=False)

    def _run(self, *words: str) -> str:
        return subprocess.run([*self._base, *words], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A tmux that ends with the test."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    found = Tmux(tmp_path)
    yield found
    found.stop()


@pytest.mark.parametrize("term", ["xterm", "screen", "linux", "xterm-256color", "tmux-256color"])
def test_the_answer_stands_there_under_every_name_of_a_terminal(tmux: Tmux, term: str) -> None:
    tmux.start((80, 24), {"TERM": term, "LANG": "C.UTF-8"}, "demo", "expired")
    assert "✘ FAIL" in tmux.until(ANSWER)
    styled = tmux.screen(styled=True)
    few = term in ("xterm", "screen", "linux")
    assert ("\x1b[38;2;" not in styled and "\x1b[38;5;" not in styled) == few
    tmux.press("9")
    tmux.until("Root cause")


def test_a_dumb_terminal_is_spoken_to_in_lines(tmux: Tmux) -> None:
    tmux.start((80, 24), {"TERM": "dumb", "LANG": "C.UTF-8"}, "demo", "expired")
    assert "lists them:" in " ".join(tmux.until("Or another letter").split())


def test_without_a_utf_8_locale_the_screen_is_ascii(tmux: Tmux) -> None:
    tmux.start((80, 24), {"TERM": "xterm-256color", "LC_ALL": "C"}, "demo", "expired")
    screen = tmux.until(ANSWER)
    assert screen.isascii()
    assert "x FAIL" in screen


def test_resizing_the_running_program_lays_it_out_anew(tmux: Tmux) -> None:
    tmux.start((120, 40), {"TERM": "xterm-256color", "LANG": "C.UTF-8"}, "demo", "expired")
    tmux.until(ANSWER)
    tmux.until("1 ✔ Connection")
    for size, words in (((60, 20), "3 of 8"), ((250, 70), "How to read it"), ((80, 24), "3 of 8")):
        tmux.resize(*size)
        tmux.until(words)
        tmux.until(ANSWER)


SHELL = ("bash", "--norc", "--noprofile", "-i", "-c", '"$@"; echo "ended with $?"; read; fg; read', "bash")
UTF_8 = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_a_wizard_that_is_told_to_end_leaves_the_terminal_as_it_was(
    tmux: Tmux, signum: signal.Signals
) -> None:
    tmux.start((80, 24), UTF_8, "demo", "expired", under=SHELL)
    tmux.until(ANSWER)
    assert tmux.modes() == "11"
    os.kill(tmux.child(), signum)
    tmux.until(f"ended with {128 + signum}")
    assert tmux.modes() == "00"


@pytest.mark.parametrize("key", ["1", "?", "t"])
def test_a_wizard_whose_terminal_is_closed_ends_and_leaves_no_keys_behind(
    tmux: Tmux, tmp_path: Path, key: str
) -> None:
    folder = tmp_path / "lab"
    folder.mkdir()
    tmux.start((80, 24), {**UTF_8, "TMPDIR": str(folder)}, "demo", "expired", under=SHELL)
    tmux.until(ANSWER)
    tmux.press(key)
    assert list(folder.iterdir())
    running = Path(f"/proc/{tmux.child()}")
    tmux.stop()
    ends = time.monotonic() + PATIENCE
    while running.exists():
        assert time.monotonic() < ends
        time.sleep(0.2)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("key", "words"), [("1", "1 of 8"), ("?", "Explain the marked line"), ("t", "Which server")]
)
def test_ctrl_z_gives_the_shell_back_on_every_kind_of_screen_and_fg_the_wizard(
    tmux: Tmux, key: str, words: str
) -> None:
    tmux.start((80, 24), UTF_8, "demo", "expired", under=SHELL)
    tmux.until(ANSWER)
    tmux.press(key)
    tmux.until(words)
    tmux.press("C-z")
    assert words not in tmux.until(f"ended with {128 + signal.SIGSTOP}")
    assert tmux.modes() == "00"
    tmux.press("Enter")
    tmux.until(words)
    assert tmux.modes() == "11"
