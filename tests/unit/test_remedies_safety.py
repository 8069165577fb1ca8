"""No remedy weakens anything, and nothing hostile gets further than one quoted argument."""

import re
import shlex
import subprocess
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.catalogue import remedies_for
from certwizard.remedies.model import Command, Shell, Step
from certwizard.remedies.prevention import prevention_for
from certwizard.remedies.quoting import render
from certwizard.remedies.validation import valid_url
from tests.factory import leaf, pki
from tests.unit.remedies_cases import cause, commands_of, diagnosis, every_step, programs, sent

FORBIDDEN = re.compile(
    r"--insecure|verify\s*=\s*False|SECLEVEL|chmod\s+(-R\s+)?777|thisisunsafe|CERT_NONE|no-check-certificate"
    r"|TLS_REJECT_UNAUTHORIZED|sslVerify\s*[=f]|check_hostname\s*=|InsecureSkipVerify|GODEBUG|trusted-host"
    r"|TrustServerCertificate|ignore-certificate-errors|_create_unverified_context|-trustall|disable_warnings",
    re.IGNORECASE,
)
PROSE = {"text", "sh", "calendar", "csv", "markdown"}
SHELL_TEXT = [
    "x; rm -rf ~",
    "$(PWNED)",
    "`PWNED`",
    "a'PWNED'b",
    'a"PWNED"b',
    "a\nPWNED",
    "a | PWNED",
    "-PWNED",
    "--config=PWNED",
    "a}PWNED{",
    "a\u202ePWNED",
    "a\x1b[31mPWNED",
    "%PWNED%",
    "{host}PWNED",
]


def everything_written(step: Step) -> str:
    commands = [render(command, shell) for command, shell in commands_of(step)]
    return "\n".join([step.text, step.undo, *commands, step.snippet.text if step.snippet else ""])


def test_no_step_advises_to_switch_a_check_off() -> None:
    for where, step in every_step():
        found = FORBIDDEN.search(everything_written(step))
        assert found is None, f"{where}: {found}"
        for program in programs(step.command):
            if "curl" in program[:2]:
                assert not {"-k", "-kv", "-kI"} & set(program), where


def test_the_data_files_hold_no_such_advice_in_any_variant() -> None:
    folder = files("certwizard.remedies").joinpath("data")
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            text = entry.read_text(encoding="utf-8")
            tomllib.loads(text)
            assert FORBIDDEN.search(text) is None, entry.name


def test_firewalls_are_only_looked_at() -> None:
    looking = {("ufw", "status"), ("nft", "list"), ("firewall-cmd", "--list-all")}
    for where, step in every_step():
        for program in programs(step.command):
            words = program[1:] if program[0] == "sudo" else program
            if words[0] in {"ufw", "nft", "firewall-cmd", "iptables"}:
                assert words[:2] in looking, where


def test_bash_accepts_every_command(tmp_path: Path) -> None:
    lines = {
        render(command, shell)
        for _, step in every_step()
        for command, shell in commands_of(step)
        if shell is Shell.POSIX
    }
    script = tmp_path / "all.sh"
    script.write_text("\n".join(sorted(lines)) + "\n")
    answer = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    assert answer.returncode == 0


def test_every_command_reads_back_as_the_arguments_it_was_made_of() -> None:
    for where, step in every_step():
        for command, shell in commands_of(step):
            if shell is Shell.POSIX:
                assert read_back(render(command)) == written(command), where


OPERATORS = {"|", "<", ">", ">>", "&&"}


def read_back(line: str) -> list[str]:
    """Split a line as a shell does: what stands between the operators, and the operators."""
    reader = shlex.shlex(line, posix=True, punctuation_chars=True)
    reader.whitespace_split = True
    reader.commenters = ""
    return list(reader)


def written(command: Command | None) -> list[str]:
    if command is None:
        return []
    words: list[str] = []
    for place, program in enumerate(command.pipeline):
        words += ["|", *program] if place else program
        if not place and command.stdin is not None:
            words += ["<", command.stdin]
    if command.stdout is not None:
        words += [">>" if command.append else ">", command.stdout]
    return words if command.then is None else [*words, "&&", *written(command.then)]


def hostile(text: str) -> Diagnosis:
    """Return a diagnosis in which everything that comes from outside holds this text."""
    target = Target(text, TargetKind.SERVER, text, 443, text, connect_host=text)
    return hostile_diagnosis(target, text)


def hostile_diagnosis(target: Target, text: str) -> Diagnosis:
    from dataclasses import replace

    from certwizard.domain.certificate import DistinguishedName, NameAttribute, SubjectAltNames

    name = DistinguishedName(b"x", (NameAttribute("2.5.4.3", "CN", text),))
    url = f"http://pki.example/{text}"
    certificate = replace(
        parse_certificate(leaf(pki().intermediate).der),
        subject=name,
        issuer=replace(name, der=b"y"),
        san=SubjectAltNames(dns=(text, f"{text}.example.com"), ips=(text,)),
        ca_issuer_urls=(url,),
        ocsp_urls=(url,),
        crl_urls=(url,),
    )
    chain = tuple(replace(each, certificate=certificate) for each in sent(pki().leaf))
    causes = tuple(cause(c, seen=text, expected=text, headline=text, detail=text) for c in CauseId)
    return diagnosis(target, *causes, sent=chain)


@pytest.mark.parametrize("text", SHELL_TEXT)
def test_hostile_names_and_addresses_reach_no_command_and_no_configuration(text: str) -> None:
    case = hostile(text)
    for remedy in remedies_for(case) + prevention_for(case):
        for step in remedy.steps:
            for command, _ in commands_of(step):
                for word in (word for program in programs(command) for word in program):
                    plain_address = word.startswith("http://pki.example/") and valid_url(word)
                    assert plain_address or ("PWNED" not in word and "rm -rf" not in word), remedy.id
            if step.snippet is not None and step.snippet.language not in PROSE:
                assert "PWNED" not in step.snippet.text, remedy.id
            assert "PWNED" not in step.undo


@pytest.mark.parametrize("text", SHELL_TEXT)
def test_hostile_text_shows_no_control_characters_to_people(text: str) -> None:
    case = hostile(text)
    for remedy in remedies_for(case):
        for step in remedy.steps:
            assert step.text.isprintable()
            for line in (step.snippet.text if step.snippet else "").split("\n"):
                assert line.isprintable()


@pytest.mark.parametrize("text", SHELL_TEXT)
def test_paths_stand_in_commands_as_one_argument_that_is_no_option(text: str) -> None:
    target = Target(text, TargetKind.FILES, server_name="www.example.com", files=(text,), key_file=text)
    case = diagnosis(target, *(cause(c) for c in CauseId))
    for remedy in remedies_for(case, ca_files=(text,)) + prevention_for(case, (text,)):
        for step in remedy.steps:
            for command, shell in commands_of(step):
                for program in programs(command):
                    assert not any(word.startswith(("-PWNED", "--config=PWNED")) for word in program), (
                        remedy.id
                    )
                if shell is Shell.POSIX:
                    assert read_back(render(command)) == written(command), remedy.id


def test_a_path_cannot_add_a_line_to_a_crontab_or_a_unit() -> None:
    target = Target("x", TargetKind.FILES, files=("a\n* * * * * PWNED", "50%off $(PWNED)'.pem"))
    for remedy in prevention_for(diagnosis(target)):
        for step in remedy.steps:
            told = step.snippet is not None and step.snippet.language in {"calendar", "csv", "markdown"}
            if step.snippet is not None and not told and "certwizard check" in step.snippet.text:
                assert "\n* *" not in step.snippet.text
                assert "50\\%off" in step.snippet.text or "50%%off $$(" in step.snippet.text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_any_text_at_all_keeps_every_command_whole(text: str) -> None:
    case = hostile(text)
    for remedy in remedies_for(case):
        for step in remedy.steps:
            for command, shell in commands_of(step):
                if shell is Shell.POSIX:
                    assert read_back(render(command)) == written(command)
