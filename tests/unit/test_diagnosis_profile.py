"""Each rule of the profile is found where it is broken, weighed by who enforces it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography import x509

from certwizard.diagnosis.checks.profile import MOST_PER_RULE, RULES
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from certwizard.knowledge.clients import find_profile, profiles
from certwizard.knowledge.profile_rules import profile_rules
from tests import factory as f
from tests.profile_breakers import BREAKERS, Chain, with_intermediate, with_leaf, with_root

TOGETHER = {
    "empty-issuer": {"empty-ca-subject"},
    "empty-ca-subject": {"empty-issuer"},
}
"""Rules that cannot be broken alone."""
BESIDE = {
    "leaf-path-length": {C.MALFORMED},
    "old-version": {C.NO_SAN},
    "usage-beyond-key": {C.WEAK_KEY},
    "explicit-policy": {C.UNKNOWN_CRITICAL_EXTENSION},
}
"""Other causes that such a certificate has by necessity."""
each_rule = pytest.mark.parametrize("rule", list(BREAKERS))


def judged(chain: Chain, *stores: str) -> Diagnosis:
    """Return the diagnosis below a root of the user's, or in these stores."""
    return diagnose(f.observation(chain.sent, anchors=[chain], anchor_stores=stores or ("ca-file",)))  # type: ignore[list-item]


def broken(diagnosis: Diagnosis) -> set[str]:
    """Return the ids of the rules found broken."""
    return {cause.detail for cause in diagnosis.causes if cause.id is C.PROFILE_VIOLATION}


def test_every_rule_of_the_table_is_looked_at_and_has_a_chain_that_breaks_it() -> None:
    assert set(profile_rules()) == set(RULES) == set(BREAKERS)


@each_rule
def test_a_broken_rule_is_found_alone(rule: str) -> None:
    diagnosis = judged(BREAKERS[rule]())

    assert broken(diagnosis) == {rule} | TOGETHER.get(rule, set())
    assert {cause.id for cause in diagnosis.causes} == {C.PROFILE_VIOLATION} | BESIDE.get(rule, set())


@each_rule
def test_the_cause_carries_the_section_and_says_who_refuses(rule: str) -> None:
    row = profile_rules()[rule]
    cause = next(cause for cause in judged(BREAKERS[rule]()).causes if cause.detail == rule)

    assert cause.expected == f"{row.expected} ({row.section})"
    assert cause.field is row.field
    assert cause.seen
    assert cause.headline.endswith(".")
    mainstream = {profile.id for profile in profiles() if profile.mainstream}
    assert cause.severity is (Severity.ERROR if mainstream & set(row.clients) else Severity.WARNING)
    for client in row.clients:
        profile = find_profile(client)
        assert profile is not None
        assert profile.title in cause.explanation
    assert all(name in cause.explanation for name in row.strict if not row.clients)


@each_rule
def test_the_clients_of_the_rule_refuse_in_words_of_their_own_and_the_others_accept(rule: str) -> None:
    row = profile_rules()[rule]
    diagnosis = judged(BREAKERS[rule]())
    outcomes = {each.client: each for each in diagnosis.clients}

    refusing = {client for client, each in outcomes.items() if each.cause is C.PROFILE_VIOLATION}
    together = {client for other in TOGETHER.get(rule, set()) for client in profile_rules()[other].clients}
    assert set(row.clients) <= refusing | (set(outcomes) if rule in BESIDE else set())
    speaks_of = {each.id for each in profiles() if each.is_among({*row.clients, *together})}
    assert refusing <= speaks_of
    assert all(
        each.message and each.action is ClientAction.REJECTS
        for each in outcomes.values()
        if each.client in refusing
    )


@each_rule
def test_the_policy_step_shows_the_broken_rule(rule: str) -> None:
    diagnosis = judged(BREAKERS[rule]())
    policy = diagnosis.check(CheckId.POLICY)
    cause = next(cause for cause in diagnosis.causes if cause.detail == rule)

    assert policy.status in (Status.FAIL, Status.WARN)
    assert any(fact.field is cause.field and fact.status is not Status.PASS for fact in policy.facts)


@pytest.mark.parametrize("stores", [("ca-file",), ("mozilla", "system")])
@pytest.mark.parametrize(
    "make",
    [
        lambda: with_leaf(subject=x509.Name([]), having=[_names(critical=True)]),
        lambda: with_leaf(without=[x509.SubjectKeyIdentifier]),
        lambda: with_leaf(without=[x509.KeyUsage]),
        lambda: with_leaf(without=[x509.BasicConstraints]),
        lambda: with_leaf(days=(-1, 5)),
        lambda: with_leaf(names=[f.HOST, "*.example.com", "192.0.2.1", "xn--bcher-kva.example"]),
        lambda: with_leaf(names=[f.HOST, "2001:db8::1"], common="2001:db8::1"),
        lambda: with_leaf(key=f.rsa_key()),
        lambda: with_intermediate(path_length=0),
        lambda: with_root(serial=1, organisation="Example"),
    ],
)
def test_what_good_cas_issue_breaks_no_rule(make: Callable[[], Chain], stores: tuple[str, ...]) -> None:
    assert judged(make(), *stores).verdict is not Verdict.REJECTED
    assert not broken(judged(make(), *stores))


def test_what_a_server_signed_itself_is_outside_of_the_profile() -> None:
    leaf = f.leaf(None, common="other.example.com", without=[x509.SubjectKeyIdentifier])

    assert not broken(judged(Chain((leaf.der,), f.pki().root.der)))
    assert not broken(judged(Chain((leaf.der,), leaf.der)))


def test_a_wrong_signature_says_nothing_on_the_profile_of_its_issuer() -> None:
    leaf = f.leaf(f.pki().root, signing_key=f.ec_key("other"), common="other.example.com")

    assert {cause.id for cause in judged(Chain((leaf.der,), f.pki().root.der)).causes} == {C.BAD_SIGNATURE}


def test_a_title_as_common_name_is_fine_below_a_private_root_and_not_below_a_public_one() -> None:
    chain = with_leaf(common="Printer on floor 2")

    assert not broken(judged(chain))
    assert broken(judged(chain, "mozilla")) == {"common-name-not-listed"}


@pytest.mark.parametrize("common", ["Www.Example.com", "bücher.example", "0xC0000201", "192.000.002.001"])
def test_a_common_name_that_looks_like_a_host_has_to_be_listed_letter_by_letter(common: str) -> None:
    names = [f.HOST, "xn--bcher-kva.example", "192.0.2.1"]

    assert broken(judged(with_leaf(names=names, common=common))) == {"common-name-not-listed"}


@pytest.mark.parametrize("rule", ["name-constraints-not-critical", "wildcard-on-shared-suffix"])
def test_public_cas_may_deviate_where_their_own_rules_say_so(rule: str) -> None:
    assert broken(judged(BREAKERS[rule]())) == {rule}
    assert not broken(judged(BREAKERS[rule](), "mozilla"))


@pytest.mark.parametrize("rule", ["root-usage", "root-aki"])
def test_what_vendors_ship_as_roots_is_not_held_against_a_server(rule: str) -> None:
    assert not broken(judged(BREAKERS[rule](), "mozilla"))


def test_a_rule_binds_public_cas_from_its_day_on() -> None:
    rule = profile_rules()["any-usage"]

    assert rule.binds(datetime(2023, 9, 15, tzinfo=UTC), public=True)
    assert not rule.binds(datetime(2023, 9, 14, tzinfo=UTC), public=True)
    assert rule.binds(datetime(2000, 1, 1, tzinfo=UTC), public=False)


def test_a_client_that_looks_at_the_day_of_issue_refuses_from_that_day_on() -> None:
    rule = profile_rules()["missing-usage"]

    assert rule.refused(datetime(2019, 7, 1, tzinfo=UTC))
    assert not rule.refused(datetime(2019, 6, 30, tzinfo=UTC))
    assert not rule.refused(None)


def test_a_long_chain_of_careless_cas_gives_a_few_examples() -> None:
    issuer, chain = f.pki().root, []
    for number in range(8):
        issuer = f.intermediate(issuer, f"Careless {number}", without=[x509.SubjectKeyIdentifier])
        chain.append(issuer)
    sent = tuple(each.der for each in (f.leaf(issuer), *reversed(chain)))

    causes = [
        cause for cause in judged(Chain(sent, f.pki().root.der)).causes if cause.detail == "missing-ski"
    ]

    assert len(causes) == MOST_PER_RULE


def test_an_issuer_that_was_made_anew_may_be_described_by_either_certificate() -> None:
    """The key is the same, so OpenSSL takes the one that the leaf describes."""
    p = f.pki()
    anew = f.intermediate(p.root, days=(-10, 1500))
    key = x509.SubjectKeyIdentifier.from_public_key(p.intermediate.key.public_key()).digest
    for described in (p.intermediate, anew):
        aki = x509.AuthorityKeyIdentifier(
            key, [x509.DirectoryName(f.name("Test Root"))], described.certificate.serial_number
        )
        leaf = f.leaf(p.intermediate, having=[aki])
        sent = (leaf.der, p.intermediate.der, anew.der)
        assert "other-issuer" not in broken(judged(Chain(sent, p.root.der)))


def test_openssl_and_what_rests_on_it_find_no_issuer_where_another_is_described() -> None:
    outcomes = {each.client: each for each in judged(BREAKERS["other-issuer"]()).clients}

    assert "unable to get local issuer certificate" in outcomes["curl"].message
    assert outcomes["chrome"].action is ClientAction.ACCEPTS


def test_python_refuses_a_root_of_its_own_path_only() -> None:
    """The other root without a key id is in no path of the leaf."""
    chain, stranger = with_leaf(), f.root("Stranger", without=[x509.SubjectKeyIdentifier])
    seen = f.observation(chain.sent, anchors=[f.pki().root, stranger], anchor_stores=("ca-file",))

    assert diagnose(seen).verdict is Verdict.ACCEPTED


def _names(*, critical: bool) -> tuple[x509.SubjectAlternativeName, bool]:
    return x509.SubjectAlternativeName([x509.DNSName(f.HOST)]), critical
