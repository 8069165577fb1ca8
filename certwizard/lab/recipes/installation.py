"""Right certificates that were installed wrongly."""

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import Issued, new_key
from certwizard.lab.bench import Bench
from certwizard.lab.plan import intermediate_plan
from certwizard.lab.recipes.recipe import recipe
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


RECIPES = (
    recipe(
        "wrong-order",
        "Most clients work, a strict old one does not",
        "The chain file was put together by hand, and two certificates changed places.",
        Verdict.WARNED,
        _wrong_order,
        CauseId.WRONG_ORDER,
    ),
    recipe(
        "leaf-not-first",
        "The web server does not start with the new files",
        "The chain file was put together the wrong way round, with the CA first.",
        Verdict.REJECTED,
        _leaf_not_first,
        CauseId.WRONG_ORDER,
        CauseId.HOSTNAME_MISMATCH,
        CauseId.WRONG_USAGE,
    ),
    recipe(
        "extra-certificates",
        "All works, though a checker grumbles about the chain",
        "At each renewal a certificate was added to the chain file, and the old ones never left it.",
        Verdict.WARNED,
        _extra,
        CauseId.EXTRA_CERTIFICATES,
    ),
    recipe(
        "duplicate-certificates",
        "All works, though the handshake grew",
        "The server is given both cert.pem and fullchain.pem, so its own certificate is sent twice.",
        Verdict.WARNED,
        _duplicates,
        CauseId.DUPLICATE_CERTIFICATES,
    ),
    recipe(
        "key-mismatch",
        "The web server does not start after the renewal",
        "The certificate was replaced and its private key was not.",
        Verdict.REJECTED,
        _key_mismatch,
        CauseId.KEY_MISMATCH,
    ),
)
