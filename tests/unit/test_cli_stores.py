"""``certwizard stores``: the list, its judgement of a target, its forms and its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.cli import main
from certwizard.lab.lab import Lab
from tests.unit.cli_bench import run

Capsys = pytest.CaptureFixture[str]
ESCAPE = re.compile(r"\x1b")


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.fixture
def practised(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a good public server of the practice lab."""
    opened = lab.open("healthy-public")
    monkeypatch.setenv("CERTWIZARD_VENDOR_ROOTS", str(opened.options.vendor_roots))
    return [opened.target.input, "--connect", f"127.0.0.1:{opened.target.port}", "--offline"]


def test_the_stores_are_listed_with_their_roots_and_who_uses_them(capsys: Capsys) -> None:
    out = run(capsys, "stores").out
    assert out.startswith("Trust stores of this machine\n")
    assert re.search(r"Mozilla's roots \(certifi .*\n +\d+ roots, in", out)
    assert "used by curl (OpenSSL), OpenSSL" in out
    assert ESCAPE.search(out) is None


def test_a_target_is_judged_by_each_store(capsys: Capsys, practised: list[str]) -> None:
    ran = run(capsys, "stores", *practised)
    assert "Which trust stores trust healthy-public.lab.localhost" in ran.out
    assert ran.out.count("trusts it, by the root Practice Public Root CA") == 2
    assert ran.code == 0


def test_stores_that_do_not_trust_say_why(
    capsys: Capsys, practised: list[str], monkeypatch: pytest.MonkeyPatch, lab: Lab
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", lab.ca_file)
    monkeypatch.setenv("SSL_CERT_DIR", "/no/such/folder")
    ran = run(capsys, "stores", *practised)
    assert ran.code == 1
    assert "trusts it, by the root Practice Public Root CA" in ran.out
    assert re.search(r"This system's roots, as SSL_CERT_FILE.*\n +The certificate was issued by", ran.out)
    assert "none of them is public" in " ".join(ran.out.split())


def test_a_target_that_no_store_trusts_has_an_exit_code_of_its_own(capsys: Capsys, lab: Lab) -> None:
    opened = lab.open("self-signed")
    target = [opened.target.input, "--connect", f"127.0.0.1:{opened.target.port}", "--offline"]
    ran = run(capsys, "stores", *target)
    assert ran.code == 2
    assert "trusts it" not in ran.out


def test_a_root_that_is_given_is_a_store_beside_the_others(capsys: Capsys, lab: Lab) -> None:
    opened = lab.open("healthy")
    target = [opened.target.input, "--connect", f"127.0.0.1:{opened.target.port}", "--offline"]
    ran = run(capsys, "stores", *target, "--ca-file", lab.ca_file)
    assert ran.code == 1
    assert ran.out.count("trusts it, by the root Practice Root CA") == 1


def test_files_are_judged_as_well(capsys: Capsys, lab: Lab) -> None:
    chain = lab.open("leaf-not-first").target.files[0]
    ran = run(capsys, "stores", "--file", chain, "--only-ca-file", "--ca-file", lab.ca_file)
    assert ran.code in (0, 2)
    assert "Which trust stores trust" in ran.out


def test_a_server_that_cannot_be_reached_leaves_the_question_open(capsys: Capsys, lab: Lab) -> None:
    opened = lab.open("connection-refused")
    ran = run(capsys, "stores", opened.target.input, "--connect", f"127.0.0.1:{opened.target.port}")
    assert ran.code == 3
    assert "No certificate was received" in ran.out


def test_the_json_form_has_its_schema_and_every_row(capsys: Capsys, practised: list[str]) -> None:
    value = json.loads(run(capsys, "stores", "--format", "json", *practised).out)
    assert value["schema"] == "certwizard.stores/1"
    assert value["target"].startswith("healthy-public.lab.localhost")
    assert {row["id"] for row in value["stores"]} >= {"mozilla", "system"}
    assert all(row["verdict"]["status"] == "pass" for row in value["stores"] if row["roots"])
    assert list(value) == ["schema", "target", "stores", "variables", "notices"]


def test_without_a_target_no_row_has_a_verdict(capsys: Capsys) -> None:
    value = json.loads(run(capsys, "stores", "--format", "json").out)
    assert value["target"] is None
    assert all(row["verdict"] is None for row in value["stores"])


def test_variables_that_lead_astray_are_listed_and_make_the_exit_code_1(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "gone.pem"))
    ran = run(capsys, "stores")
    assert ran.code == 1
    assert f"CURL_CA_BUNDLE={tmp_path}/gone.pem" in ran.out
    assert "is not there" in ran.out


def test_a_bundle_that_replaces_the_public_roots_is_told(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, lab: Lab
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", lab.ca_file)
    assert "1 root, 0 of them public: it replaces the public roots" in run(capsys, "stores").out


def test_what_a_java_says_of_itself_reaches_no_terminal_raw(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "lib" / "security").mkdir(parents=True)
    (tmp_path / "lib" / "security" / "cacerts").write_bytes(b"\xfe\xed\xfe\xed")
    (tmp_path / "release").write_text('JAVA_VERSION="21\x1b[2J"\nIMPLEMENTOR="x\x1b]0;y\x07"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    shown = run(capsys, "stores").out
    assert ESCAPE.search(shown) is None
    assert "Java 21\\x1b[2J" in shown


@pytest.mark.parametrize(
    "variable",
    [
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
        *("NODE_EXTRA_CA_CERTS", "JAVA_HOME", "CERTWIZARD_VENDOR_ROOTS"),
    ],
)
def test_hostile_paths_reach_no_terminal(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    place = tmp_path / "a\x1b]0;owned\x07\u202e"
    (place / "lib" / "security").mkdir(parents=True)
    (place / "lib" / "security" / "cacerts").write_bytes(b"\xfe\xed\xfe\xed")
    monkeypatch.setenv(variable, str(place))
    for form in ("text", "json"):
        shown = run(capsys, "stores", "--format", form)
        assert ESCAPE.search(shown.out + shown.err) is None
        assert "\u202e" not in shown.out + shown.err


def test_the_list_can_be_written_to_a_file(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "stores.txt"
    assert run(capsys, "stores", "--output", str(path)).out == ""
    assert path.read_text("utf-8").startswith("Trust stores of this machine")


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.example", "b.example"],
        ["--format", "xml"],
        ["--name", "a.example"],
        ["https://"],
        ["--only-ca-file"],
    ],
)
def test_what_cannot_be_understood_is_one_line_and_exit_code_64(capsys: Capsys, arguments: list[str]) -> None:
    ran = run(capsys, "stores", *arguments)
    assert ran.code == 64
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1


def test_help_tells_the_exit_codes(capsys: Capsys) -> None:
    assert main(["stores", "--help"]) == 0
    assert "2 no store trusts the target" in " ".join(capsys.readouterr().out.split())
