"""Judges saved observations in a process of its own, as another machine would.

Run as ``python -m tests.judge_saved FILE...``: prints the JSON of each diagnosis on a line.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
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


def as_json(observation: Observation) -> str:
    """Return the diagnosis of an observation as one line of JSON."""
    diagnosis = diagnose(observation)
    return json_report.render(diagnosis, remedies_for(diagnosis), indent=None)


def judged_elsewhere(files: Sequence[Path]) -> list[str]:
    """Return the JSON of each file's diagnosis, judged in another process with other settings."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.judge_saved", *map(str, files)],
        env={**os.environ, **ELSEWHERE},
        capture_output=True,
        timeout=240,
        check=True,
        encoding="utf-8",
    )
    return answer.stdout.splitlines()


def main() -> None:
    """Judge the files named on the command line."""
    for name in sys.argv[1:]:
        print(as_json(decode_observation(Path(name).read_bytes())))


if __name__ == "__main__":
    main()
