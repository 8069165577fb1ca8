"""Certificates that are good, but for other names."""

from cryptography import x509

from certwizard.lab.authority import self_signed
from certwizard.lab.bench import LOOPBACK, Bench
from certwizard.lab.plan import DAY, distinguished_name
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings


def _mismatch(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf("shop.lab.localhost", "www.shop.lab.localhost")))


def _wildcard_depth(bench: Bench) -> OpenScenario:
    opened = bench.serve(bench.issue(bench.leaf("*.lab.localhost")))
    return bench.asked_as(opened, f"api.{bench.host}")


def _apex(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf(f"*.{bench.host}")))


def _address(bench: Bench) -> OpenScenario:
    return bench.asked_as(bench.serve(bench.issue()), LOOPBACK)


def _no_san(bench: Bench) -> OpenScenario:
    return bench.serve(bench.issue(bench.leaf().without(x509.SubjectAlternativeName)))


def _default_certificate(bench: Bench) -> OpenScenario:
    plan = bench.leaf("ingress.local").during(bench.now - 20 * DAY, bench.now + 345 * DAY)
    name = distinguished_name("Kubernetes Ingress Controller Fake Certificate", "Acme Co")
    return bench.serve(self_signed(plan.named(name)))


def _only_without_sni(bench: Bench) -> OpenScenario:
    right, other = bench.issue(), bench.issue(bench.leaf("other.lab.localhost"))
    settings = TlsSettings(
        Identity(right.chain, right.key), by_name=((bench.host, Identity(other.chain, other.key)),)
    )
    return bench.serve_tls(settings)


BUILDERS: dict[str, Build] = {
    "hostname-mismatch": _mismatch,
    "wildcard-depth": _wildcard_depth,
    "apex-not-covered": _apex,
    "ip-address": _address,
    "no-san": _no_san,
    "wrong-certificate-served": _default_certificate,
    "wrong-certificate-sni": _only_without_sni,
}
