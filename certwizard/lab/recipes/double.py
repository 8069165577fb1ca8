"""Two faults at once: neither may hide the other, and one of them is to be repaired first."""

from certwizard.lab.authority import rsa_key, self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY, Plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.recipes.revocation import serve_revoked
from certwizard.lab.scenario import OpenScenario

_OTHER = "old-shop.lab.localhost"


def _over(plan: Plan, bench: Bench) -> Plan:
    return plan.during(bench.now - 110 * DAY, bench.now - 20 * DAY)


def _expired_wrong_host(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(_over(bench.leaf(_OTHER), bench)))


def _self_signed_expired(bench: Bench) -> OpenScenario:
    return bench.serve(self_signed(_over(bench.leaf(), bench)))


def _missing_and_expired(bench: Bench) -> OpenScenario:
    issued = bench.issue(_over(bench.leaf(), bench))
    return bench.serve(issued, chain=[issued.der])


def _revoked_and_expired(bench: Bench) -> OpenScenario:
    # Revoked five days ago, run out since: revocation must come before the end to be on the list.
    return serve_revoked(bench, bench.leaf().during(bench.now - 91 * DAY, bench.now - DAY))


def _wrong_host_weak_key(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf(_OTHER), key=rsa_key(1024)))


BUILDERS: dict[str, Build] = {
    "expired-and-wrong-host": _expired_wrong_host,
    "self-signed-expired": _self_signed_expired,
    "missing-intermediate-and-expired": _missing_and_expired,
    "revoked-and-expired": _revoked_and_expired,
    "wrong-host-weak-key": _wrong_host_weak_key,
}
