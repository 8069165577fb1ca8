"""``--plain`` as a program: pipes, a dumb terminal, the end of the input, Ctrl-C."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "certwizard"]
PROMPT = b"lists them:"


def _run(*arguments: str, answers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], input=answers, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_practice_server_is_diagnosed_and_its_fix_told_through_pipes() -> None:
    done = _run("demo", "expired", "--plain", answers="x\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "How is it repaired?" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("answers", ["", "x\n", "x"])
def test_the_end_of_the_input_is_a_clean_end(answers: str) -> None:
    done = _run("--plain", "127.0.0.1:9", answers=answers)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("The input has ended.\n")


def test_no_textual_is_loaded() -> None:
    code = (
        "import json, sys\nfrom certwizard.cli import main\nmain(sys.argv[1:])\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))"
    )
    viewed, learnt = "c 1\n\nb\n", "lessons ocsp\n\ny 1\ncourse\n1\n1\n\n7\nb\n"
    tried = "e\n2\n\nb\nd\nb\nt\nunable to get local issuer certificate\n\nl\n1\nq\n"
    answers = f"m\n\nv 1\n{viewed}x\np\n9\n{learnt}{tried}"
    done = subprocess.run(
        [sys.executable, "-c", code, "demo", "expired", "--plain"],
        input=answers, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert "certwizard.wizard.plain.session" in loaded
    assert not {name for name in loaded if name.split(".")[0] in ("textual", "rich")}


def test_what_was_seen_last_is_saved(tmp_path: Path) -> None:
    saved = tmp_path / "seen.json"
    assert _run("--plain", "127.0.0.1:9", "--save", str(saved), answers="q\n").returncode == 0
    assert json.loads(saved.read_text())


def test_wrong_arguments_are_refused_as_ever() -> None:
    done = _run("--plain", "http://[bad", answers="")
    assert done.returncode == 64
    assert done.stderr.count("\n") == 1


class _Terminal:
    """The program on a terminal of its own."""

    def __init__(self, *arguments: str, environment: Mapping[str, str]) -> None:
        self.here, there = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments], stdin=there, stdout=there, stderr=there, start_new_session=True,
            env={**os.environ, **environment}, preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(there)
        self.seen = b""

    def until(self, words: bytes) -> None:
        """Read until some words were said since the last time."""
        start, ends = len(self.seen), time.monotonic() + 60
        while words not in self.seen[start:]:
            assert time.monotonic() < ends, self.seen.decode("utf-8", "replace")
            self.seen += os.read(self.here, 65536)

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        while True:
            try:
                data = os.read(self.here, 65536)
            except OSError:
                break
            if not data:
                break
            self.seen += data
        os.close(self.here)
        return self.process.wait(60)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_dumb_terminal_gets_lines_and_not_one_escape_sequence() -> None:
    terminal = _Terminal("127.0.0.1:9", environment={"TERM": "dumb"})
    terminal.until(PROMPT)
    os.write(terminal.here, b"q\n")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.seen
    assert b"Can a secure connection be made at all?" in terminal.seen


def test_ctrl_c_at_a_question_ends_with_130_and_no_traceback() -> None:
    terminal = _Terminal("--plain", "127.0.0.1:9", environment={"TERM": "xterm"})
    terminal.until(PROMPT)
    os.write(terminal.here, b"\x03")
    assert terminal.end() == 128 + signal.SIGINT
    assert b"Traceback" not in terminal.seen


def test_ctrl_c_during_a_look_stops_it_at_once_and_asks_for_another_target() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        terminal = _Terminal("--plain", f"127.0.0.1:{port}", "--timeout", "50", environment={"TERM": "xterm"})
        terminal.until(b"Handshake")
        began = time.monotonic()
        os.write(terminal.here, b"\x03")
        terminal.until(b"Target:")
        assert time.monotonic() - began < 20
        assert b"Stopped; nothing was judged." in terminal.seen
        os.write(terminal.here, b"\x03")
        assert terminal.end() == 128 + signal.SIGINT
        assert b"Traceback" not in terminal.seen
