"""Every test runs cut off from the machine's settings and from every network but loopback."""

import gc
import ipaddress
import os
import socket
from typing import Any

import pytest

MACHINE_SETTINGS = (
    "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "NO_COLOR", "FORCE_COLOR", "COLORTERM", "CERTWIZARD_PASSWORD",
    "CERTWIZARD_VENDOR_ROOTS", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "PIP_CERT",
    "AWS_CA_BUNDLE", "NIX_SSL_CERT_FILE", "CARGO_HTTP_CAINFO", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS",
)  # fmt: skip

GARBAGE = (10_000, 10, 10)
"""Objects, rounds of the youngest, rounds of the middle; Python's own 700 lets it look through everything too often."""


def pytest_xdist_auto_num_workers() -> int | None:
    """Start more workers than processors: a third of a test of the wizard or of a server is waiting."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported and collected: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Take the machine's settings away, and give the program folders of its own."""
    for name in [*MACHINE_SETTINGS, *(name for name in os.environ if name.startswith("TEXTUAL_"))]:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


class LeftLoopback(AssertionError):
    """A test tried to reach something that is not on this machine."""


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the loopback interface."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(address: Any) -> None:
        if isinstance(address, tuple) and not ipaddress.ip_address(str(address[0]).split("%")[0]).is_loopback:
            raise LeftLoopback(f"a connection to {address} was tried")

    def guarded(self: socket.socket, address: Any) -> None:
        check(_numeric(self, address))
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        check(_numeric(self, address))
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


def _numeric(sock: socket.socket, address: Any) -> Any:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return None
    return ("127.0.0.1", 0) if address[0] == "localhost" else address
