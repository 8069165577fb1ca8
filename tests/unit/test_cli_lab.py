"""``certwizard lab`` as a program of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_lab_that_is_told_to_end_leaves_no_keys_behind(tmp_path: Path, signum: signal.Signals) -> None:
    """The folder of the lab holds private keys; SIGHUP comes where its terminal is closed."""
    with subprocess.Popen(
        [sys.executable, "-m", "certwizard", "lab", "expired"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as lab:
        assert lab.stdout is not None
        for line in lab.stdout:
            if line.startswith("Serving"):
                break
        assert list(tmp_path.iterdir())
        lab.send_signal(signum)
        assert lab.wait(timeout=60) == 0
    assert not list(tmp_path.iterdir())
