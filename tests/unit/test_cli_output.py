"""Where reports go: files that are never clobbered, old encodings, closed and cut-off streams."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from certwizard.cli import main
from tests.unit.cli_bench import OTHER_KEY, Files, key_pem, make_files, run

Capsys = pytest.CaptureFixture[str]
PROGRAM = (sys.executable, "-m", "certwizard")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.chdir(tmp_path)
    return make_files(tmp_path)


def test_output_writes_the_report_to_a_file_and_nothing_else(files: Files, capsys: Capsys) -> None:
    shown = run(capsys, "check", "./expired.pem", *files.judging)
    written = run(capsys, "check", "./expired.pem", "--output", "report.txt", *files.judging)
    assert (written.code, written.out, written.err) == (2, "", "")
    assert "expired" in (files.folder / "report.txt").read_text(encoding="utf-8")
    assert len(shown.out) > 100


def test_output_of_a_minus_sign_is_standard_output(files: Files, capsys: Capsys) -> None:
    ran = run(capsys, "check", "./good.pem", "--output", "-", *files.judging)
    assert "ACCEPTED" in ran.out
    assert not (files.folder / "-").exists()


def test_output_replaces_a_report_of_its_own(files: Files, capsys: Capsys) -> None:
    ask = ("check", "./good.pem", "./expired.pem", "--format", "json", "--output", "out.json", *files.judging)
    assert [run(capsys, *ask).code for _ in range(2)] == [2, 2]
    assert len(json.loads((files.folder / "out.json").read_text())) == 2


@pytest.mark.parametrize("option", ["--output", "--save"])
@pytest.mark.parametrize(
    "content",
    [
        key_pem(OTHER_KEY),
        b'{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nAAAA"}',
        b"\x30\x0a\x02\x01\x00\x30\x00\x04\x03key",
    ],
    ids=["a PEM key", "a key inside JSON", "a DER key"],
)
def test_a_file_that_holds_a_key_is_left_alone(
    content: bytes, option: str, files: Files, capsys: Capsys
) -> None:
    path = files.folder / "precious"
    path.write_bytes(content)
    ran = run(capsys, "check", "./good.pem", option, "precious", *files.judging)
    assert ran.code == 64
    assert "left alone" in ran.err
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", [".", "", "no/such/folder/report", "a\0b"])
@pytest.mark.parametrize("option", ["--output", "--save"])
def test_a_place_that_cannot_be_written_is_named_before_any_work(
    place: str, option: str, files: Files, capsys: Capsys
) -> None:
    ran = run(capsys, "check", "./good.pem", option, place, *files.judging)
    assert ran.code == 64
    assert ran.out == ""
    assert ran.err.startswith(f"certwizard: {option} ")
    assert ran.err.count("\n") == 1


def test_a_link_is_followed_and_stays_a_link(files: Files, capsys: Capsys) -> None:
    (files.folder / "real").write_text("old")
    (files.folder / "link").symlink_to("real")
    run(capsys, "check", "./good.pem", "--output", "link", *files.judging)
    assert (files.folder / "link").is_symlink()
    assert "ACCEPTED" in (files.folder / "real").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_old_encoding_gets_plain_signs(
    encoding: str, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["check", "./expired.pem", "--explain", *files.judging], ["learn", "expired"], ["learn"]):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
        main(words)
        assert raw.getvalue().isascii()
        assert b"\\u" not in raw.getvalue()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_in_an_old_encoding_stays_json(form: str, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    (files.folder / "bücher“.pem").write_bytes((files.folder / "good.pem").read_bytes())
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    main(["check", "--file", "bücher“.pem", "--format", form, *files.judging])
    assert json.loads(raw.getvalue())["target"]["input"] == "bücher“.pem"


def test_there_is_no_colour_where_there_is_no_terminal(files: Files, capsys: Capsys) -> None:
    assert "\x1b" not in run(capsys, "check", "./expired.pem", *files.judging).out


@pytest.mark.parametrize(("no_colour", "coloured"), [(None, True), ("1", False), ("", True)])
def test_no_color_turns_colour_off(
    no_colour: str | None, coloured: bool, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    if no_colour is not None:
        monkeypatch.setenv("NO_COLOR", no_colour)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    main(["check", "./expired.pem", *files.judging])
    assert ("\x1b[" in screen.getvalue()) is coloured


def test_a_reader_that_leaves_early_changes_no_exit_code(files: Files) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PROGRAM, "check", "./expired.pem", *files.judging],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == 2
    assert done.stderr == b""


@pytest.mark.parametrize(("closed", "code"), [(">&-", 2), ("2>&-", 2), ("<&-", 2), (">/dev/full", 64)])
def test_a_stream_that_is_closed_or_full_is_no_traceback(closed: str, code: int, files: Files) -> None:
    words = [*PROGRAM, "check", "./expired.pem", *files.judging]
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *words], capture_output=True, check=False
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize("targets", [1, 40])
def test_ctrl_c_ends_at_once_and_quietly(targets: int) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        silent.settimeout(20)
        words = [f"127.0.0.1:{silent.getsockname()[1]}"] * targets
        process = subprocess.Popen(
            [*PROGRAM, "check", "--offline", "--timeout", "60", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        connection, _ = silent.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            out, error = process.communicate(timeout=15)
    assert process.returncode == 130
    assert (out, error) == (b"", b"")
