"""What is loaded when: commands without a screen never pay for one."""

import json
import subprocess
import sys

import pytest


def _modules_after(*arguments: str) -> set[str]:
    code = (
        "import json, sys\n"
        "from certwizard.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_version_loads_neither_textual_nor_cryptography() -> None:
    modules = _modules_after("--version")
    assert not {
        name for name in modules if name.split(".")[0] in ("textual", "cryptography", "OpenSSL", "rich")
    }


def test_check_loads_no_textual() -> None:
    modules = _modules_after("check", "--offline", "--timeout", "1", "127.0.0.1:9")
    assert "certwizard.diagnosis.diagnose" in modules
    assert not {name for name in modules if name.split(".")[0] in ("textual", "rich")}


@pytest.mark.parametrize("heavy", ["h11", "publicsuffixlist"])
def test_check_of_a_refused_port_does_not_load(heavy: str) -> None:
    assert heavy not in _modules_after("check", "--offline", "--timeout", "1", "127.0.0.1:9")
