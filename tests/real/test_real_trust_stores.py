"""What this machine's programs do where its list of roots is at fault, as the profiles say of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import OpenScenario
from certwizard.probe.run import probe

PATIENCE = 30
SCENARIOS = ("trust-store-missing", "trust-store-replaced", "trust-store-outdated")
_GET = (
    "import ssl, socket, sys\n"
    "ssl.create_default_context().wrap_socket(socket.create_connection(('127.0.0.1', int(sys.argv[1]))),"
    " server_hostname=sys.argv[2])\n"
)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


def environment(opened: OpenScenario, **more: str) -> dict[str, str]:
    return {**os.environ, **dict(opened.options.environment or ()), "LC_ALL": "C.UTF-8", **more}


def run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False, input=""
    )


def visit(client: str, opened: OpenScenario, **more: str) -> subprocess.CompletedProcess[str]:
    """Let a client go to a server of the lab in the scenario's environment."""
    host, port = str(opened.target.server_name), opened.target.port
    commands = {
        "openssl": [
            *("openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", host),
            *("-verify_hostname", host, "-verify_return_error"),
        ],
        "curl": ["curl", "-sS", "--resolve", f"{host}:{port}:127.0.0.1", f"https://{host}:{port}/"],
        "python": [sys.executable, "-c", _GET, str(port), host],
    }
    if shutil.which(commands[client][0]) is None:
        pytest.skip(f"{client} is not here")
    return run(commands[client], environment(opened, **more))


@pytest.mark.parametrize("client", ["openssl", "curl", "python"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_program_that_rests_on_the_machines_roots_refuses_as_said(
    lab: Lab, scenario: str, client: str
) -> None:
    opened = lab.open(scenario)
    said = next(
        each for each in diagnose(probe(opened.target, opened.options)).clients if each.client == client
    )

    did = visit(client, opened)

    assert said.action is ClientAction.REJECTS
    assert did.returncode != 0
    assert "unable to get local issuer certificate" in said.message
    assert "unable to get local issuer certificate" in did.stdout + did.stderr


@pytest.mark.parametrize("client", ["openssl", "curl", "python"])
def test_with_the_right_roots_in_its_place_the_same_program_accepts(lab: Lab, client: str) -> None:
    """So it is the list of roots that was at fault, and nothing else."""
    opened = lab.open("trust-store-outdated")

    # curl looks at no file where a directory is named.
    variable = "CURL_CA_BUNDLE" if client == "curl" else "SSL_CERT_FILE"
    did = visit(client, opened, **{variable: str(opened.options.vendor_roots)})

    assert did.returncode == 0, did.stderr


def test_curl_stops_at_a_variable_that_names_nothing_in_the_words_of_its_row(lab: Lab) -> None:
    opened = lab.open("trust-store-missing")

    did = visit("curl", opened, CURL_CA_BUNDLE="/gone.pem")

    assert did.returncode == 77
    assert "/gone.pem" in did.stderr


def test_the_directory_helps_where_the_file_is_missing(lab: Lab, tmp_path: Path) -> None:
    """So a missing file alone stops curl, and nobody else."""
    opened = lab.open("trust-store-missing")
    roots = Path(str(opened.options.vendor_roots)).read_text("ascii")
    for number, block in enumerate(roots.split("-----END CERTIFICATE-----\n")[:-1]):
        path = tmp_path / f"root-{number}.pem"
        path.write_text(f"{block}-----END CERTIFICATE-----\n", "ascii")
        name = run(["openssl", "x509", "-hash", "-noout", "-in", str(path)], dict(os.environ)).stdout.strip()
        (tmp_path / f"{name}.0").symlink_to(path)

    env = environment(opened, SSL_CERT_DIR=str(tmp_path))
    python = run([sys.executable, "-c", _GET, str(opened.target.port), str(opened.target.server_name)], env)

    assert python.returncode == 0, python.stderr
