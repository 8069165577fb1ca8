"""Time and memory of whole processes, and the wizard's first paint, on loopback.

Run by hand: ``python -m tests.bench.processes [--runs N] [--sslyze PATH]``.
"""

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from certwizard.lab.lab import Lab

KNOWN_TEXT = b"Which server"


def main() -> None:
    """Print one row a measurement: median and best time in milliseconds, peak memory in MiB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--sslyze", default=None, help="path of the sslyze program to compare with")
    arguments = parser.parse_args()
    program = [sys.executable, "-m", "certwizard"]
    print(f"{'what':<34} {'median ms':>10} {'best ms':>8} {'peak MiB':>9}")
    with Lab() as lab:
        target = lab.open("healthy").target
        check = [
            "check",
            target.input,
            "--connect",
            f"127.0.0.1:{target.port}",
            "--ca-file",
            lab.ca_file,
            "--offline",
        ]
        row("python -c pass", [sys.executable, "-c", "pass"], arguments.runs)
        row("certwizard --version", [*program, "--version"], arguments.runs)
        row("certwizard check --offline", [*program, *check], arguments.runs)
        if arguments.sslyze:
            row(
                "sslyze --certinfo",
                [arguments.sslyze, "--certinfo", f"127.0.0.1:{target.port}"],
                arguments.runs,
            )
    first_paint(program)
    paints = [first_paint(program) for _ in range(arguments.runs)]
    print(f"{'wizard, first paint':<34} {statistics.median(paints):>10.0f} {min(paints):>8.0f}")


def row(what: str, command: Sequence[str], runs: int) -> None:
    """Measure one command and print its row; a first run, not measured, lets Python keep its byte code."""
    run(command)
    times = [timed(lambda: run(command)) for _ in range(runs)]
    print(f"{what:<34} {statistics.median(times):>10.0f} {min(times):>8.0f} {peak_memory(command):>9.1f}")


def run(command: Sequence[str]) -> None:
    """Run a command to its end, as an installed program runs: with byte code kept between runs."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, capture_output=True, check=False, env=kept)


def timed(call: Callable[[], object]) -> float:
    """Return how long a call takes, in milliseconds."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def peak_memory(command: Sequence[str]) -> float:
    """Return the peak resident memory of one run of a command, in MiB."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return int(done.stdout) / unit


def first_paint(program: Sequence[str], limit: float = 10.0) -> float:
    """Return the time from starting the wizard to its first question on the screen, in milliseconds."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(program[0], list(program))
    seen = b""
    try:
        while KNOWN_TEXT not in seen and time.perf_counter() - start < limit:
            if select.select([terminal], [], [], 0.1)[0]:
                seen += os.read(terminal, 65536)
        return (time.perf_counter() - start) * 1000
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)


if __name__ == "__main__":
    main()
