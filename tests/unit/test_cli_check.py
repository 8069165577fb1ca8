"""``certwizard check``: what it prints, writes and returns."""

import io
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.factory import NOW, leaf, root
from tests.unit.cli_bench import NAME, OTHER_KEY, Files, key_pem, make_files, run

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.chdir(tmp_path)
    return make_files(tmp_path)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good"], 0),
        (["soon"], 1),
        (["expired"], 2),
        (["damaged"], 3),
        (["good", "soon"], 1),
        (["soon", "damaged"], 3),
        (["damaged", "expired", "good"], 2),
        (["good", "good"], 0),
    ],
)
def test_the_exit_code_is_that_of_the_worst_target(
    names: list[str], code: int, files: Files, capsys: Capsys
) -> None:
    ran = run(capsys, "check", *(f"./{name}.pem" for name in names), *files.judging)
    assert ran.code == code
    assert ran.err == ""
    assert all(f"{name}.pem" in ran.out for name in names)


def test_quiet_says_nothing_of_what_is_accepted_and_a_line_of_the_rest(files: Files, capsys: Capsys) -> None:
    ran = run(capsys, "check", "./good.pem", "./expired.pem", "./soon.pem", "--quiet", *files.judging)
    assert ran.code == 2
    lines = ran.out.splitlines()
    assert [line.split(":")[0].split()[-1] for line in lines] == ["./expired.pem", "./soon.pem"]
    assert lines[0].endswith("[expired]")
    assert lines[1].endswith("[expiring-soon]")


def test_explain_adds_the_lesson_of_each_cause(files: Files, capsys: Capsys) -> None:
    plain = run(capsys, "check", "./expired.pem", *files.judging).out
    explained = run(capsys, "check", "./expired.pem", "--explain", *files.judging).out
    assert explained.startswith(plain.rstrip("\n"))
    assert len(explained) > len(plain) + 500


def test_targets_come_from_standard_input(
    files: Files, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"\xef\xbb\xbf# mine\n\n./good.pem # fine\r\n  ./expired.pem\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    ran = run(capsys, "check", "--from", "-", "--format", "json", *files.judging)
    assert ran.code == 2
    assert [one["target"]["input"] for one in json.loads(ran.out)] == ["./good.pem", "./expired.pem"]


def test_a_bad_line_of_a_list_is_named_by_its_number(files: Files, capsys: Capsys) -> None:
    (files.folder / "list").write_bytes(b"./good.pem\n\nexa mple.com\n")
    ran = run(capsys, "check", "--from", "list", *files.judging)
    assert ran.code == 64
    assert "line 3" in ran.err
    assert "exa mple.com" in ran.err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_list_written_by_windows_is_read(encoding: str, files: Files, capsys: Capsys) -> None:
    (files.folder / "list").write_bytes("./good.pem\r\n".encode(encoding))
    assert run(capsys, "check", "--from", "list", *files.judging).code == 0


@pytest.mark.parametrize("content", [b"", b"# nothing\n\n"])
def test_a_list_that_names_nothing_is_a_usage_error(content: bytes, files: Files, capsys: Capsys) -> None:
    (files.folder / "list").write_bytes(content)
    ran = run(capsys, "check", "--from", "list")
    assert ran.code == 64
    assert "list names no target" in ran.err


def test_a_list_without_end_is_refused(capsys: Capsys) -> None:
    assert run(capsys, "check", "--from", "/dev/zero").code == 64


@pytest.mark.parametrize("jobs", ["1", "64"])
def test_any_number_of_jobs_keeps_the_order_of_the_targets(jobs: str, files: Files, capsys: Capsys) -> None:
    paths = [f"./{name}.pem" for name in ("good", "expired", "soon", "damaged") * 10]
    (files.folder / "list").write_text("\n".join(paths))
    ran = run(capsys, "check", "--from", "list", "--jobs", jobs, "--format", "jsonl", *files.judging)
    assert [json.loads(line)["target"]["input"] for line in ran.out.splitlines()] == paths


def test_json_is_an_object_for_one_target_and_a_list_for_several(files: Files, capsys: Capsys) -> None:
    one = run(capsys, "check", "./good.pem", "--format", "json", *files.judging)
    two = run(capsys, "check", "./good.pem", "./good.pem", "--format", "json", *files.judging)
    assert isinstance(json.loads(one.out), dict)
    assert [each["schema"] for each in json.loads(two.out)] == ["certwizard.diagnosis/1"] * 2


def test_at_judges_as_of_that_time(files: Files, capsys: Capsys) -> None:
    judging = files.judging
    judging[-1] = (NOW - timedelta(days=60)).isoformat()
    ran = run(capsys, "check", "./good.pem", "--format", "json", *judging)
    assert json.loads(ran.out)["root_cause"] == "not-yet-valid"


def test_name_is_the_name_to_serve(files: Files, capsys: Capsys) -> None:
    good = run(capsys, "check", "--file", "good.pem", "--name", NAME, *files.judging)
    other = run(
        capsys,
        "check",
        "--file",
        "good.pem",
        "--name",
        "other.example.net",
        "--format",
        "json",
        *files.judging,
    )
    assert good.code == 0
    assert json.loads(other.out)["root_cause"] == "hostname-mismatch"


def test_only_the_given_roots_count(files: Files, capsys: Capsys) -> None:
    judging = [word for word in files.judging if word != "--only-ca-file"]
    assert run(capsys, "check", "./good.pem", *judging).code == 0
    files.write("root.pem", root("Another Root", key=OTHER_KEY))
    ran = run(capsys, "check", "./good.pem", "--format", "json", *files.judging)
    assert json.loads(ran.out)["path"] == []
    assert ran.code == 2


def test_a_key_of_another_certificate_is_a_mismatch(files: Files, capsys: Capsys) -> None:
    subject = leaf(files.issuer, key=OTHER_KEY)
    files.write("mine.pem", subject, files.issuer)
    (files.folder / "key.pem").write_bytes(key_pem(OTHER_KEY))
    ask = ("--key", "key.pem", "--format", "json", *files.judging)
    assert run(capsys, "check", "--file", "mine.pem", *ask).code == 0
    ran = run(capsys, "check", "--file", "good.pem", *ask)
    assert json.loads(ran.out)["root_cause"] == "key-mismatch"


@pytest.mark.parametrize("source", ["file", "environment"])
def test_a_password_comes_from_a_file_or_the_environment(
    source: str, files: Files, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write("mine.pem", leaf(files.issuer, key=OTHER_KEY), files.issuer)
    (files.folder / "key.pem").write_bytes(key_pem(OTHER_KEY, "pässword".encode()))
    (files.folder / "secret").write_bytes("pässword\r\n".encode())
    option = ["--password-file", "secret"] if source == "file" else []
    if source == "environment":
        monkeypatch.setenv("CERTWIZARD_PASSWORD", "pässword")
    ran = run(capsys, "check", "--file", "mine.pem", "--key", "key.pem", *option, *files.judging)
    assert ran.code == 0
    assert "? Installation" not in ran.out


def test_a_revocation_list_given_by_file_counts(files: Files, capsys: Capsys) -> None:
    revoked = leaf(files.issuer)
    files.write("revoked.pem", revoked, files.issuer)
    entry = x509.RevokedCertificateBuilder(revoked.certificate.serial_number, NOW - timedelta(days=2)).build()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(files.issuer.certificate.subject)
        .last_update(NOW - timedelta(days=1))
        .next_update(NOW + timedelta(days=6))
        .add_revoked_certificate(entry)
        .add_extension(x509.CRLNumber(7), critical=False)
    )
    assert isinstance(files.issuer.key, ec.EllipticCurvePrivateKey)
    crl = builder.sign(files.issuer.key, hashes.SHA256())
    (files.folder / "list.crl").write_bytes(crl.public_bytes(Encoding.DER))
    ran = run(capsys, "check", "./revoked.pem", "--crl", "list.crl", "--format", "json", *files.judging)
    assert json.loads(ran.out)["root_cause"] == "revoked"


@pytest.mark.parametrize("options", [["--warning", "1d"], ["--warning", "2%"]])
def test_a_lower_threshold_accepts_what_ends_soon(options: list[str], files: Files, capsys: Capsys) -> None:
    assert run(capsys, "check", "./soon.pem", *options, *files.judging).code == 0


def test_the_critical_threshold_rejects(files: Files, capsys: Capsys) -> None:
    assert run(capsys, "check", "./soon.pem", "--critical", "20d", *files.judging).code == 2


@pytest.mark.parametrize("option", ["--ca-file", "--crl", "--key"])
@pytest.mark.parametrize("given", ["missing", ".", "/dev/zero"])
def test_nothing_is_judged_without_a_file_that_was_asked_for(
    option: str, given: str, files: Files, capsys: Capsys
) -> None:
    ran = run(capsys, "check", "--file", "good.pem", option, given, "--offline")
    assert ran.code == 64
    assert ran.err.startswith(f"certwizard: {option} {given} cannot be used: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(("option", "name"), [("--ca-file", "damaged.pem"), ("--crl", "good.pem")])
def test_a_file_of_another_kind_is_no_root_and_no_list(
    option: str, name: str, files: Files, capsys: Capsys
) -> None:
    assert run(capsys, "check", "--file", "good.pem", option, name, "--offline").code == 64


@pytest.mark.parametrize("name", ["good.pem", "empty"])
def test_what_is_no_key_is_refused_as_key(name: str, files: Files, capsys: Capsys) -> None:
    (files.folder / "empty").touch()
    ran = run(capsys, "check", "--file", "good.pem", "--key", name, "--offline")
    assert ran.code == 64
    assert "expected the file of the private key" in ran.err


@pytest.mark.parametrize("target", [".", "./folder.pem", "/dev/null"])
def test_a_folder_or_a_device_is_named_as_what_it_is(target: str, files: Files, capsys: Capsys) -> None:
    (files.folder / "folder.pem").mkdir()
    ran = run(capsys, "check", target)
    assert ran.code == 64
    assert "is a folder" in ran.err or "is a pipe or a device" in ran.err
