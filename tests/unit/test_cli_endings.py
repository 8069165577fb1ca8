"""A wizard that is told to end, and whose interface waits for a terminal that is gone, still leaves no keys behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

STUCK = """
import sys, threading
from pathlib import Path
from certwizard.cli import endings
endings.PATIENCE = 0.1
with endings.ended_by_signals(lambda return_code: None, Path(sys.argv[1]).unlink):
    import asyncio
    async def wait():
        print("ready", flush=True)
        while True:
            threading.Event().wait(60)
    asyncio.run(wait())
"""


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_what_must_not_be_left_behind_is_removed_where_the_interface_is_stuck(
    tmp_path: Path, signum: signal.Signals
) -> None:
    key = tmp_path / "key.pem"
    key.touch()
    with subprocess.Popen(
        [sys.executable, "-c", STUCK, str(key)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.send_signal(signum)
        program.send_signal(signum)
        assert program.wait(30) == 128 + signum
    assert not key.exists()
