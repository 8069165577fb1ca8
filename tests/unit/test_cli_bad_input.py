"""Whatever is given by mistake ends in one clear line and the right exit code."""

from pathlib import Path

import pytest

from certwizard.cli import main

USAGE = 64
UNDETERMINED = 3

USAGE_ERRORS = [
    pytest.param(["check"], "no target", id="no target"),
    pytest.param(["check", ""], "expected", id="empty target"),
    pytest.param(["check", "   "], "expected", id="blank target"),
    pytest.param(["check", "exa mple.com"], "expected", id="space in the name"),
    pytest.param(["check", "example.com:99999"], "99999", id="port too high"),
    pytest.param(["check", "example.com:abc"], "abc", id="port in letters"),
    pytest.param(["check", "gopher://example.com"], "gopher", id="unknown scheme"),
    pytest.param(["check", "[::1:443"], "expected", id="open bracket"),
    pytest.param(["check", "./no-such-file.pem"], "no-such-file.pem", id="missing file as target"),
    pytest.param(["check", "a" * 64 + ".example"], "expected", id="label too long"),
    pytest.param(["check", "localhost", "--at", "yesterday"], "--at", id="no time"),
    pytest.param(["check", "localhost", "--timeout", "0"], "--timeout", id="no time to wait"),
    pytest.param(["check", "localhost", "--timeout", "nan"], "--timeout", id="not a number of seconds"),
    pytest.param(["check", "localhost", "--format", "yaml"], "yaml", id="unknown format"),
    pytest.param(["check", "localhost", "--starttls", "gopher"], "gopher", id="unknown starttls"),
    pytest.param(["check", "localhost", "--only-ca-file"], "--ca-file", id="only-ca-file alone"),
    pytest.param(["check", "localhost", "--warning", "soon"], "soon", id="no threshold"),
    pytest.param(["check", "localhost", "--critical", "150%"], "150%", id="more than all of the lifetime"),
    pytest.param(["check", "localhost", "--jobs", "0"], "--jobs", id="no jobs"),
    pytest.param(["check", "localhost", "--proxy", "ftp://proxy"], "ftp", id="unknown kind of proxy"),
    pytest.param(
        ["check", "localhost", "--file", "x.pem", "--name", "a"], "--name", id="a name for a server"
    ),
    pytest.param(["check", "localhost", "--key", "x.pem"], "--key", id="key without a certificate"),
    pytest.param(["check", "a.example", "b.example", "--save", "x"], "--save", id="save of two targets"),
    pytest.param(["check", "--from", "/no/such/list"], "/no/such/list", id="missing list"),
    pytest.param(["check", "localhost", "-4", "-6"], "-6", id="both families"),
    pytest.param(["check", "localhost", "--frobnicate"], "--frobnicate", id="unknown option"),
    pytest.param(["replay", "/no/such/file"], "/no/such/file", id="missing observation"),
    pytest.param(["learn", "nothing-of-that-name-zzz"], "nothing-of-that-name-zzz", id="unknown lesson"),
    pytest.param(["lab", "exspired"], "expired", id="misspelt scenario"),
    pytest.param(["demo", "exspired"], "expired", id="misspelt scenario of the demo"),
    pytest.param(["localhost"], "terminal", id="wizard without a terminal"),
]


@pytest.mark.parametrize(("arguments", "words"), USAGE_ERRORS)
def test_a_usage_error_is_one_line_that_names_what_was_given(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(arguments)
    captured = capsys.readouterr()
    assert code == USAGE
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_words_with_escape_sequences_are_shown_harmlessly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "ev\x1b[31mil\u202e .com"]) == USAGE
    error = capsys.readouterr().err
    assert "\x1b" not in error
    assert "\u202e" not in error


FILES = [
    pytest.param(b"", "empty", id="empty file"),
    pytest.param(b"-----BEGIN CERTIFICATE-----\nMIIB", "certificate", id="truncated certificate"),
    pytest.param(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "key", id="private key"),
    pytest.param(
        b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "request", id="CSR"
    ),
    pytest.param(b"<html><body>404</body></html>", "", id="web page"),
    pytest.param(bytes(range(256)) * 64, "", id="binary noise"),
    pytest.param(
        b"-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n", "", id="broken base64"
    ),
]


@pytest.mark.parametrize(("content", "words"), FILES)
def test_a_file_that_is_no_certificate_is_named_and_undetermined(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "given.pem"
    file.write_bytes(content)
    code = main(["check", "--file", str(file), "--offline"])
    captured = capsys.readouterr()
    assert code == UNDETERMINED
    assert words in captured.out.lower()
    assert "given.pem" in captured.out
    assert "Traceback" not in captured.out + captured.err


def test_output_never_replaces_a_private_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "server.key"
    key.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    code = main(["check", "127.0.0.1:9", "--offline", "--timeout", "1", "--output", str(key)])
    assert code == USAGE
    assert "BEGIN PRIVATE KEY" in key.read_text()
    assert "left alone" in capsys.readouterr().err
