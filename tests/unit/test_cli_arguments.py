"""The commands and their options: help that can be read, and words that mean nothing are said to."""

import re

import pytest

from certwizard import __version__
from certwizard.cli.arguments import COMMANDS
from tests.unit.cli_bench import run

Capsys = pytest.CaptureFixture[str]
CHECK_OPTIONS = [
    "--sni", "--servername", "--connect", "--starttls", "-4", "-6", "--proxy", "--ca-file",
    "--only-ca-file", "--at", "--offline", "--timeout", "--file", "--key", "--name", "--crl",
    "--save", "--format", "--output", "--from", "--jobs", "--warning", "--critical", "--quiet",
    "--explain",
]  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal_of_80_columns(
    command: str, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for option in ("-h", "--help"):
        ran = run(capsys, *command.split(), option)
        assert ran.code == 0
        assert ran.err == ""
        assert max(map(len, ran.out.splitlines())) <= 80


def test_help_of_check_names_every_option_and_exit_code(capsys: Capsys) -> None:
    shown = run(capsys, "check", "--help").out
    assert [option for option in CHECK_OPTIONS if not re.search(rf"(?m)^  .*{option}\b", shown)] == []
    assert all(f"{code} " in shown.partition("exit codes:")[2] for code in (0, 1, 2, 3, 64))


def test_help_of_the_program_names_every_command(capsys: Capsys) -> None:
    shown = run(capsys, "--help").out
    assert all(f"certwizard {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_tells_its_version(command: str, capsys: Capsys) -> None:
    assert run(capsys, *command.split(), "--version").out == f"certwizard {__version__}\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["chekc", "example.com"], "expected check"),
        (["chekc"], "expected check"),
        (["Replay", "file"], "expected replay"),
        (["--offline", "check", "example.com"], "command check"),
        (["example.com", "example.net"], "2 words"),
        (["check", "localhost", "--jobs", "many"], "many"),
        (["check", "localhost", "--jobs", "-1"], "--jobs"),
        (["check", "localhost", "--jobs", "65"], "1 to 64"),
        (["check", "localhost", "--jobs", "9" * 5000], "no whole number"),
        (["check", "localhost", "--timeout", "soon"], "soon"),
        (["check", "localhost", "--timeout", "inf"], "inf"),
        (["check", "localhost", "--timeout", "-3"], "--timeout"),
        (["check", "--file", ""], "--file"),
        (["check", "localhost", "--at", ""], "--at"),
        (["check", "localhost", "--at", "2026-02-30T00:00:00Z"], "2026-02-30"),
        (["check", "--file", "a.pem", "--starttls", "smtp"], "--starttls"),
        (["check", "--file", "a.pem", "--connect", "127.0.0.1"], "--connect"),
        (["check", "localhost", "--name", ""], "--name"),
        (["check", __file__, "--file", "b.pem"], "two files"),
        (["check", "a.example", "--file", "a.pem", "--name", "b.example"], "--name"),
        (["learn", "x" * 100_000], "no lesson"),
        (["learn", "../../README"], "no lesson"),
        (["learn", "a\0b"], "no lesson"),
        (["lab", ""], "no scenario"),
        (["replay"], "FILE"),
        ([], "terminal"),
    ],
)
def test_words_that_mean_nothing_are_said_to_in_one_line(
    words: list[str], expected: str, capsys: Capsys
) -> None:
    ran = run(capsys, *words)
    assert ran.code == 64
    assert ran.out == ""
    assert ran.err.startswith("certwizard: ")
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 700
    assert expected in ran.err


def test_a_host_named_like_a_command_can_be_asked_about_with_its_port(capsys: Capsys) -> None:
    assert "terminal" in run(capsys, "chekc:443").err


def test_the_lessons_are_listed_and_shown(capsys: Capsys) -> None:
    listed = run(capsys, "learn").out
    assert "Causes" in listed
    assert "\nSources\n" in run(capsys, "learn", "hostname-mismatch").out
    assert run(capsys, "learn", "cause/expired").code == 0


def test_the_scenarios_of_the_lab_are_listed(capsys: Capsys) -> None:
    ran = run(capsys, "lab", "--list")
    assert {"healthy", "expired", "revoked"} <= {line.split()[0] for line in ran.out.splitlines()}
