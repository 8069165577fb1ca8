"""The lab as a whole: it opens what is asked for, once, and leaves nothing behind."""

import socket
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.lab import Lab
from tests.unit.lab_client import connect, see


def _threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("lab-")}


def _has_ended(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:  # what was sent had not been read
        return True


def test_a_scenario_opened_twice_is_the_same() -> None:
    with Lab() as lab:
        assert lab.open("healthy") is lab.open("healthy")


def test_an_unknown_scenario_is_a_key_error() -> None:
    with Lab() as lab, pytest.raises(KeyError, match="no-such-scenario"):
        lab.open("no-such-scenario")


def test_a_server_is_asked_for_by_its_own_name_below_localhost() -> None:
    with Lab() as lab:
        opened = lab.open("expired")

    target = opened.target
    assert target.host == target.server_name == "expired.lab.localhost"
    assert target.input == f"expired.lab.localhost:{target.port}"
    assert target.connect_host == "127.0.0.1"
    assert opened.address == f"127.0.0.1:{target.port}"
    assert opened.options.ca_files == (lab.ca_file,)


def test_the_ca_file_holds_the_root_alone_in_a_folder_of_the_user_alone() -> None:
    with Lab() as lab:
        lab.open("healthy")
        path = Path(lab.ca_file)
        roots = x509.load_pem_x509_certificates(path.read_bytes())

        assert [root.subject == root.issuer for root in roots] == [True]
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    assert not path.parent.exists()


def test_every_scenario_opens_and_closing_ends_every_thread() -> None:
    with Lab() as lab:
        for scenario in SCENARIOS:
            assert lab.open(scenario.id).scenario is scenario
        assert "lab-accept" in _threads()

    assert _threads() == set()


def test_closing_releases_the_ports() -> None:
    with Lab() as lab:
        ports = [lab.open(name).target.port for name in ("healthy", "connection-refused", "timeout")]

    for port in ports:
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port or 0))


def test_closing_ends_connections_that_are_still_open() -> None:
    with Lab() as lab:
        client = connect(lab.open("timeout"))
        client.sendall(b"hello")

    with client:
        assert _has_ended(client)
    assert _threads() == set()


def test_closing_twice_is_harmless_and_nothing_opens_afterwards() -> None:
    lab = Lab()
    lab.open("healthy")
    lab.close()
    lab.close()

    with pytest.raises(RuntimeError, match="closed"):
        lab.open("healthy")


def test_a_lab_that_served_nothing_closes_too() -> None:
    with Lab():
        pass

    assert _threads() == set()


def test_certificates_are_made_relative_to_the_given_time() -> None:
    then = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    with Lab(then) as lab:
        leaf = see(lab.open("healthy")).leaf

    assert leaf.not_valid_before_utc < then < leaf.not_valid_after_utc
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days == 90


def test_a_public_scenario_gives_its_root_to_vendors_and_not_to_the_user() -> None:
    with Lab() as lab:
        opened = lab.open("healthy-public")
        roots = x509.load_pem_x509_certificates(Path(lab.vendor_roots).read_bytes())
        chain = see(opened).chain

        assert opened.options.vendor_roots == opened.trust_file == lab.vendor_roots
        assert opened.options.ca_files == ()
        assert roots[0].subject == chain[-1].issuer

    assert not Path(lab.vendor_roots).exists()


def test_what_another_program_must_trust_is_the_given_root_elsewhere() -> None:
    with Lab() as lab:
        assert lab.open("healthy").trust_file == lab.ca_file
