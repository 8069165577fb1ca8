"""``certwizard check TARGET --file``: the file that a server is meant to serve, compared with what it does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.lab.lab import Lab
from certwizard.lab.scenario import OpenScenario
from tests.unit.cli_bench import run

Capsys = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def opened() -> Iterator[OpenScenario]:
    with Lab() as lab:
        yield lab.open("not-reloaded")


def arguments(opened: OpenScenario, file: str) -> list[str]:
    """Return the command line for the practised server and a file."""
    target = opened.target
    connect = f"{target.connect_host}:{target.port}"
    return [
        "check", target.input, "--connect", connect, "--ca-file", opened.options.ca_files[0],
        "--file", file, "--offline", "--format", "json",
    ]  # fmt: skip


def test_the_newer_file_makes_not_reloaded_the_root_cause(opened: OpenScenario, capsys: Capsys) -> None:
    ran = run(capsys, *arguments(opened, opened.target.files[0]))
    diagnosis = json.loads(ran.out)
    assert (ran.code, diagnosis["root_cause"]) == (2, "not-reloaded")
    assert diagnosis["evidence"]["installed"][0]["to_load"] is True


def test_a_file_that_is_not_there_is_said_and_the_server_is_judged(
    opened: OpenScenario, capsys: Capsys
) -> None:
    ran = run(capsys, *arguments(opened, "/no/such/file.pem"))
    diagnosis = json.loads(ran.out)
    assert (ran.code, diagnosis["root_cause"]) == (2, "expired")
    installation = next(check for check in diagnosis["checks"] if check["id"] == "installation")
    assert installation["status"] == "unknown"
    assert "no such file" in installation["headline"]


def test_a_file_that_holds_something_else_is_named_as_what_it_is(
    opened: OpenScenario, capsys: Capsys, tmp_path: Path
) -> None:
    path = tmp_path / "site.csr"
    path.write_text("nothing of the kind")
    ran = run(capsys, *arguments(opened, str(path)))
    installation = next(check for check in json.loads(ran.out)["checks"] if check["id"] == "installation")
    assert installation["status"] == "unknown"
    assert "site.csr could not be compared" in installation["headline"]
