"""OpenSSL, Go and Java judge the chain of every rule as the clients' rows say, differences listed with the reason.

The chains are those of `tests.rules`, verified at the factory's time, so that none of them ever ends.
"""

from __future__ import annotations

import subprocess
from base64 import encodebytes
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.domain.hostname import is_ip
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import CauseId
from tests.real.clients.visit import PROGRAMS, run
from tests.real.real_servers import program
from tests.real.runtimes.found import which
from tests.real.runtimes.go import build
from tests.real.runtimes.java import java
from tests.unit.test_diagnosis_rules import CASES

_SECOND = "OpenSSL counts the last second of a validity as over (X509_cmp_time), RFC 5280 4.1.2.5 as within"
_TLS = "its verifier takes the key, its TLS does not offer it"
_READING = "it reads past an address that is none"
EXPLAINED = {
    **{
        (client, case): _SECOND
        for client in ("openssl", "python")
        for case in ("dates: the last second", "dates: the last second, and a bit")
    },
    ("python", "wildcard: a part of the label"): "openssl verify allows it; Python sets a flag against it",
    ("go", "key: DSA in the leaf"): _TLS,
    ("java", "key: DSA in the leaf"): _TLS,
    ("java", "key: P-224 in the leaf"): _TLS,
    ("openssl", "key: P-224 in the leaf"): _TLS,
    ("python", "key: P-224 in the leaf"): _TLS,
    ("java", "names: not encoded"): "it reads the names when they are compared, which its TLS does",
    ("go", "root: may not sign certificates"): "a key usage without any bit counts as none at all",
    ("java", "ip: a network in the leaf"): _READING,
    ("java", "form: an address without mask"): _READING,
    ("java", "form: an address of version 6 without mask"): _READING,
}
"""Pairs that may differ, each with the reason."""
LEFT_OUT = ("list", "junk", "key: ML-DSA")
"""Lists are not asked for, junk is made to cost work, and ML-DSA needs OpenSSL 3.5, Go 1.26 or Java 24."""
NAME_CAUSES = frozenset({CauseId.HOSTNAME_MISMATCH, CauseId.NO_SAN})
NEWEST_GO = (1, 25)
"""The first release with today's rules on policies and wildcards under limits."""


@cache
def observations() -> Mapping[str, Observation]:
    """Return every chain by the name of its rule."""
    return {name: case.make() for name, (case, _) in CASES.items() if not name.startswith(LEFT_OUT)}


@cache
def rows(name: str) -> Mapping[str, ClientOutcome]:
    """Return what the clients' rows say of a chain."""
    return {outcome.client: outcome for outcome in diagnose(observations()[name]).clients}


@pytest.fixture(scope="module")
def folders() -> object:
    """Write leaf, further certificates and roots of every chain into a folder of its own."""
    with TemporaryDirectory() as place:
        written = {}
        for number, (name, observation) in enumerate(observations().items()):
            folder = Path(place) / str(number)
            folder.mkdir()
            leaf, *more = observation.files[0].chain
            roots = [anchor.der for anchor in observation.anchors]
            for file, certificates in (("leaf", [leaf]), ("more", more), ("roots", roots)):
                (folder / file).write_text("".join(map(_pem, certificates)), "ascii")
            written[name] = folder
        yield written


def _pem(certificate: bytes) -> str:
    body = encodebytes(certificate).decode("ascii")
    return f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n"


def _moment(observation: Observation) -> str:
    return observation.judge_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def by_openssl(folders: Mapping[str, Path], *options: str) -> dict[str, str]:
    """Return what OpenSSL has against each chain, nothing where it accepts."""
    said = {}
    for name, folder in folders.items():
        observation = observations()[name]
        host = observation.target.server_name or ""
        more = ["-untrusted", "more"] if (folder / "more").stat().st_size else []
        done = subprocess.run(
            [
                program("openssl"), "verify", "-no-CApath", "-no-CAstore", "-CAfile", "roots", *more,
                "-purpose", "sslserver", "-auth_level", "2", "-attime", str(int(observation.judge_at.timestamp())),
                "-verify_ip" if is_ip(host) else "-verify_hostname", host, *options, "leaf",
            ],
            cwd=folder, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        said[name] = "" if done.returncode == 0 else done.stderr or "refused"
    return said


def by_program(folders: Mapping[str, Path], argv: list[str]) -> dict[str, str]:
    """Return what a program that reads all chains has against each."""
    lines = [
        f"{folder} {observations()[name].target.server_name} {_moment(observations()[name])}\n"
        for name, folder in folders.items()
    ]
    done = run(argv, sent="".join(lines), timeout=120)
    answers = {
        line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in done.words.splitlines() if " " in line
    }
    assert set(answers) >= {str(folder) for folder in folders.values()}, done.words[-1000:]
    return {name: answers[str(folder)].removeprefix("ok") for name, folder in folders.items()}


def differing(client: str, said: Mapping[str, str], *, names: bool = True) -> dict[str, str]:
    """Return the chains on which a verifier and a row differ; an open row differs from nothing."""
    found = {}
    for name, words in said.items():
        row = rows(name)[client]
        if row.action is ClientAction.UNKNOWN or (not names and row.cause in NAME_CAUSES):
            continue
        if (row.action is ClientAction.REJECTS) is not bool(words):
            found[name] = f"the row {row.action.value}; it said: {words[:200] or 'ok'}"
    return {name: words for name, words in found.items() if (client, name) not in EXPLAINED}


@pytest.mark.parametrize(
    ("client", "options"),
    [("openssl", ()), ("python", ("-partial_chain", "-x509_strict"))],
    ids=["as it is", "as Python sets it"],
)
def test_openssl_judges_as_the_row_says(
    client: str, options: tuple[str, ...], folders: Mapping[str, Path]
) -> None:
    assert differing(client, by_openssl(folders, *options)) == {}


def test_go_judges_as_the_row_says(folders: Mapping[str, Path], tmp_path: Path) -> None:
    _skip_old_go()
    assert differing("go", by_program(folders, [build(PROGRAMS / "verify.go", tmp_path)])) == {}


def _skip_old_go() -> None:
    if not which("go"):
        pytest.skip("Go is not installed")
    version = run([which("go"), "env", "GOVERSION"], env={"GOTOOLCHAIN": "local"}).words.strip()
    release = tuple(int(part) for part in version.removeprefix("go").split(".")[:2] if part.isdigit())
    if release < NEWEST_GO:
        pytest.skip(f"{version} is older than what the row speaks of")


def test_java_judges_as_the_row_says(folders: Mapping[str, Path], tmp_path: Path) -> None:
    if not which("javac") or not java():
        pytest.skip("no JDK is installed")
    done = run(["javac", "--release", "17", "-d", str(tmp_path), str(PROGRAMS / "Verify.java")], timeout=120)
    assert done.status == 0, done.words
    said = by_program(folders, [java(), "-cp", str(tmp_path), "Verify"])
    assert differing("java", said, names=False) == {}


def test_every_difference_that_is_explained_can_occur() -> None:
    assert {name for _, name in EXPLAINED} <= set(observations())

    assert {client for client, _ in EXPLAINED} <= {"openssl", "python", "go", "java"}
