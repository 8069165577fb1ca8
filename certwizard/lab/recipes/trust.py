"""Chains that do not lead to a root the client trusts, or lead there wrongly."""

from dataclasses import replace

from cryptography import x509

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.authority import Authority, self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.faults import with_broken_signature
from certwizard.lab.plan import intermediate_plan, root_plan
from certwizard.lab.recipes.recipe import recipe
from certwizard.lab.scenario import OpenScenario

_COMPANY = "Example Company"


def _self_signed(bench: Bench) -> OpenScenario:
    return bench.serve(self_signed(bench.leaf()))


def _untrusted_root(bench: Bench) -> OpenScenario:
    root = bench.pki.new_root(
        f"{bench.scenario.id}-root", root_plan(bench.now, "Example Company Root CA", _COMPANY)
    )
    plan = intermediate_plan(bench.now, "Example Company Issuing CA", _COMPANY)
    issued = bench.issue(by=bench.authority("issuing", plan, of=root))
    return bench.serve(issued, chain=[*issued.chain, issued.root])


def _missing_intermediate(bench: Bench) -> OpenScenario:
    issued = bench.issue()
    return bench.serve(issued, chain=[issued.der])


def _missing_without_aia(bench: Bench) -> OpenScenario:
    issued = bench.issue(bench.leaf().silent())
    return bench.serve(issued, chain=[issued.der])


def _bad_signature(bench: Bench) -> OpenScenario:
    # No revocation addresses: whom to ask about a certificate nobody signed is another question.
    issued = bench.issue(bench.leaf().unrevocable())
    return bench.serve(replace(issued, der=with_broken_signature(issued.der)))


def _not_a_ca(bench: Bench) -> OpenScenario:
    # A certificate for a server, misused to issue another; the CA above it allows one more CA.
    upper = bench.authority("upper", intermediate_plan(bench.now, "Practice Policy CA", path_length=1))
    server = Authority(bench.issue(bench.leaf("www.lab.localhost"), by=upper))
    return bench.serve(bench.issue(bench.leaf().silent(), by=server))


def _path_length(bench: Bench) -> OpenScenario:
    upper = bench.authority("upper", intermediate_plan(bench.now, "Practice Policy CA", path_length=0))
    lower = bench.authority("lower", intermediate_plan(bench.now, "Practice Department CA"), of=upper)
    return bench.serve(bench.issue(by=lower))


def _name_constraints(bench: Bench) -> OpenScenario:
    limits = x509.NameConstraints([x509.DNSName("intranet.example")], None)
    plan = intermediate_plan(bench.now, "Practice Intranet CA").but(limits, critical=True)
    return bench.serve(bench.issue(by=bench.authority("intranet", plan)))


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
        "untrusted-root",
        "Company computers accept it, this one does not",
        "The certificate comes from the company's own CA, and this computer was never told to trust it.",
        Verdict.REJECTED,
        _untrusted_root,
        CauseId.UNTRUSTED_ROOT,
    ),
    recipe(
        "missing-intermediate",
        "curl fails, the browser works",
        "The server was given cert.pem where it needs fullchain.pem.",
        Verdict.REJECTED,
        _missing_intermediate,
        CauseId.MISSING_INTERMEDIATE,
    ),
    recipe(
        "missing-intermediate-no-aia",
        "curl fails, the browser fails, and the CA is the trusted one",
        "Only the server's own certificate is sent, and it does not say where its issuer can be fetched.",
        Verdict.REJECTED,
        _missing_without_aia,
        CauseId.MISSING_INTERMEDIATE,
    ),
    recipe(
        "bad-signature",
        "All names and dates are right, and every client refuses",
        "The certificate was altered after it was issued, or its file was damaged.",
        Verdict.REJECTED,
        _bad_signature,
        CauseId.BAD_SIGNATURE,
    ),
    recipe(
        "not-a-ca",
        "A certificate issued in a hurry is refused everywhere",
        "Somebody signed it with the certificate of a server, which may not issue others.",
        Verdict.REJECTED,
        _not_a_ca,
        CauseId.NOT_A_CA,
    ),
    recipe(
        "path-length",
        "The new department's certificates are refused",
        "A CA that may only issue to servers issued one more CA below itself.",
        Verdict.REJECTED,
        _path_length,
        CauseId.PATH_LENGTH,
    ),
    recipe(
        "name-constraints",
        "The intranet's CA works inside, and not for this site",
        "The CA is limited to certain domains, and this name is not among them.",
        Verdict.REJECTED,
        _name_constraints,
        CauseId.NAME_CONSTRAINTS,
    ),
)
