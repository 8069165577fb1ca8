"""Right certificates that were installed wrongly."""

import socket
import threading
from dataclasses import replace
from itertools import cycle

from certwizard.lab.authority import Issued, new_key, rsa_key, self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.loopback import has_ipv6
from certwizard.lab.plan import DAY, SigningKey, intermediate_plan, root_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings

_GREETING = 4096
_BUNDLE = 125
"""About as many roots as a system trusts."""


def _two_intermediates(bench: Bench) -> Issued:
    upper = bench.authority("upper", intermediate_plan(bench.now, "Practice Policy CA", path_length=1))
    lower = bench.authority("lower", intermediate_plan(bench.now, "Practice Issuing CA"), of=upper)
    return bench.issue(by=lower)


def _wrong_order(bench: Bench) -> OpenScenario:
    issued = _two_intermediates(bench)
    leaf, lower, upper = issued.chain
    return bench.serve(issued, chain=[leaf, upper, lower])


def _leaf_not_first(bench: Bench) -> OpenScenario:
    issued = bench.issue()
    return bench.files(reversed(issued.chain), issued.key)


def _extra(bench: Bench) -> OpenScenario:
    issued = bench.issue()
    unrelated = bench.authority("old", intermediate_plan(bench.now, "Practice Intermediate CA 2019"))
    return bench.serve(issued, chain=[*issued.chain, unrelated.issued.der])


def _duplicates(bench: Bench) -> OpenScenario:
    issued = bench.issue()
    # What cert.pem followed by fullchain.pem makes.
    return bench.serve(issued, chain=[issued.der, *issued.chain])


def _key_mismatch(bench: Bench) -> OpenScenario:
    return bench.files(bench.issue().chain, new_key())


def _old(bench: Bench, key: SigningKey | None = None) -> Issued:
    return bench.issue(bench.leaf().during(bench.now - 102 * DAY, bench.now - 12 * DAY), key=key)


def _too_large(bench: Bench) -> OpenScenario:
    issued, key = bench.issue(), rsa_key(2048)
    listed = (root_plan(bench.now, f"Practice Root CA {number}") for number in range(_BUNDLE))
    return bench.serve(issued, chain=[*issued.chain, *(self_signed(plan, key).der for plan in listed)])


def _not_reloaded(bench: Bench) -> OpenScenario:
    return bench.beside_file(bench.serve(_old(bench)), bench.issue().chain)


def _inconsistent(bench: Bench) -> OpenScenario:
    renewed, forgotten = bench.tls_handler(bench.issue()), bench.tls_handler(_old(bench))

    def serve(connection: socket.socket) -> None:
        (forgotten if connection.family is socket.AF_INET6 else renewed)(connection)

    opened = bench.serve_handler(serve)
    # Without an address to connect to, the name leads to both loopback addresses (RFC 6761 6.3).
    target = replace(opened.target, connect_host=None)
    return replace(opened, target=target, address=f"[::1]:{target.port}" if has_ipv6() else opened.address)


def _balancer(bench: Bench) -> OpenScenario:
    renewed, forgotten = bench.tls_handler(bench.issue()), bench.tls_handler(_old(bench))
    nodes, lock, host = cycle((renewed, forgotten)), threading.Lock(), bench.host.encode("ascii")

    def serve(connection: socket.socket) -> None:
        # Only who asks for the name is passed on, in turn: so both machines are met for certain.
        greeting = connection.recv(_GREETING, socket.MSG_PEEK)
        with lock:
            node = next(nodes) if host in greeting else renewed
        node(connection)

    return bench.serve_handler(serve)


def _two_keys(bench: Bench) -> OpenScenario:
    renewed, forgotten = bench.issue(), _old(bench, rsa_key(2048))
    settings = TlsSettings(
        Identity(renewed.chain, renewed.key), beside=Identity(forgotten.chain, forgotten.key)
    )
    return bench.serve_tls(settings)


BUILDERS: dict[str, Build] = {
    "wrong-order": _wrong_order,
    "leaf-not-first": _leaf_not_first,
    "extra-certificates": _extra,
    "duplicate-certificates": _duplicates,
    "key-mismatch": _key_mismatch,
    "chain-too-large": _too_large,
    "not-reloaded": _not_reloaded,
    "inconsistent-addresses": _inconsistent,
    "inconsistent-balancer": _balancer,
    "inconsistent-key-kinds": _two_keys,
}
