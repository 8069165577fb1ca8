"""What the first screen must not wait for."""

import subprocess
import sys

HEAVY = ("cryptography", "OpenSSL", "certifi", "certwizard.probe.run", "certwizard.diagnosis", "certwizard.remedies",
         "certwizard.knowledge", "certwizard.lab.lab", "certwizard.reports", "textual.widgets._markdown")  # fmt: skip


def test_the_start_screen_loads_neither_probe_nor_judge_nor_lab() -> None:
    program = "import sys, certwizard.wizard.app, certwizard.wizard.screens.start; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not [name for name in loaded if name.startswith(HEAVY)]
