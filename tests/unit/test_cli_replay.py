"""``certwizard replay``: a saved observation says the same again, and a hostile one does no harm."""

import json
from pathlib import Path

import pytest

from tests.unit.cli_bench import NAME, OTHER_KEY, Files, key_pem, make_files, run

Capsys = pytest.CaptureFixture[str]
BAD_CHARACTERS = ("\x1b", "\u202e", "\0", "\r", "\x9b")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.chdir(tmp_path)
    files = make_files(tmp_path)
    (tmp_path / "key.pem").write_bytes(key_pem(OTHER_KEY))
    return files


@pytest.fixture
def saved(files: Files, capsys: Capsys) -> Path:
    """Return an observation of files, saved."""
    run(capsys, "check", "--file", "good.pem", "--name", NAME, "--save", "seen.json", *files.judging)
    return files.folder / "seen.json"


@pytest.mark.parametrize("form", ["json", "jsonl", "text"])
@pytest.mark.parametrize(
    "asked",
    [
        ["--file", "good.pem", "--name", NAME],
        ["--file", "expired.pem", "--key", "key.pem"],
        ["--file", "damaged.pem"],
        ["--file", "good.pem", "--file", "soon.pem", "--name", "other.example.net"],
    ],
)
def test_replay_says_what_check_said(asked: list[str], form: str, files: Files, capsys: Capsys) -> None:
    seen = run(capsys, "check", *asked, "--format", form, "--save", "seen.json", *files.judging)
    again = run(capsys, "replay", "seen.json", "--format", form)
    assert again == seen


def test_a_file_name_that_is_hostile_is_harmless_live_and_saved(files: Files, capsys: Capsys) -> None:
    name = "e\x1b[31mvil\u202e\n$(touch pwned).pem"
    (files.folder / name).write_bytes((files.folder / "expired.pem").read_bytes())
    for form in ("text", "json"):
        ask = ("--file", name, "--format", form, "--save", "seen.json", *files.judging)
        seen = run(capsys, "check", *ask)
        assert seen.code == 2
        assert not any(bad in seen.out for bad in BAD_CHARACTERS)
        assert run(capsys, "replay", "seen.json", "--format", form) == seen


def test_a_file_name_that_is_no_text_can_be_reported_and_saved(files: Files, capsys: Capsys) -> None:
    name = "caf\udce9.pem"
    (files.folder / name).write_bytes((files.folder / "good.pem").read_bytes())
    ran = run(capsys, "check", "--file", name, "--save", "seen.json", "--format", "json", *files.judging)
    assert ran.code == 0
    assert json.loads(ran.out)["target"]["input"] == "caf\\udce9.pem"
    assert run(capsys, "replay", "seen.json").code == 0


NOT_SAVED = [
    pytest.param(b"", "empty", id="empty"),
    pytest.param(b"{", "cut off", id="cut off"),
    pytest.param(b"[]", "no saved observation", id="a list"),
    pytest.param(b"null", "no saved observation", id="null"),
    pytest.param(b'{"schema": 7}', "no saved observation", id="another kind of schema"),
    pytest.param(b'{"schema": "certwizard.diagnosis/1"}', "no saved observation", id="a report"),
    pytest.param(b'{"schema": "certwizard.observation/9"}', "certwizard.observation/1", id="a later version"),
    pytest.param(b"\xff\xfe{\x00}\x00", "no JSON", id="UTF-16"),
    pytest.param(b'{"schema": "\xff"}', "damaged", id="broken UTF-8"),
    pytest.param(b"[" * 100_000, "no saved observation", id="nested without end"),
    pytest.param(b"-----BEGIN CERTIFICATE-----\n", "no JSON", id="a certificate"),
]


@pytest.mark.parametrize(("content", "words"), NOT_SAVED)
def test_what_is_no_saved_observation_is_one_line(
    content: bytes, words: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = tmp_path / "seen.json"
    path.write_bytes(content)
    ran = run(capsys, "replay", str(path))
    assert ran.code == 64
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "seen.json" in ran.err
    assert words in ran.err


def test_every_cut_of_a_saved_file_is_refused(saved: Path, capsys: Capsys) -> None:
    whole = saved.read_bytes().rstrip()
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        saved.write_bytes(whole[:length])
        assert run(capsys, "replay", str(saved)).code == 64


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("target", None),
        ("target", []),
        ("judge_at", "yesterday"),
        ("judge_at", "2026-11-23T12:00:00"),
        ("judge_at", "0001-01-01T00:00:00+14:00"),
        ("files", {"path": "x"}),
        ("handshakes", [{"address": "127.0.0.1"}]),
        ("total_ms", "long"),
        ("anchors", [{"der": "not base64!", "stores": []}]),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(key: str, value: object, saved: Path, capsys: Capsys) -> None:
    observation = json.loads(saved.read_text())
    observation[key] = value
    saved.write_text(json.dumps(observation))
    ran = run(capsys, "replay", str(saved))
    assert ran.code == 64
    assert "damaged" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z"]
)
def test_any_time_of_the_calendar_can_be_judged(moment: str, saved: Path, capsys: Capsys) -> None:
    observation = json.loads(saved.read_text())
    observation["judge_at"] = observation["observed_at"] = moment
    saved.write_text(json.dumps(observation))
    ran = run(capsys, "replay", str(saved), "--format", "json")
    assert ran.code == 2
    assert json.loads(ran.out)["root_cause"] in ("expired", "not-yet-valid")


def test_texts_written_into_a_saved_file_by_hand_are_cleaned(saved: Path, capsys: Capsys) -> None:
    evil = "\x1b]0;owned\x07\u202e\r\n\x9b31m[bold]x[/bold]$(touch pwned)"

    def spoil(value: object) -> object:
        if isinstance(value, dict):
            return {key: spoil(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner) for inner in value]
        return evil if value in ("good.pem", NAME, "the roots given with --ca-file") else value

    observation = spoil(json.loads(saved.read_text()))
    saved.write_text(json.dumps(observation))
    for form in ("text", "json"):
        ran = run(capsys, "replay", str(saved), "--format", form, "--explain")
        assert ran.code in (0, 1, 2)
        assert not any(bad in ran.out for bad in BAD_CHARACTERS)
        assert "owned" in ran.out


def test_a_pipe_is_refused_at_once(capsys: Capsys) -> None:
    assert run(capsys, "replay", "/dev/zero").code == 64
