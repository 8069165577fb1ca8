"""How long ``certwizard explain`` takes for logs: 10 000 lines in under a second, 50 MB within bounds.

Run: ``.venv/bin/python -m tests.bench.explaining``
"""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

LOGS = {"a message": (1, 1), "10 000 lines, few tell": (10_000, 2000), "10 000 lines, many tell": (10_000, 5)}
TIMES = 5


def log(lines: int, every: int) -> bytes:
    """Return a log of which one line in `every` tells of a certificate, no two lines alike."""
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
    made = []
    for number in range(lines):
        head = f"2026-11-25T08:{number % 60:02}:01Z web{number % 9} app[{number}]:"
        tail = " ".join(words[number // 10**place % 10] for place in range(8))
        said = (
            "curl: (60) SSL certificate problem: certificate has expired"
            if number % every == 0
            else "GET /x 200"
        )
        made.append(f"{head} {said} {tail} {hash(number * 7919)}")
    return "\n".join(made).encode()


def seconds(data: bytes) -> float:
    """Return the best of several whole runs of the program."""
    best = 99.0
    for _ in range(TIMES):
        begin = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "certwizard", "explain", "-"], input=data, capture_output=True, check=False
        )
        best = min(best, perf_counter() - begin)
    return best


def main() -> None:
    """Print a row for each log."""
    for name, (lines, every) in LOGS.items():
        data = log(lines, every)
        print(f"{name:28} {len(data):>12,} bytes  {seconds(data):5.2f} s")
    data = log(20_000, 2000) * 20
    print(f"{'a stream of 50 MB and more':28} {len(data):>12,} bytes  {seconds(data):5.2f} s")


if __name__ == "__main__":
    main()
