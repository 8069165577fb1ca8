"""Chains that do not lead to a root the client trusts, or lead there wrongly."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

from cryptography import x509

from certwizard.lab.authority import Authority, new_key, self_signed
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import PAGE, http_page
from certwizard.lab.faults import with_broken_signature
from certwizard.lab.plan import DAY, intermediate_plan, root_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings

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


def _interception(bench: Bench) -> OpenScenario:
    maker = "Zscaler Inc."
    root = bench.pki.new_root(f"{bench.scenario.id}-root", root_plan(bench.now, "Zscaler Root CA", maker))
    plan = intermediate_plan(bench.now, "Zscaler Intermediate Root CA", maker).silent()
    gateway = bench.authority("gateway", plan, of=root)
    # Made on the way, a moment ago, with no address to ask anybody.
    young = bench.leaf().during(bench.now - DAY, bench.now + 13 * DAY).silent()
    return bench.serve(bench.issue(young, by=gateway))


def _interception_unknown(bench: Bench) -> OpenScenario:
    root = bench.pki.new_root(
        f"{bench.scenario.id}-root", root_plan(bench.now, "Example Gateway Root CA", "Example Networks")
    )
    key = new_key()

    def mint(name: str) -> Identity:
        plan = bench.leaf(name).during(bench.now - DAY, bench.now + 6 * DAY).silent()
        return Identity(root.issue(plan, key).chain, key)

    settings = TlsSettings(mint(bench.host), for_any_name=mint)
    return bench.publicly(bench.serve_tls(settings))


def _pinning(bench: Bench) -> OpenScenario:
    gone = (
        b64encode(sha256(name).digest()).decode("ascii") for name in (b"the key of 2016", b"its spare one")
    )
    line = "; ".join((*(f'pin-sha256="{pin}"' for pin in gone), "max-age=5184000", "includeSubDomains"))
    issued = bench.issue()
    page = http_page(replace(PAGE, headers=(("Public-Key-Pins", line),)))
    return bench.serve_tls(TlsSettings(Identity(issued.chain, issued.key)), page)


BUILDERS: dict[str, Build] = {
    "self-signed": _self_signed,
    "untrusted-root": _untrusted_root,
    "interception": _interception,
    "interception-unknown": _interception_unknown,
    "missing-intermediate": _missing_intermediate,
    "missing-intermediate-no-aia": _missing_without_aia,
    "bad-signature": _bad_signature,
    "not-a-ca": _not_a_ca,
    "path-length": _path_length,
    "name-constraints": _name_constraints,
    "pinning": _pinning,
}
