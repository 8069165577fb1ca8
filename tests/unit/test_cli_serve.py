"""``certwizard serve``: loopback alone, this site alone, and clear words where something is missing."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping

import pytest

from certwizard.cli import main
from certwizard.cli import serve as serving
from certwizard.cli.serve import loopback, wizard_arguments, wizard_command
from certwizard.domain.errors import CertwizardError, OptionError


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "localhost", "::1", "[::1]"])
def test_loopback_addresses_are_taken(host: str) -> None:
    assert loopback(host) in ("127.0.0.1", "127.0.0.9", "::1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", "", "\x1b[31m"])
def test_every_other_address_is_refused(host: str) -> None:
    with pytest.raises(OptionError, match="this machine alone"):
        loopback(host)


def test_the_wizards_own_arguments_are_handed_on() -> None:
    assert wizard_arguments(["--port", "0", "example.com:8443", "--sni", "a.example"]) == [
        "example.com:8443", "--sni", "a.example",
    ]  # fmt: skip
    assert wizard_arguments(["--demo", "expired", "--host", "::1"]) == ["demo", "expired"]


@pytest.mark.parametrize(
    "given", [["http://[bad"], ["--demo", "no-such"], ["--ca-file", "/nowhere", "example.com"]]
)
def test_what_the_wizard_would_refuse_is_refused_before_serving(given: list[str]) -> None:
    with pytest.raises(CertwizardError):
        wizard_arguments(given)


def test_hostile_words_stay_one_argument_of_the_command() -> None:
    if sys.platform != "win32":
        assert shlex.split(wizard_command(["a; reboot $(id)"]))[-1] == "a; reboot $(id)"


def test_a_missing_part_is_named_with_its_install_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None)
    assert main(["serve"]) == 64
    assert capsys.readouterr().err == (
        "certwizard: serve needs a part that is not installed; expected: pip install 'certwizard[web]'\n"
    )


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 64
    assert f"127.0.0.1 port {port} cannot be listened on" in capsys.readouterr().err
    assert main(["serve", "--port", "70000"]) == 64


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """A server of the wizard; gives its address."""
    pytest.importorskip("textual_serve")
    process = subprocess.Popen(
        [sys.executable, "-m", "certwizard", "serve", "--port", "0", "--demo"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    url = process.stdout.readline().split()[-1]
    yield url
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()


def _status(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, str, Mapping[str, str]]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers or {}))) as answer:  # noqa: S310 - our own loopback address
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", {}


def test_the_page_names_nothing_elsewhere_and_forbids_it(served: str) -> None:
    status, page, headers = _status(served)
    assert status == 200
    assert "https://" not in page
    assert {part.partition("/")[0] for part in page.split("http://")[1:]} <= {served.removeprefix("http://")}
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "evil.example"}),
        ("/", {"Origin": "https://evil.example"}),
        ("/ws", {"Origin": "http://evil.example", "Connection": "Upgrade", "Upgrade": "websocket"}),
        ("/ws", {"Connection": "Upgrade", "Upgrade": "websocket"}),
    ],
)
def test_other_sites_are_refused(served: str, path: str, headers: dict[str, str]) -> None:
    assert _status(served + path, headers)[0] == 403
