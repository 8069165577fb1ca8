"""Certificates that break a rule clients enforce."""

from dataclasses import replace

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import Authority, rsa_key
from certwizard.lab.bench import Bench
from certwizard.lab.faults import with_sha1_signature
from certwizard.lab.plan import DAY, intermediate_plan
from certwizard.lab.recipes.recipe import recipe
from certwizard.lab.scenario import OpenScenario

# Below the arc for documentation (RFC 5612), so it stands for nothing.
_UNKNOWN = x509.ObjectIdentifier("1.3.6.1.4.1.32473.1.1")
_TRUNCATED_NAMES = bytes.fromhex("3020820b6578616d706c65")


def _weak_key(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(key=rsa_key(1024)))


def _weak_signature(bench: Bench) -> OpenScenario:
    key = rsa_key(2048)
    slug = f"{bench.scenario.id}-rsa"
    plan = intermediate_plan(bench.now, "Practice RSA CA")
    authority: Authority = bench.pki.subordinate(slug, plan, key=key)
    issued = bench.issue(by=authority)
    return bench.serve(replace(issued, der=with_sha1_signature(issued.der, key)))


def _too_long(bench: Bench) -> OpenScenario:
    start = bench.now - 30 * DAY
    return bench.serve(bench.issue(bench.leaf().during(start, start + 1095 * DAY)))


def _wrong_usage(bench: Bench) -> OpenScenario:
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    plan = intermediate_plan(bench.now, "Practice General CA").without(x509.ExtendedKeyUsage)
    return bench.serve(bench.issue(bench.leaf().but(usage), by=bench.authority("general", plan)))


def _critical(bench: Bench) -> OpenScenario:
    extension = x509.UnrecognizedExtension(_UNKNOWN, b"\x05\x00")
    return bench.serve(bench.issue(bench.leaf().but(extension, critical=True)))


def _malformed(bench: Bench) -> OpenScenario:
    names = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, _TRUNCATED_NAMES)
    return bench.serve(bench.issue(bench.leaf().but(names)))


RECIPES = (
    recipe(
        "weak-key",
        "After a system upgrade the old printer is refused",
        "The device made a small key long ago, and clients have raised their minimum since.",
        Verdict.REJECTED,
        _weak_key,
        CauseId.WEAK_KEY,
    ),
    recipe(
        "weak-signature",
        "The internal CA is trusted, its certificates are not",
        "The CA was set up long ago and still signs with the hash of that time.",
        Verdict.REJECTED,
        _weak_signature,
        CauseId.WEAK_SIGNATURE,
    ),
    recipe(
        "validity-too-long",
        "iPhones and Macs refuse, others connect",
        "The internal certificate was made for three years, to have peace.",
        Verdict.REJECTED,
        _too_long,
        CauseId.VALIDITY_TOO_LONG,
    ),
    recipe(
        "wrong-usage",
        "Logging in with it works, serving with it does not",
        "A certificate made for a user or a machine that logs in was put on a server.",
        Verdict.REJECTED,
        _wrong_usage,
        CauseId.WRONG_USAGE,
    ),
    recipe(
        "unknown-critical-extension",
        "One product accepts it, all others refuse",
        "A product's own CA added an extension of its own and marked it critical.",
        Verdict.REJECTED,
        _critical,
        CauseId.UNKNOWN_CRITICAL_EXTENSION,
    ),
    recipe(
        "malformed",
        "Each client refuses with another strange message",
        "A home-made tool wrote the list of names in a way no reader can follow.",
        Verdict.REJECTED,
        _malformed,
        CauseId.MALFORMED,
    ),
)
