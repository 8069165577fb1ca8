"""The rows on clients are true: real clients meet the practice lab and say what the rows say."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import ClientProfile, find_profile
from certwizard.lab.catalogue import find_scenario
from certwizard.lab.lab import Lab
from tests.real.real_servers import program

REFUSED = (
    *(
        "expired",
        "expired-intermediate",
        "not-yet-valid",
        "hostname-mismatch",
        "wildcard-depth",
        "ip-address",
    ),
    *("self-signed", "untrusted-root", "missing-intermediate", "bad-signature", "not-a-ca", "path-length"),
    *("name-constraints", "weak-key", "weak-signature", "wrong-usage", "unknown-critical-extension"),
    *(
        "profile-violation",
        "malformed",
        "not-tls",
        "no-san",
        "self-signed-expired",
        "missing-intermediate-and-expired",
    ),
)
ACCEPTED = (
    *("healthy", "healthy-short-lived", "expiring-soon", "validity-too-long", "wrong-order", "revoked"),
    *("extra-certificates", "duplicate-certificates", "revocation-unknown"),
)
OTHER_WORDS = {
    ("curl", "bad-signature"): "OpenSSL's words vary with the kind of key",
}
PYTHON = """
import socket, ssl, sys
name, port, roots = sys.argv[1:]
context = ssl.create_default_context(cafile=roots)
context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN  # what Python 3.13 sets itself
try:
    with socket.create_connection(("127.0.0.1", int(port)), 10) as raw:
        context.wrap_socket(raw, server_hostname=name).close()
except OSError as error:
    sys.exit(str(error))
"""
NODE = """
const [name, port, roots] = process.argv.slice(1);
const ca = require('fs').readFileSync(roots);
const lookup = (host, options, done) =>
  options.all ? done(null, [{address: '127.0.0.1', family: 4}]) : done(null, '127.0.0.1', 4);
require('https').get({host: name, port, ca, lookup}, answer => answer.destroy())
  .on('error', error => { console.error(error.code, error.message); process.exitCode = 1; });
"""


@pytest.fixture(scope="module")
def git_speaks_gnutls() -> bool:
    """Whether git's libcurl is the one the row is about."""
    helpers = subprocess.run([program("git"), "--exec-path"], capture_output=True, text=True, check=True)
    linked = subprocess.run(
        [program("ldd"), f"{helpers.stdout.strip()}/git-remote-https"],
        capture_output=True,
        text=True,
        check=False,
    )
    return "libcurl-gnutls" in linked.stdout


@pytest.fixture(scope="module")
def curl_speaks_openssl() -> bool:
    """Whether curl is built with the TLS library the row is about."""
    version = subprocess.run([program("curl"), "--version"], capture_output=True, text=True, check=True)
    return " OpenSSL/" in version.stdout


@pytest.fixture(params=["curl", "openssl", "python", "nodejs", "git"])
def client(request: pytest.FixtureRequest) -> str:
    """Each client that is here, in the build its row is about."""
    name: str = request.param
    built = {"git": "git_speaks_gnutls", "curl": "curl_speaks_openssl"}
    if name in built and not request.getfixturevalue(built[name]):
        pytest.skip(f"this {name} is built with another TLS library")
    return name


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as opened:
        yield opened


def command(client: str, name: str, port: int, roots: str) -> list[str]:
    url = f"https://{name}:{port}/"
    match client:
        case "curl":
            return [
                program("curl"),
                "-sS",
                "-m",
                "20",
                "--cacert",
                roots,
                "--connect-to",
                "::127.0.0.1:",
                url,
            ]
        case "openssl":
            check = (
                ["-verify_ip", name] if _is_address(name) else ["-verify_hostname", name, "-servername", name]
            )
            whom = ["-connect", f"127.0.0.1:{port}", "-CAfile", roots, "-verify_return_error"]
            return [program("openssl"), "s_client", *whom, *check]
        case "python":
            return [sys.executable, "-c", PYTHON, name, str(port), roots]
        case "nodejs":
            return [program("node"), "-e", NODE, name, str(port), roots]
    return [program("git"), "ls-remote", url]


def run(client: str, scenario: str, lab: Lab) -> tuple[bool, str]:
    """Return whether the client accepted, and everything it printed."""
    target = lab.open(scenario).target
    assert target.port is not None
    name = target.server_name or target.host or ""
    done = subprocess.run(
        command(client, name, target.port, lab.ca_file),
        env={**os.environ, "GIT_SSL_CAINFO": lab.ca_file, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        input="Q\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    words = done.stdout + done.stderr
    return done.returncode == 0 or "is this a git repository" in words or "not found" in words, words


def reported(profile: ClientProfile, scenario: str) -> CauseId | None:
    """Return the cause of a scenario that the client's row says it reports."""
    found = find_scenario(scenario)
    assert found is not None
    return profile.first(found.causes)


def texts(profile: ClientProfile, cause: CauseId) -> list[str]:
    """Return the row's words for a cause, special cases included, as patterns."""
    rows = [profile.messages[cause], *(row for (of, _), row in profile.variants.items() if of is cause)]
    return [re.sub(r"<[a-z ]+>", ".*", re.escape(row.text).replace(r"\ ", " ")) for row in rows]


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


@pytest.mark.parametrize("scenario", REFUSED)
def test_a_client_refuses_what_its_row_refuses_and_in_those_words(
    client: str, scenario: str, lab: Lab
) -> None:
    profile = find_profile(client)
    assert profile is not None
    cause = reported(profile, scenario)
    accepted, words = run(client, scenario, lab)
    if accepted and cause is CauseId.WEAK_KEY:
        pytest.skip(
            "this release accepts RSA 1024; OpenSSL does so below security level 2, Node.js before 24"
        )
    assert accepted is (cause is None), words
    if cause is not None and (client, scenario) not in OTHER_WORDS:
        assert [text for text in texts(profile, cause) if re.search(text, words)], words


@pytest.mark.parametrize("scenario", ACCEPTED)
def test_a_client_accepts_what_its_row_accepts(client: str, scenario: str, lab: Lab) -> None:
    profile = find_profile(client)
    assert profile is not None
    assert reported(profile, scenario) is None
    accepted, words = run(client, scenario, lab)
    assert accepted, words
