"""Which path each client takes, and what it meets there although another path is good."""

from __future__ import annotations

from dataclasses import replace

from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.observation import Anchor
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from certwizard.knowledge.clients import profiles
from tests import factory as f

OPENSSL = {profile.id for profile in profiles() if profile.verifier == "openssl"}
GNUTLS = {profile.id for profile in profiles() if profile.verifier == "gnutls"}
GONE = (-900, -10)


def refusing(diagnosis: Diagnosis) -> set[str]:
    return {outcome.client for outcome in diagnosis.clients if outcome.action is ClientAction.REJECTS}


def twins(*, dead_end: bool, bad_first: bool = True) -> Diagnosis:
    """Two certificates of one intermediate: the bad one is expired, or comes from a root nobody holds."""
    key = f.ec_key("twins")
    other = f.root("Unknown Root") if dead_end else f.pki().root
    bad = f.intermediate(other, key=key, days=(-400, 1600) if dead_end else GONE)
    good = f.intermediate(f.pki().root, key=key)
    sent = [bad, good] if bad_first else [good, bad]
    return diagnose(f.observation([f.leaf(good), *sent], anchors=[f.pki().root]))


def test_a_dead_end_that_is_sent_first_is_refused_by_those_who_settle_for_it() -> None:
    diagnosis = twins(dead_end=True)
    assert diagnosis.verdict is Verdict.REJECTED
    assert refusing(diagnosis) == OPENSSL | GNUTLS
    cause = next(cause for cause in diagnosis.causes if cause.id is CauseId.UNTRUSTED_ROOT)
    assert cause.severity is Severity.ERROR
    assert cause.certificate == 1
    assert "settle for the first issuer" in cause.explanation


def test_a_dead_end_that_is_sent_last_leads_nobody_astray() -> None:
    assert twins(dead_end=True, bad_first=False).verdict is not Verdict.REJECTED


def test_an_expired_twin_is_refused_by_gnutls_alone_which_keeps_to_the_order() -> None:
    """OpenSSL prefers the one in date."""
    diagnosis = twins(dead_end=False)
    assert diagnosis.verdict is Verdict.WARNED
    assert refusing(diagnosis) == GNUTLS
    assert refusing(twins(dead_end=False, bad_first=False)) == set()


def test_in_a_file_the_order_is_not_yet_that_of_a_server() -> None:
    key = f.ec_key("twins")
    bad = f.intermediate(f.root("Unknown Root"), key=key, days=(-400, 1600))
    good = f.intermediate(f.pki().root, key=key)
    diagnosis = diagnose(f.files_observation([f.leaf(good), bad, good], anchors=[f.pki().root]))
    assert diagnosis.verdict is Verdict.WARNED


def test_an_expired_cross_certificate_hurts_only_where_the_new_root_is_not_held() -> None:
    """The AddTrust and DST Root CA X3 case: today's clients end at the new root."""
    old, new = f.root("Old Root", days=GONE), f.root("New Root")
    cross = f.intermediate(old, "New Root", key=new.key, days=GONE)
    issuer = f.intermediate(new)
    chain = [f.leaf(issuer), issuer, cross]
    assert refusing(diagnose(f.observation(chain, anchors=[new]))) == set()
    assert refusing(diagnose(f.observation(chain, anchors=[old, new]))) == set()
    assert refusing(diagnose(f.observation(chain, anchors=[old]))) >= OPENSSL | GNUTLS


def test_two_roots_of_one_name_that_no_key_id_tells_apart_leave_openssl_unknown() -> None:
    right, wrong = f.root("Twice"), f.root("Twice", key=f.ec_key("another"))
    issuer = f.intermediate(right, without=[x509.AuthorityKeyIdentifier])
    diagnosis = diagnose(f.observation([f.leaf(issuer), issuer], anchors=[right, wrong]))
    actions = {outcome.client: outcome.action for outcome in diagnosis.clients}
    assert actions["openssl"] is actions["curl"] is ClientAction.UNKNOWN
    assert actions["go"] is actions["chrome"] is ClientAction.ACCEPTS
    with_ids = f.intermediate(right)
    again = diagnose(f.observation([f.leaf(with_ids), with_ids], anchors=[right, wrong]))
    assert {outcome.action for outcome in again.clients} == {ClientAction.ACCEPTS}


def test_an_intermediate_of_a_store_ends_the_chain_unless_a_client_wants_a_root() -> None:
    chain = [f.pki().leaf, f.pki().intermediate]
    held = f.observation(chain, anchors=[f.pki().intermediate])
    assert refusing(diagnose(held)) == {"openssl", "nodejs", "python-3.11", "ruby", "php"}
    anchors = tuple(Anchor(each.der, ("mozilla", "system")) for each in (f.pki().intermediate, f.pki().root))
    both = f.observation(chain, anchors=[], anchor_stores=("mozilla", "system"))
    assert refusing(diagnose(replace(both, anchors=anchors))) == set()


def test_a_root_without_basic_constraints_is_taken_by_openssl_where_its_usage_says_ca_and_by_strict_ones_never() -> (
    None
):
    bare = f.root("Bare Root", without=[x509.BasicConstraints])
    issuer = f.intermediate(bare)
    found = refusing(diagnose(f.observation([f.leaf(issuer), issuer], anchors=[bare])))
    assert "python" in found
    assert not found & {"openssl", "curl", "gnutls", "wget"}
    barer = f.root("Barer Root", without=[x509.BasicConstraints, x509.KeyUsage])
    below = f.intermediate(barer)
    found = refusing(diagnose(f.observation([f.leaf(below), below], anchors=[barer])))
    assert {"openssl", "curl", "python", "nodejs"} <= found
    assert not found & GNUTLS
