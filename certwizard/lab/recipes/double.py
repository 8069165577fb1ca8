"""Two faults at once: neither may hide the other, and one of them is to be repaired first."""

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import rsa_key, self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY, Plan
from certwizard.lab.recipes.recipe import recipe
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


RECIPES = (
    recipe(
        "expired-and-wrong-host",
        "The moved shop warns, and a renewal does not help",
        "The shop moved to a new name long ago; the certificate of the old one has run out meanwhile.",
        Verdict.REJECTED,
        _expired_wrong_host,
        CauseId.HOSTNAME_MISMATCH,
        CauseId.EXPIRED,
    ),
    recipe(
        "self-signed-expired",
        "The device in the cellar warns for two reasons",
        "A device made its own certificate when it was set up, and nobody ever looked at it again.",
        Verdict.REJECTED,
        _self_signed_expired,
        CauseId.SELF_SIGNED,
        CauseId.EXPIRED,
    ),
    recipe(
        "missing-intermediate-and-expired",
        "The renewal will not be enough for curl",
        "Half the chain was never sent, and now the certificate has run out as well.",
        Verdict.REJECTED,
        _missing_and_expired,
        CauseId.MISSING_INTERMEDIATE,
        CauseId.EXPIRED,
    ),
    recipe(
        "revoked-and-expired",
        "The certificate was withdrawn, forgotten, and ran out",
        "After the key got lost the certificate was withdrawn, but never replaced on this server.",
        Verdict.REJECTED,
        _revoked_and_expired,
        CauseId.REVOKED,
        CauseId.EXPIRED,
    ),
    recipe(
        "wrong-host-weak-key",
        "The second-hand device shows its former owner's name",
        "The device still has the certificate, and the small key, of the place it stood before.",
        Verdict.REJECTED,
        _wrong_host_weak_key,
        CauseId.HOSTNAME_MISMATCH,
        CauseId.WEAK_KEY,
    ),
)
