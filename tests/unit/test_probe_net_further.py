"""Looking more than once: balancers, two kinds of key, and servers that take few connections."""

from __future__ import annotations

import threading
from itertools import cycle, pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from OpenSSL import SSL

from certwizard.domain.observation import FailureReason, Handshake, Offer
from certwizard.domain.target import Starttls
from certwizard.probe.further import (
    CLOSER,
    IN_A_ROW,
    MOST_REPEATS,
    REPEATS,
    UPGRADED_REPEATS,
    repetitions,
)
from certwizard.probe.handshake import Attempt, Stage
from certwizard.probe.key_kind import KeyKind, kind_of
from certwizard.probe.server import ServerSight
from tests.factory import HOST, Issued, ec_key, handshake, leaf, pki, rsa_key
from tests.unit.probe_net_servers import (
    HTTP,
    Handler,
    Peer,
    healthy,
    look,
    resetting,
    route,
    tls,
    tls_context,
)

OLD = leaf(pki().intermediate, days=(-102, -12), key=ec_key("old"))
RSA = leaf(pki().intermediate, key=rsa_key())
ED = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))


def repeats(sight: ServerSight) -> list[Handshake]:
    """Return the handshakes that were made like the first one."""
    return [one for one in sight.handshakes if one.offer is Offer.MODERN and one.sni and one.repeat]


def of(sight: ServerSight, offer: Offer) -> list[Handshake]:
    return [one for one in sight.handshakes if one.offer is offer]


def leaves(handshakes: list[Handshake]) -> set[bytes]:
    return {one.chain[0] for one in handshakes if one.chain}


def serving(*chain: Issued, **settings: object) -> Handler:
    return tls(tls_context(*chain, **settings), answer=HTTP)  # type: ignore[arg-type]


def two_keys(first: Issued, second: Issued, **settings: object) -> Handler:
    context = tls_context(first, pki().intermediate, **settings)  # type: ignore[arg-type]
    context.use_certificate(second.certificate)
    context.use_privatekey(second.key)
    return tls(context, answer=HTTP)


def in_turn(*nodes: Handler) -> Handler:
    """Hand the connections that send the name to each machine in turn, as a balancer does."""
    lock, turns = threading.Lock(), cycle(nodes)

    def handle(peer: Peer) -> None:
        greeting = peer.sock.recv(4096, 2)  # MSG_PEEK
        with lock:
            node = next(turns) if HOST.encode() in greeting else nodes[0]
        node(peer)

    return handle


def one_at_a_time(handler: Handler) -> Handler:
    lock = threading.Lock()

    def handle(peer: Peer) -> None:
        with lock:
            handler(peer)

    return handle


def test_a_server_is_asked_a_few_times_and_all_agree() -> None:
    sight = look(healthy())
    assert [one.repeat for one in repeats(sight)] == list(range(1, 1 + REPEATS))
    assert {one.failure for one in repeats(sight)} == {None}
    assert {one.chain for one in repeats(sight)} == {sight.handshakes[0].chain}


def test_behind_a_balancer_both_machines_are_seen_and_counted_more_closely() -> None:
    sight = look(in_turn(healthy(), serving(OLD, pki().intermediate)))
    assert leaves(repeats(sight)) == {pki().leaf.der, OLD.der}
    assert len(repeats(sight)) == REPEATS + CLOSER


def test_a_server_that_takes_one_connection_at_a_time_is_seen_whole() -> None:
    sight = look(one_at_a_time(serving(*pki().chain)))
    assert {one.failure for one in repeats(sight)} == {None}
    assert sight.http is not None


def test_a_server_that_answers_once_and_ends_is_asked_no_more_than_planned() -> None:
    def gone(peer: Peer) -> None:
        peer.reset()

    sight = look(healthy(), gone)
    assert sight.handshakes[0].failure is None
    assert sight.http is not None
    again = repeats(sight)
    assert len(again) <= REPEATS + IN_A_ROW
    assert all(one.failure is not None for one in again)


def test_a_machine_that_fails_is_asked_one_connection_after_the_other() -> None:
    sight = look(in_turn(healthy(), resetting))
    again = repeats(sight)
    assert len(again) == REPEATS + IN_A_ROW
    row = sorted(again, key=lambda one: one.repeat)[-IN_A_ROW:]
    assert all(a.ended_ms <= b.started_ms for a, b in pairwise(row))
    assert {one.failure is None for one in row} == {True, False}


def test_where_the_first_machine_fails_the_next_one_is_judged() -> None:
    sight = look(in_turn(resetting, healthy()))
    assert sight.handshakes[0].failure is None
    assert sight.handshakes[0].offer is Offer.MODERN
    assert not of(sight, Offer.PERMISSIVE)
    assert sight.http is not None


def test_the_rsa_certificate_beside_an_ecdsa_one_is_seen() -> None:
    sight = look(two_keys(pki().leaf, RSA))
    assert sight.handshakes[0].chain[0] == pki().leaf.der
    (other,) = of(sight, Offer.RSA)
    assert (other.failure, other.protocol, other.chain[0]) == (None, "TLSv1.2", RSA.der)


def test_a_server_of_tls_1_3_alone_shows_its_rsa_certificate_too() -> None:
    sight = look(two_keys(pki().leaf, RSA, oldest=SSL.TLS1_3_VERSION))
    (other,) = of(sight, Offer.RSA_TLS13)
    assert (other.failure, other.protocol, other.chain[0]) == (None, "TLSv1.3", RSA.der)


def test_who_prefers_rsa_is_found_out() -> None:
    """OpenSSL serves what the client names first, unless told to choose itself."""
    (first,) = of(look(two_keys(pki().leaf, RSA)), Offer.RSA_FIRST)
    assert first.chain[0] == RSA.der


def test_the_ecdsa_certificate_beside_an_rsa_one_is_seen() -> None:
    context = tls_context(RSA, pki().intermediate, newest=SSL.TLS1_2_VERSION)
    context.use_certificate(pki().leaf.certificate)
    context.use_privatekey(pki().leaf.key)
    context.set_options(SSL.OP_CIPHER_SERVER_PREFERENCE)
    context.set_cipher_list(b"ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256")
    sight = look(tls(context, answer=HTTP))
    assert sight.handshakes[0].chain[0] == RSA.der
    (other,) = of(sight, Offer.ECDSA)
    assert other.chain[0] == pki().leaf.der
    assert not of(sight, Offer.RSA_FIRST)


def test_a_server_of_one_certificate_refuses_to_show_another() -> None:
    (other,) = of(look(healthy()), Offer.RSA)
    assert other.failure is not None
    assert (other.failure.reason, other.chain) == (FailureReason.ALERT, ())


def test_a_server_with_starttls_is_troubled_less() -> None:
    def dialog(peer: Peer) -> None:
        peer.say(b"220 mail ESMTP\r\n")
        peer.line()
        peer.say(b"250 STARTTLS\r\n")
        peer.line()
        peer.say(b"220 go\r\n")

    sight = look(tls(tls_context(*pki().chain), dialog), starttls=Starttls.SMTP)
    assert len(repeats(sight)) == UPGRADED_REPEATS
    assert {one.failure for one in repeats(sight)} == {None}


@pytest.mark.parametrize("addresses", [1, 2, 5, 16])
def test_the_number_of_repetitions_does_not_grow_with_the_addresses(addresses: int) -> None:
    first = Attempt(route(1), handshake(pki().chain), Stage.DONE)
    number = len(repetitions(addresses, first))
    assert 1 <= number <= REPEATS
    assert number * addresses <= MOST_REPEATS


@pytest.mark.parametrize(
    ("issued", "kind"),
    [
        (pki().leaf, KeyKind.ECDSA),
        (RSA, KeyKind.RSA),
        (leaf(pki().intermediate, key=ED), KeyKind.OTHER),
    ],
    ids=["ECDSA", "RSA", "Ed25519"],
)
def test_the_kind_of_a_key_is_told(issued: Issued, kind: KeyKind) -> None:
    assert kind_of(issued.der) is kind


def test_what_is_no_certificate_has_no_kind() -> None:
    assert kind_of(b"\x30\x03junk") is KeyKind.OTHER
