"""Chains that do not lead to a root the client trusts, or lead there wrongly."""

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.recipes.recipe import recipe
from certwizard.lab.scenario import OpenScenario


def _self_signed(bench: Bench) -> OpenScenario:
    return bench.serve(self_signed(bench.leaf()))


def _missing_intermediate(bench: Bench) -> OpenScenario:
    issued = bench.issue()
    return bench.serve(issued, chain=[issued.der])


RECIPES = (
    recipe(
        "self-signed",
        "The browser warns at once, on a server that was just set up",
        "The certificate was made on the server itself, as installers and guides do for a first start.",
        Verdict.REJECTED,
        _self_signed,
        CauseId.SELF_SIGNED,
    ),
    recipe(
        "missing-intermediate",
        "curl fails, the browser works",
        "The server was given cert.pem where it needs fullchain.pem.",
        Verdict.REJECTED,
        _missing_intermediate,
        CauseId.MISSING_INTERMEDIATE,
    ),
)
