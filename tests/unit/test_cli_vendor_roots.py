"""CERTWIZARD_VENDOR_ROOTS: a file of roots in place of Mozilla's, for practising the rules for public CAs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.cli import main
from certwizard.cli.lab import _row
from certwizard.lab.lab import Lab
from tests.unit.cli_bench import AT, make_files, run

VARIABLE = "CERTWIZARD_VENDOR_ROOTS"


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """A lab for the rows of the list."""
    with Lab() as opened:
        yield opened


def test_a_chain_to_such_a_root_is_publicly_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_files(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "root.pem"))

    ran = run(
        capsys, "check", "--file", str(tmp_path / "good.pem"), "--offline", "--at", AT, "--format", "json"
    )

    diagnosis = json.loads(ran.out)
    assert len(diagnosis["path"]) == 3
    assert "stand in for Mozilla's" in json.dumps(diagnosis["evidence"])


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_variable_counts_as_none(
    empty: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_files(tmp_path)
    if empty is not None:
        monkeypatch.setenv(VARIABLE, empty)

    ran = run(
        capsys, "check", "--file", str(tmp_path / "good.pem"), "--offline", "--at", AT, "--format", "json"
    )

    assert "untrusted-root" in ran.out


def test_a_file_that_cannot_be_used_is_a_usage_error_that_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "no-such.pem"))

    ran = run(capsys, "check", "localhost:1")

    assert ran.code == 64
    assert ran.err.count("\n") == 1
    assert VARIABLE in ran.err
    assert "no-such.pem" in ran.err


@pytest.mark.parametrize("command", [["--help"], ["check", "--help"]])
def test_the_help_tells_of_the_variable(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 0
    assert VARIABLE in capsys.readouterr().out


def test_the_lab_prints_the_variable_where_a_scenario_needs_it(lab: Lab) -> None:
    assert f"{VARIABLE}={lab.vendor_roots} certwizard check" in _row(lab.open("healthy-public"))
    assert VARIABLE not in _row(lab.open("healthy"))
