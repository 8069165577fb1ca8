"""A chain larger than OpenSSL takes is read all the same, whole and within a bound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from OpenSSL import SSL

from certwizard.domain.observation import FailureReason, Handshake
from certwizard.lab.bench import Bench
from certwizard.lab.lab import Lab
from certwizard.lab.recipes import builders
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings
from certwizard.probe.openssl import HANDSHAKE_LIMIT
from certwizard.probe.server import observe_server

TLS12, TLS13 = SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION


def seen(kilobytes: int, newest: int, monkeypatch: pytest.MonkeyPatch) -> Handshake:
    """Return the first handshake with a server that sends so much."""

    def serve(bench: Bench) -> OpenScenario:
        issued = bench.issue()
        filler = bench.issue(bench.leaf(*(f"site-{number}.example.com" for number in range(100)))).der
        chain = (*issued.chain, *[filler] * (kilobytes * 1024 // len(filler) + 1))
        return bench.serve_tls(replace(TlsSettings(Identity(chain, issued.key)), newest=newest))

    monkeypatch.setitem(builders.BUILDERS, "healthy", serve)
    with Lab() as lab:
        opened = lab.open("healthy")
        return observe_server(opened.target, opened.options).handshakes[0]


@pytest.mark.parametrize("newest", [TLS12, TLS13])
def test_more_than_openssl_takes_is_read_whole(newest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    handshake = seen(110, newest, monkeypatch)
    assert handshake.failure is not None
    assert handshake.failure.reason is FailureReason.TOO_LARGE
    assert handshake.chain_number == len(handshake.chain)
    assert handshake.chain_bytes > sum(map(len, handshake.chain)) > 110 * 1024


@pytest.mark.parametrize("newest", [TLS12, TLS13])
def test_what_openssl_takes_ends_in_a_handshake(newest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    handshake = seen(80, newest, monkeypatch)
    assert handshake.failure is None
    assert handshake.chain_bytes > 80 * 1024


def test_more_than_the_bound_of_our_own_is_not_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    handshake = seen(HANDSHAKE_LIMIT // 1024 + 200, TLS13, monkeypatch)
    assert handshake.failure is not None
    assert handshake.chain == ()
