"""Good servers, seen from machines whose lists of roots are not, and a CA that lost its trust."""

from certwizard.lab.bench import Bench
from certwizard.lab.plan import intermediate_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario


def _missing(bench: Bench) -> OpenScenario:
    return bench.on_a_machine(bench.serve(bench.issue_publicly()), None)


def _replaced(bench: Bench) -> OpenScenario:
    return bench.on_a_machine(bench.serve(bench.issue_publicly()), [bench.pki.root.issued.der])


def _outdated(bench: Bench) -> OpenScenario:
    return bench.on_a_machine(bench.serve(bench.issue_publicly()), [bench.pki.older_public_root.issued.der])


def _distrusted(bench: Bench) -> OpenScenario:
    plan = intermediate_plan(bench.now, "Practice Distrusted Intermediate CA")
    issuer = bench.authority("issuing", plan, of=bench.pki.distrusted_root)
    return bench.publicly(bench.serve(bench.issue_publicly(by=issuer)))


BUILDERS: dict[str, Build] = {
    "trust-store-missing": _missing,
    "trust-store-replaced": _replaced,
    "trust-store-outdated": _outdated,
    "distrusted-ca": _distrusted,
}
