"""Starts real server programs on free loopback ports, each from a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.domain.observation import Failure
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.server import ServerSight, observe_server
from tests.factory import HOST, Issued, pki

START_SECONDS = 15.0


@dataclass(frozen=True)
class Material:
    """The files of a server's certificate."""

    chain: Path
    key: Path
    both: Path


def write_material(folder: Path, chain: Sequence[Issued], name: str = "server") -> Material:
    """Write a chain and its leaf's key as PEM files."""
    material = Material(folder / f"{name}.pem", folder / f"{name}.key", folder / f"{name}-both.pem")
    pem = b"".join(issued.certificate.public_bytes(Encoding.PEM) for issued in chain)
    key = chain[0].key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    material.chain.write_bytes(pem)
    material.key.write_bytes(key)
    material.both.write_bytes(pem + key)
    return material


def program(name: str, *places: str) -> str:
    """Return a program's path, or skip the test where it is not installed."""
    known = ["/usr/sbin", "/usr/local/sbin", *(str(folder) for place in places for folder in _folders(place))]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *known]))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _folders(pattern: str) -> list[Path]:
    """Return the folders a pattern from the root leads to, newest version first."""
    return sorted(Path("/").glob(pattern), reverse=True)


def look(
    port: int, starttls: Starttls | None = None, name: str = HOST, proxy: str | None = None
) -> ServerSight:
    """Probe a loopback port as the server of that name."""
    asked = Target(name, TargetKind.SERVER, name, port, name, starttls, "127.0.0.1", port)
    return observe_server(asked, ProbeOptions(timeout=10, proxy=proxy))


def assert_whole(sight: ServerSight) -> None:
    """The chain of the good hierarchy was seen over an unbroken handshake."""
    first = sight.handshakes[0]
    assert first.failure is None
    assert first.chain == tuple(issued.der for issued in pki().chain)


def refusal(sight: ServerSight) -> Failure:
    """Return why the handshake to judge did not come about."""
    failure = sight.handshakes[0].failure
    assert failure is not None
    return failure


def root_only(name: str) -> None:
    """Skip a test of a program that starts for the superuser alone."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip(f"{name} starts for the superuser alone")


def free_port() -> int:
    """Return a loopback port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextlib.contextmanager
def running(
    argv: Sequence[str],
    port: int,
    folder: Path,
    stop: Callable[[], None] | None = None,
    also: Sequence[int] = (),
) -> Iterator[int]:
    """Run a program until the block ends; entered once its ports answer."""
    log = folder / "output.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, cwd=folder
        ) as process,
    ):
        try:
            for each in (port, *also):
                _wait_for(each, process, log)
            yield port
        finally:
            if stop is not None:
                stop()
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() not in (None, 0):
            break
        time.sleep(0.02)
    pytest.fail(f"{process.args!r} did not start: {log.read_text(errors='replace')[-2000:]}")
