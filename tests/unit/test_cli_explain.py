"""``certwizard explain``: an argument, a pipe, text and JSON, and what is said where nothing is known."""

import io
import json
import sys
from pathlib import Path

import pytest

from certwizard.domain.vocabulary import CauseId
from tests.unit.cli_bench import run

Capsys = pytest.CaptureFixture[str]
MESSAGE = "curl: (60) SSL certificate problem: unable to get local issuer certificate"


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let standard input be a pipe that holds these bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_message_is_explained_with_its_client_causes_and_the_next_commands(capsys: Capsys) -> None:
    ran = run(capsys, "explain", f"{MESSAGE} https://mail.example.com:8443/inbox")
    assert ran.code == 0
    assert ran.out.startswith("curl\n")
    for words in ("missing-intermediate", "untrusted-root", "What it does not say", "step Trust"):
        assert words in ran.out
    assert "$ certwizard https://mail.example.com:8443\n" in ran.out
    assert "$ certwizard learn missing-intermediate\n" in ran.out


def test_the_words_need_no_quotes(capsys: Capsys) -> None:
    assert run(capsys, "explain", *MESSAGE.split()).out == run(capsys, "explain", MESSAGE).out


@pytest.mark.parametrize("arguments", [["-"], []], ids=["dash", "pipe"])
def test_standard_input_is_read(
    arguments: list[str], capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, MESSAGE.encode())
    assert run(capsys, "explain", *arguments).out.startswith("curl\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1"])
def test_standard_input_is_understood_in_the_encodings_that_shells_write(
    encoding: str, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, MESSAGE.encode(encoding))
    assert run(capsys, "explain").out.startswith("curl\n")


def test_where_a_browser_warned_it_is_said_whether_it_is_safe_to_go_on(capsys: Capsys) -> None:
    browser = run(capsys, "explain", "Firefox: SEC_ERROR_REVOKED_CERTIFICATE").out
    assert "Is it safe to go on?\n  No." in browser
    assert "At risk:" in browser
    assert "Never:" in browser
    assert "Is it safe" not in run(capsys, "explain", MESSAGE).out


def test_json_has_the_keys_of_the_contract(capsys: Capsys) -> None:
    value = json.loads(run(capsys, "explain", "--format", "json", MESSAGE).out)
    assert value["schema"] == "certwizard.explanation/1"
    assert value["client"] == "curl"
    assert {"client": "openssl", "code": "20", "text": "unable to get local issuer certificate"} in value[
        "matches"
    ]
    assert [cause["id"] for cause in value["causes"]][:2] == ["missing-intermediate", "untrusted-root"]
    for cause in value["causes"]:
        assert CauseId(cause["id"])
        assert cause["why"]
        assert cause["ask"]
    assert "hint" not in value


def test_what_is_not_known_has_a_hint_and_exit_code_3(capsys: Capsys) -> None:
    ran = run(capsys, "explain", "--format", "json", "the quick brown fox")
    value = json.loads(ran.out)
    assert ran.code == 3
    assert value["client"] is None
    assert value["causes"] == []
    assert value["matches"] == []
    assert value["hint"].endswith(".")


def test_a_host_in_the_text_is_one_quoted_argument_of_the_command(capsys: Capsys) -> None:
    ran = run(capsys, "explain", "x509: certificate is valid for a.example, not shop.example.com; rm -rf")
    assert "$ certwizard shop.example.com\n" in ran.out


def test_a_negative_number_is_a_text_and_no_option(capsys: Capsys) -> None:
    assert run(capsys, "explain", "-9813").code == 0


def test_nothing_to_explain_is_a_usage_error(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b" \n")
    for arguments in ([""], ["-"], []):
        ran = run(capsys, "explain", *arguments)
        assert ran.code == 64
        assert "there is nothing to explain" in ran.err
        assert ran.err.count("\n") == 1


def test_output_goes_to_a_file(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "explained.json"
    ran = run(capsys, "explain", "--format", "json", "--output", str(path), MESSAGE)
    assert (ran.code, ran.out) == (0, "")
    assert json.loads(path.read_text())["client"] == "curl"


def test_a_text_too_long_is_read_in_part_and_says_so(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, MESSAGE.encode() + b"\n" + b"x " * (3 << 20))
    ran = run(capsys, "explain")
    assert ran.code == 0
    assert "too long" in ran.out
