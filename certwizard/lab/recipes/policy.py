"""Certificates that break a rule clients enforce."""

from dataclasses import replace

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from certwizard.lab.authority import Authority, rsa_key
from certwizard.lab.bench import Bench
from certwizard.lab.faults import with_sha1_signature
from certwizard.lab.plan import DAY, intermediate_plan
from certwizard.lab.recipes.build import Build
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


def _profile(bench: Bench) -> OpenScenario:
    # Old templates leave the mark of RFC 5280 4.2.1.9 away, which Python 3.13 insists on.
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    plan = intermediate_plan(bench.now, "Practice Careless CA").but(constraints, critical=False)
    return bench.serve(bench.issue(by=bench.authority("careless", plan)))


def _malformed(bench: Bench) -> OpenScenario:
    names = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, _TRUNCATED_NAMES)
    return bench.serve(bench.issue(bench.leaf().but(names)))


def _unlogged(bench: Bench) -> OpenScenario:
    # Some CAs let customers opt out of logging, to keep internal names to themselves.
    return bench.publicly(bench.serve(bench.issue(by=bench.pki.public_intermediate)))


BUILDERS: dict[str, Build] = {
    "weak-key": _weak_key,
    "weak-signature": _weak_signature,
    "validity-too-long": _too_long,
    "wrong-usage": _wrong_usage,
    "ct-missing": _unlogged,
    "unknown-critical-extension": _critical,
    "profile-violation": _profile,
    "malformed": _malformed,
}
