"""Mail servers, where TLS begins after a dialogue in the clear."""

from certwizard.domain.target import Starttls
from certwizard.lab.authority import Issued
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import smtp_after, smtp_before
from certwizard.lab.plan import DAY
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario


def _smtp(bench: Bench, issued: Issued) -> OpenScenario:
    return bench.serve_starttls(issued, Starttls.SMTP, smtp_before(bench.host), smtp_after(bench.host))


def _healthy(bench: Bench) -> OpenScenario:
    return _smtp(bench, bench.issue())


def _expired(bench: Bench) -> OpenScenario:
    return _smtp(bench, bench.issue(bench.leaf().during(bench.now - 93 * DAY, bench.now - 3 * DAY)))


BUILDERS: dict[str, Build] = {
    "smtp-starttls-healthy": _healthy,
    "smtp-expired": _expired,
}
