"""A made-up name is asked for where the answer can tell something, and nowhere else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from certwizard.domain.observation import Failure, FailureReason, Observation, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.lab.lab import Lab
from certwizard.probe.made_up_name import worth_asking
from certwizard.probe.run import probe
from tests import factory as f


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


def seen(host: str = f.HOST, **changes: object) -> Observation:
    return dataclasses.replace(f.observation(f.pki().chain, host), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("www.example.com", True),
        ("example.co.uk", True),
        ("xn--bcher-kva.example.de", True),
        ("server.corp", False),
        ("server.internal", False),
        ("nas.local", False),
        ("localhost", False),
        ("example.test", False),
        ("com", False),
    ],
)
def test_only_names_of_the_public_dns_are_worth_it(host: str, asked: bool) -> None:
    assert (worth_asking(seen(host), ProbeOptions(), public=False) is not None) is asked


def test_a_chain_to_a_vendors_root_is_not_asked_about() -> None:
    assert worth_asking(seen(), ProbeOptions(), public=True) is None


def test_where_the_users_roots_stand_alone_nothing_is_asked() -> None:
    assert worth_asking(seen(), ProbeOptions(only_ca_file=True), public=False) is None


@pytest.mark.parametrize("changes", [{"sni": None}, {"chain": ()}, {"failure": Failure(FailureReason.ALERT)}])
def test_without_a_finished_handshake_that_sent_a_name_nothing_is_asked(changes: dict[str, object]) -> None:
    shaken = dataclasses.replace(seen().handshakes[0], **changes)  # type: ignore[arg-type]
    assert worth_asking(seen(handshakes=(shaken,)), ProbeOptions(), public=False) is None


def test_in_a_practised_world_every_name_counts() -> None:
    options = ProbeOptions(vendor_roots="/roots.pem")
    assert worth_asking(seen("x.lab.localhost"), options, public=False) is not None


def test_what_makes_certificates_for_any_name_is_seen_at_it(lab: Lab) -> None:
    opened = lab.open("interception-unknown")
    observation = probe(opened.target, opened.options)
    made_up = observation.made_up
    assert made_up is not None
    assert made_up.sni is not None
    assert made_up.sni.endswith(".invalid")
    assert made_up.offer is Offer.MODERN
    certificate = parse_certificate(made_up.chain[0])
    assert certificate.san is not None
    assert certificate.san.dns == (made_up.sni,)
    assert decode_observation(encode_observation(observation)).made_up == made_up


def test_each_look_asks_for_another_name(lab: Lab) -> None:
    opened = lab.open("interception-unknown")
    names = {made.sni for made in (probe(opened.target, opened.options).made_up for _ in range(2)) if made}
    assert len(names) == 2


@pytest.mark.parametrize("scenario", ["healthy-public", "ct-missing"])
def test_a_public_server_is_not_asked_for_a_made_up_name(lab: Lab, scenario: str) -> None:
    opened = lab.open(scenario)
    assert probe(opened.target, opened.options).made_up is None


def test_a_private_server_under_a_name_of_its_own_is_not_asked(lab: Lab) -> None:
    opened = lab.open("untrusted-root")
    assert probe(opened.target, opened.options).made_up is None


def test_an_old_observation_has_none() -> None:
    saved = encode_observation(seen())
    assert b'"made_up":null,' in saved
    assert decode_observation(saved.replace(b'"made_up":null,', b"")).made_up is None
