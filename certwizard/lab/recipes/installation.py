"""Right certificates that were installed wrongly."""

import socket
from dataclasses import replace

from certwizard.lab.authority import Issued, new_key
from certwizard.lab.bench import Bench
from certwizard.lab.loopback import has_ipv6
from certwizard.lab.plan import DAY, intermediate_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario


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


def _inconsistent(bench: Bench) -> OpenScenario:
    old = bench.issue(bench.leaf().during(bench.now - 102 * DAY, bench.now - 12 * DAY))
    renewed, forgotten = bench.tls_handler(bench.issue()), bench.tls_handler(old)

    def serve(connection: socket.socket) -> None:
        (forgotten if connection.family is socket.AF_INET6 else renewed)(connection)

    opened = bench.serve_handler(serve)
    # Without an address to connect to, the name leads to both loopback addresses (RFC 6761 6.3).
    target = replace(opened.target, connect_host=None)
    return replace(opened, target=target, address=f"[::1]:{target.port}" if has_ipv6() else opened.address)


BUILDERS: dict[str, Build] = {
    "wrong-order": _wrong_order,
    "leaf-not-first": _leaf_not_first,
    "extra-certificates": _extra,
    "duplicate-certificates": _duplicates,
    "key-mismatch": _key_mismatch,
    "inconsistent-addresses": _inconsistent,
}
