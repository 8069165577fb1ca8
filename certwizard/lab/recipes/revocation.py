"""Certificates that were withdrawn, or of which nobody can say."""

from dataclasses import replace

from cryptography import x509

from certwizard.lab.authority import Authority
from certwizard.lab.bench import Bench
from certwizard.lab.plan import DAY, Plan, intermediate_plan
from certwizard.lab.recipes.build import Build
from certwizard.lab.responder import BROKEN
from certwizard.lab.revocation import ocsp_answer, question_about
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings


def _issuer(bench: Bench, *, delegated: bool = False) -> Authority:
    return bench.authority(
        "issuing", intermediate_plan(bench.now, "Practice Issuing CA"), delegated=delegated
    )


def serve_revoked(bench: Bench, plan: Plan, *, delegated: bool = False) -> OpenScenario:
    """Serve a certificate that its CA revoked, wherever the certificate says one can ask."""
    authority = _issuer(bench, delegated=delegated)
    issued = bench.issue(plan, by=authority)
    authority.revoke(issued, bench.now - 5 * DAY, x509.ReasonFlags.key_compromise)
    return bench.serve(issued)


def _revoked(bench: Bench) -> OpenScenario:
    return serve_revoked(bench, bench.leaf(), delegated=True)


def _revoked_by_crl(bench: Bench) -> OpenScenario:
    return serve_revoked(bench, replace(bench.leaf(), ocsp=False))


def _revoked_by_staple(bench: Bench) -> OpenScenario:
    authority = _issuer(bench)
    issued = bench.issue(bench.leaf().unrevocable(), by=authority)
    authority.revoke(issued, bench.now - 5 * DAY, x509.ReasonFlags.superseded)
    staple = ocsp_answer(authority, question_about(issued, authority), bench.now)
    return bench.serve_tls(TlsSettings(Identity(issued.chain, issued.key), staple=staple))


def _must_staple(bench: Bench) -> OpenScenario:
    demand = x509.TLSFeature([x509.TLSFeatureType.status_request])
    return bench.serve(bench.issue(bench.leaf().but(demand), by=_issuer(bench)))


def _outdated_staple(bench: Bench) -> OpenScenario:
    authority = _issuer(bench)
    # No addresses: with a responder that answers Firefox asks there and is content.
    issued = bench.issue(bench.leaf().unrevocable(), by=authority)
    staple = ocsp_answer(authority, question_about(issued, authority), bench.now - 15 * DAY)
    return bench.serve_tls(TlsSettings(Identity(issued.chain, issued.key), staple=staple))


def _unknown(bench: Bench) -> OpenScenario:
    authority = _issuer(bench)
    bench.pki.responder.replace(authority.addresses.ocsp or "", BROKEN)
    return bench.serve(bench.issue(replace(bench.leaf(), crl=False), by=authority))


BUILDERS: dict[str, Build] = {
    "revoked": _revoked,
    "revoked-crl": _revoked_by_crl,
    "revoked-staple": _revoked_by_staple,
    "must-staple": _must_staple,
    "staple-outdated": _outdated_staple,
    "revocation-unknown": _unknown,
}
