"""A probe puts all that was seen of a target into one Observation."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.domain.observation import FailureReason, FileContent, Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.domain.target import Target, TargetKind
from certwizard.probe.cancel import CancelToken
from certwizard.probe.run import probe
from tests import factory
from tests.unit.probe_collect_web import web
from tests.unit.probe_net_servers import PATIENCE, Peer, closed_port, server, silent, target, tls, tls_context
from tests.unit.test_probe_collect_surroundings import access, lists

ROOT = factory.root("Run Root")
MIDDLE = factory.intermediate(ROOT, "Run Intermediate")
LEAF = factory.leaf(MIDDLE)
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
ENDED = {PhaseState.DONE, PhaseState.FAILED, PhaseState.SKIPPED}


@pytest.fixture
def options(tmp_path: Path) -> ProbeOptions:
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    return ProbeOptions(ca_files=(str(ca_file),), only_ca_file=True, at=factory.NOW, timeout=PATIENCE)


def files(*paths: Path, key: Path | None = None) -> Target:
    names = tuple(map(str, paths))
    return Target(
        "files", TargetKind.FILES, server_name=factory.HOST, files=names, key_file=str(key) if key else None
    )


def write_chain(folder: Path) -> Path:
    path = folder / "chain.pem"
    path.write_bytes(b"".join(one.certificate.public_bytes(Encoding.PEM) for one in (LEAF, MIDDLE)))
    return path


def write_key(folder: Path) -> Path:
    path = folder / "key.pem"
    path.write_bytes(LEAF.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def ended(progress: list[Progress]) -> dict[Phase, PhaseState]:
    return {one.phase: one.state for one in progress if one.state in ENDED}


def in_thread(work: Callable[[], Observation]) -> Observation:
    found: list[Observation] = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join(PATIENCE)
    return found[0]


def test_a_server_is_observed_with_its_surroundings(options: ProbeOptions) -> None:
    progress: list[Progress] = []
    with server(tls(tls_context(LEAF, MIDDLE), answer=HELLO)) as port:
        seen = probe(target(port), options, report=progress.append)
    assert seen.chain == (LEAF.der, MIDDLE.der)
    assert seen.handshakes[0].failure is None
    assert [anchor.der for anchor in seen.anchors] == [ROOT.der]
    assert seen.openssl is not None
    assert seen.openssl.code == 0
    assert seen.judge_at == factory.NOW
    assert seen.observed_at.tzinfo is UTC
    assert seen.total_ms > 0
    assert ended(progress) == {
        Phase.RESOLVE: PhaseState.DONE,
        Phase.CONNECT: PhaseState.DONE,
        Phase.HANDSHAKE: PhaseState.DONE,
        Phase.CHAIN: PhaseState.DONE,
        Phase.TRUST: PhaseState.DONE,
        Phase.REVOCATION: PhaseState.SKIPPED,
    }


def test_a_probe_runs_in_a_worker_thread(options: ProbeOptions) -> None:
    with server(tls(tls_context(LEAF, MIDDLE), answer=HELLO)) as port:
        seen = in_thread(lambda: probe(target(port), options))
    assert seen.chain == (LEAF.der, MIDDLE.der)


def test_without_a_time_to_judge_as_of_the_clock_counts(tmp_path: Path) -> None:
    seen = probe(files(write_chain(tmp_path)), ProbeOptions(offline=True))
    assert seen.judge_at == seen.observed_at
    assert abs(datetime.now(UTC) - seen.observed_at) < timedelta(minutes=5)


def test_a_missing_intermediate_is_fetched_and_the_fetched_one_asked_about(options: ProbeOptions) -> None:
    with web() as site:
        middle = factory.intermediate(
            ROOT, "Run Intermediate", having=[lists(site.serve("/root.crl", b"list"))]
        )
        leaf = factory.leaf(middle, having=[access(site.serve("/middle.der", middle.der))])
        with server(tls(tls_context(leaf), answer=HELLO)) as port:
            seen = probe(target(port), options)
        assert site.asked == ["/middle.der", "/root.crl"]
    assert [fetch.body for fetch in seen.fetches] == [middle.der, b"list"]
    assert seen.openssl is not None
    assert seen.openssl.code != 0


def test_offline_contacts_the_target_alone(options: ProbeOptions) -> None:
    with web() as site:
        urls = access(site.url("/middle.der"), responders=(site.url("/ocsp"),))
        leaf = factory.leaf(MIDDLE, having=[urls, lists(site.url("/crl"))])
        with server(tls(tls_context(leaf), answer=HELLO)) as port:
            seen = probe(
                target(port), ProbeOptions(ca_files=options.ca_files, offline=True, timeout=PATIENCE)
            )
        assert site.requests == []
    assert seen.offline
    assert seen.fetches == ()
    assert seen.chain == (leaf.der,)


def test_a_server_that_refuses_is_observed(options: ProbeOptions) -> None:
    progress: list[Progress] = []
    seen = probe(target(closed_port()), options, report=progress.append)
    assert seen.handshakes[0].failure is not None
    assert seen.handshakes[0].failure.reason is FailureReason.REFUSED
    assert (seen.chain, seen.anchors, seen.openssl) == ((), (), None)
    states = ended(progress)
    assert states[Phase.CONNECT] is PhaseState.FAILED
    assert states[Phase.TRUST] is states[Phase.CHAIN] is states[Phase.REVOCATION] is PhaseState.SKIPPED


def test_a_probe_is_cancelled_while_the_server_is_silent(options: ProbeOptions) -> None:
    token = CancelToken()

    def cancel(peer: Peer) -> None:
        token.cancel()
        silent(peer)

    with server(cancel) as port:
        seen = probe(target(port), options, cancel=token)
    assert seen.handshakes[0].failure is not None
    assert seen.handshakes[0].failure.reason is FailureReason.CANCELLED
    assert seen.total_ms < PATIENCE * 500


def test_a_probe_cancelled_before_it_starts_reads_no_file(tmp_path: Path, options: ProbeOptions) -> None:
    token = CancelToken()
    token.cancel()
    seen = probe(files(write_chain(tmp_path)), options, cancel=token)
    assert seen.files[0].failure is not None
    assert seen.files[0].failure.reason is FailureReason.CANCELLED


def test_files_are_observed_in_place_of_a_server(tmp_path: Path, options: ProbeOptions) -> None:
    progress: list[Progress] = []
    wanted = files(write_chain(tmp_path), key=write_key(tmp_path))
    seen = probe(wanted, options, report=progress.append)
    assert seen.chain == (LEAF.der, MIDDLE.der)
    assert seen.private_key is not None
    assert seen.private_key.spki_sha256 == parse_certificate(LEAF.der).key.spki_sha256
    assert [anchor.der for anchor in seen.anchors] == [ROOT.der]
    assert seen.openssl is not None
    assert seen.openssl.code == 0
    assert ended(progress)[Phase.READ] is PhaseState.DONE
    assert Phase.CONNECT not in ended(progress)


def test_several_files_give_one_chain(tmp_path: Path, options: ProbeOptions) -> None:
    paths = [tmp_path / "leaf.der", tmp_path / "middle.der"]
    for path, issued in zip(paths, (LEAF, MIDDLE), strict=True):
        path.write_bytes(issued.der)
    seen = probe(files(*paths), options)
    assert seen.chain == (LEAF.der, MIDDLE.der)
    assert [file.content for file in seen.files] == [FileContent.DER, FileContent.DER]


def test_a_file_that_is_something_else_is_observed(tmp_path: Path, options: ProbeOptions) -> None:
    progress: list[Progress] = []
    seen = probe(files(write_key(tmp_path)), options, report=progress.append)
    assert seen.files[0].content is FileContent.KEY
    assert ended(progress)[Phase.READ] is PhaseState.FAILED
    assert ended(progress)[Phase.TRUST] is PhaseState.SKIPPED


def test_a_hostile_file_name_is_clean_in_progress(tmp_path: Path, options: ProbeOptions) -> None:
    progress: list[Progress] = []
    probe(files(tmp_path / "a\x1b[31m\u202e.pem"), options, report=progress.append)
    assert all(one.detail.isprintable() for one in progress)


def test_reading_files_loads_neither_the_network_part_nor_textual(tmp_path: Path) -> None:
    path = write_chain(tmp_path)
    program = (
        "import sys\n"
        "from certwizard.domain.options import ProbeOptions\n"
        "from certwizard.domain.target import Target, TargetKind\n"
        "from certwizard.probe.run import probe\n"
        f"seen = probe(Target('f', TargetKind.FILES, files=({str(path)!r},)), ProbeOptions(offline=True))\n"
        "assert len(seen.chain) == 2\n"
        "print([name for name in ('textual', 'h11', 'certwizard.probe.server') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
