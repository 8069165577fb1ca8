"""The diagnosis says of each client what it really does, beyond what the practice lab shows.

.venv/bin/pytest -n 0 -s tests/real/test_real_odd_servers.py
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from certwizard.lab.network import Network
from tests.real import runtimes
from tests.real.client_matrix import Pair, compare
from tests.real.clients import drivers
from tests.real.odd import ODD
from tests.real.odd.server import place
from tests.real.runtimes.versions import is_the_profiles

_ORDER = "two roots of one name and no key id: which one OpenSSL tries hangs on their order in its store"
_UNPROVEN = "a wrong signature leaves open who issued it, so nothing is said of how it names its issuer"
_CRASH = "Node.js 24.19 crashes (segmentation fault) on this curve"
_DEPTH = "webpki builds six certificates deep, which is not judged"
_EC_WORDS = "for a curve that it does not have it names the algorithms instead of the signature"
_RIVALS = "of several issuers of one name it speaks of the one whose key does not fit"
_EMPTY = "what is there and empty is none to some, and told in other words by others"
_NAME_BYTES = "GnuTLS compares the bytes of names, and takes another kind of text for the same; not judged"
_WEBPKI = (
    "webpki reads neither the years before 1970 nor an extension that is critical and that it does not use"
)
_OLD = "of a version without extensions it speaks in words of its own"
WEAK_CURVES = ("ca-secp224r1", "ca-secp256k1", "ca-brainpoolP256r1", "ca-secp192r1", "root-secp192r1")
"""Of CAs."""
OPENSSL_BY_ITS_WORDS = ("curl", "nodejs", "openssl", "php", "python", "python-3.11", "requests", "ruby")
SETTLING = ("curl", "nodejs", "openssl", "perl", "php", "python-3.11", "ruby")
"""Clients that settle for the first issuer of a name."""
_FIRST = "it speaks of the alert or of the closed connection, what it meets first"
EXPLAINED = {
    **{(each, "namesake-root-no-key-ids"): _ORDER for each in SETTLING},
    **{(each, "namesake-root-alone-no-key-ids"): _UNPROVEN for each in ("python", "requests")},
    **{("nodejs", each): _CRASH for each in ("leaf-brainpoolP256r1", "ca-secp256k1", "ca-brainpoolP256r1")},
    **{("rustls", f"{many}-intermediates"): _DEPTH for many in ("ten", "seventeen")},
    **{("rustls", each): _EC_WORDS for each in WEAK_CURVES},
    ("rustls", "ca-dsa"): "likewise, with the list of what it knows",
    **{("rustls", each): _RIVALS for each in ("namesake-root-alone", "rollover-counts-not")},
    (
        "rustls",
        "pinned-leaf",
    ): "only what signed itself can stand for its own issuer; no cause speaks of that",
    ("java", "namesake-root-alone"): _RIVALS,
    **{(each, "san-empty"): _EMPTY for each in ("curl", "java", "nodejs", "php", "python", "requests")},
    **{(each, "usage-empty"): _EMPTY for each in (*OPENSSL_BY_ITS_WORDS, "git", "gnutls", "java")},
    **{(each, "purposes-empty"): _EMPTY for each in ("git", "gnutls", "go", "nodejs", "rustls", "wget")},
    **{
        (each, f"issuer-{how}"): _NAME_BYTES
        for each in ("git", "gnutls", "wget")
        for how in ("other-case", "more-spaces")
    },
    **{("rustls", each): _WEBPKI for each in ("dates-from-1950", "policies-critical", "san-twice")},
    **{("rustls", each): _OLD for each in ("version-1", "ca-version-1")},
    **{("go", each): _OLD for each in ("ca-version-1", "version-1-with-extensions")},
    ("wget", "version-1-with-extensions"): _OLD,
    ("php", "address-v6"): "for an address it speaks of the common name alone",
    ("ruby", "leading-dot-listed"): "its comparison fails with a NoMethodError",
    (
        "perl",
        "address-common-name-beside-dns",
    ): "for an address it passes over host names when it asks for other names",
    ("perl", "space"): "it cuts off spaces around an entry",
    ("php", "common-name-beside-uri"): "a URI is an entry to it, an address or a mailbox is none",
    ("php", "star-partial-idn"): "it lets a star stand for a part of an encoded label",
    ("php", "star-one-label"): "a star alone covers a name of one label",
}
"""Pairs that differ, each with the reason."""
BY_CHANCE = {
    ("git", "client-certificate-1.2"): _FIRST,
    ("java", "client-certificate-1.2"): _FIRST,
    ("rustls", "client-certificate-1.2"): _FIRST,
}
"""Pairs that differ now and then, each with the reason."""
CLIENTS = frozenset(
    (
        "curl",
        "openssl",
        "gnutls",
        "wget",
        "git",
        "python",
        "python-3.11",
        "requests",
        "nodejs",
        "ruby",
        "php",
        "perl",
        "rustls",
    )
)
"""Those that start quickly; browsers meet the practice lab."""
RUNTIMES = frozenset({"go", "java"})
"""Those whose words hang on their version: they count where it is the one that their profile speaks of."""
AGREEMENT = 0.98
"""The share of pairs that agree, where all clients are here: the fewer there are, the more one of them weighs."""


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Every client at every odd server."""
    here = [driver for driver in drivers() if driver.id in CLIENTS and not driver.available()]
    here += [
        driver
        for driver in runtimes.drivers()
        if driver.id in RUNTIMES and not driver.available() and is_the_profiles(driver.id)
    ]
    network, folder = Network(), tmp_path_factory.mktemp("odd")
    yield compare([place(name, make(), network, folder) for name, make in ODD.items()], here)
    network.close()


def test_real_clients_do_and_say_what_the_diagnosis_says_and_what_is_explained_differs_still(
    pairs: list[Pair],
) -> None:
    """One test: two could run on two workers, and each would send all clients everywhere."""
    differing = [pair for pair in pairs if pair.complaint]
    reasons = EXPLAINED | BY_CHANCE
    print(f"\nclients x odd servers: {len(pairs) - len(differing)} of {len(pairs)} agree")
    for pair in differing:
        reason = reasons.get((pair.client, pair.scenario), "NOT EXPLAINED")
        print(f"  {pair.client} x {pair.scenario}: {pair.complaint} [{reason}]")

    assert not [pair for pair in differing if (pair.client, pair.scenario) not in reasons]
    met = {(pair.client, pair.scenario) for pair in pairs}
    if {pair.client for pair in pairs} >= CLIENTS:
        settled = [pair for pair in differing if (pair.client, pair.scenario) not in BY_CHANCE]
        assert len(pairs) - len(settled) >= AGREEMENT * len(pairs)
    differed = {(pair.client, pair.scenario) for pair in differing}
    assert sorted((set(EXPLAINED) & met) - differed) == []
