"""OpenSSL's own verdict by its numbers, and handshakes it gives up on."""

from datetime import timedelta, timezone

import pytest

from certwizard.domain.observation import FailureReason, Offer, OpenSSLVerdict
from certwizard.probe.handshake import attempt
from certwizard.probe.openssl import openssl_version, verify
from tests.factory import DAY, HOST, NOW, intermediate, leaf, pki, root
from tests.unit.probe_net_servers import Peer, route, server
from tests.unit.test_probe_net_records import certificate, hello, message, record

CHAIN = tuple(issued.der for issued in pki().chain)
ROOTS = (pki().root.der,)


def code(chain: tuple[bytes, ...], roots: tuple[bytes, ...] = ROOTS) -> int:
    verdict = verify(chain, roots, NOW)
    assert verdict is not None
    return verdict.code


def test_a_good_chain_is_ok() -> None:
    assert verify(CHAIN, ROOTS, NOW) == OpenSSLVerdict(0, "ok")


def test_each_fault_has_its_number() -> None:
    expired = leaf(pki().intermediate, days=(-60, -1))
    assert code((expired.der, CHAIN[1])) == 10
    assert code((leaf(pki().intermediate, days=(1, 60)).der, CHAIN[1])) == 9
    assert code((leaf(None).der,)) == 18
    assert code(CHAIN[:1]) == 20
    assert code((*CHAIN, pki().root.der), ()) == 19


def test_the_depth_tells_where_the_fault_stands() -> None:
    old = intermediate(pki().root, days=(-500, -1))
    verdict = verify((leaf(old).der, old.der), ROOTS, NOW)
    assert verdict is not None
    assert (verdict.code, verdict.depth) == (10, 1)


def test_the_time_to_judge_as_of_counts_in_any_zone() -> None:
    later = (NOW + 100 * DAY).astimezone(timezone(timedelta(hours=9)))
    verdict = verify(CHAIN, ROOTS, later)
    assert verdict is not None
    assert verdict.code == 10


@pytest.mark.parametrize("chain", [(), (b"",), (b"junk",), (b"\x30\x03\x02\x01\x01",)])
def test_a_leaf_that_cannot_be_loaded_gives_no_verdict(chain: tuple[bytes, ...]) -> None:
    assert verify(chain, ROOTS, NOW) is None


def test_broken_and_repeated_roots_are_passed_over() -> None:
    roots = (b"junk", *ROOTS, *ROOTS, root("Another Root").der)
    assert code(CHAIN, roots) == 0
    assert code((CHAIN[0], b"junk", CHAIN[1])) == 0


def test_the_version_is_named() -> None:
    assert openssl_version().startswith("OpenSSL ")


def test_a_certificate_that_cannot_be_parsed_is_seen_as_sent() -> None:
    broken = b"\x30\x03\x02\x01\x01"

    def serve(peer: Peer) -> None:
        peer.exactly(5)
        peer.say(record(22, hello() + certificate(broken) + message(14, b"")))
        peer.over.wait(10)

    with server(serve) as port:
        seen = attempt(route(port), "127.0.0.1", HOST, Offer.MODERN).handshake
    assert seen.chain == (broken,)
    assert seen.failure is not None
    assert seen.failure.reason is FailureReason.TLS
    assert seen.failure.alert_sent is not None
