"""Certificates that are good, but for other names."""

from cryptography import x509

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import self_signed
from certwizard.lab.bench import LOOPBACK, Bench
from certwizard.lab.plan import DAY, distinguished_name
from certwizard.lab.recipes.recipe import recipe
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


RECIPES = (
    recipe(
        "hostname-mismatch",
        "The shop works under one address and warns under another",
        "The certificate was ordered for other names than the one visitors use.",
        Verdict.REJECTED,
        _mismatch,
        CauseId.HOSTNAME_MISMATCH,
    ),
    recipe(
        "wildcard-depth",
        "The certificate has a star, and still does not fit",
        "A star stands for exactly one label, and the new service is one level deeper.",
        Verdict.REJECTED,
        _wildcard_depth,
        CauseId.HOSTNAME_MISMATCH,
    ),
    recipe(
        "apex-not-covered",
        "With www it works, without it does not",
        "The certificate covers what is below the domain, not the domain itself.",
        Verdict.REJECTED,
        _apex,
        CauseId.HOSTNAME_MISMATCH,
    ),
    recipe(
        "ip-address",
        "By name it works, by IP address it warns",
        "A script calls the server by its address, and the certificate lists only names.",
        Verdict.REJECTED,
        _address,
        CauseId.HOSTNAME_MISMATCH,
    ),
    recipe(
        "no-san",
        "An old tool accepts it, every browser refuses it",
        "The certificate was made after an old guide, with the name in the Common Name only.",
        Verdict.REJECTED,
        _no_san,
        CauseId.NO_SAN,
    ),
    recipe(
        "wrong-certificate-served",
        "The cluster answers with a certificate nobody ordered",
        "The ingress finds no certificate for the name, and falls back to the one it was installed with.",
        Verdict.REJECTED,
        _default_certificate,
        CauseId.WRONG_CERTIFICATE_SERVED,
        CauseId.HOSTNAME_MISMATCH,
        CauseId.SELF_SIGNED,
    ),
    recipe(
        "wrong-certificate-sni",
        "An old scanner sees the right certificate, browsers another",
        "A virtual host for the name was added with a certificate of another site.",
        Verdict.REJECTED,
        _only_without_sni,
        CauseId.WRONG_CERTIFICATE_SERVED,
        CauseId.HOSTNAME_MISMATCH,
    ),
)
