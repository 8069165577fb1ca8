"""Judges saved observations in a process of its own, as another machine would.

Run as ``python -m tests.judge_saved``: reads a file's name from each line, prints the JSON of its diagnosis on a line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import Observation
from certwizard.domain.saved import decode_observation
from certwizard.remedies.catalogue import remedies_for
from certwizard.reports import json_report

ELSEWHERE = {
    "PYTHONHASHSEED": "4711",
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONUTF8": "1",
}
"""Another seed, another zone, and a language in which the capital of i is none that others know."""
PATIENCE = 240
"""Seconds for one file; a process that takes longer is stopped."""
Judge = Callable[[Path], str]


def as_json(observation: Observation) -> str:
    """Return the diagnosis of an observation as one line of JSON."""
    diagnosis = diagnose(observation)
    return json_report.render(diagnosis, remedies_for(diagnosis), indent=None)


@contextmanager
def elsewhere() -> Iterator[Judge]:
    """Start another process with other settings; it returns the JSON of each file's diagnosis."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.judge_saved"],
        env={**os.environ, **ELSEWHERE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:

        def judged(file: Path) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            stop = threading.Timer(PATIENCE, process.kill)
            stop.start()
            try:
                print(file, file=process.stdin, flush=True)
                return process.stdout.readline().removesuffix("\n")
            finally:
                stop.cancel()

        yield judged


def main() -> None:
    """Judge each file named on standard input."""
    for name in sys.stdin:
        print(as_json(decode_observation(Path(name.removesuffix("\n")).read_bytes())), flush=True)


if __name__ == "__main__":
    main()
