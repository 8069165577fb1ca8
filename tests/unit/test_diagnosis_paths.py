"""Paths: which one is judged by, what a name alone does not prove, and bounds on the work."""

from __future__ import annotations

from time import perf_counter

import pytest
from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Origin
from certwizard.domain.observation import Anchor, FailureReason, Observation, TrustStore
from certwizard.domain.observation import Failure as ProbeFailure
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from tests import factory as f


def faults(observation: Observation) -> list[C]:
    """Return the causes that are more than remarks."""
    return [cause.id for cause in diagnose(observation).causes if cause.severity is not Severity.INFO]


def cross_signed(issuer: f.Issued, like: f.Issued, days: tuple[float, float] = (-900, 900)) -> f.Issued:
    """Return a certificate with the name and key of another one, signed by this issuer."""
    return f.issue(
        f.Spec(
            like.certificate.subject, like.key, f.NOW + days[0] * f.DAY, f.NOW + days[1] * f.DAY,
            {
                type(e.value): (e.value, e.critical)
                for e in like.certificate.extensions
                if not isinstance(e.value, x509.AuthorityKeyIdentifier)
            },
        ),
        issuer,
    )  # fmt: skip


def test_the_path_ends_at_the_root_of_the_store_though_a_longer_one_was_sent() -> None:
    """A cross certificate to an unknown root does no harm."""
    root = f.root("Known Root")
    cross = cross_signed(f.root("Unknown Root"), root)
    issuer = f.intermediate(root, "CA")
    diagnosis = diagnose(f.observation([f.leaf(issuer), issuer, cross], anchors=[root]))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert [link.origin for link in diagnosis.path] == [Origin.SENT, Origin.SENT, Origin.STORE]


def test_a_cross_certificate_carries_the_chain_where_only_the_old_root_is_known() -> None:
    """The new root is not in the store; what was sent still leads to the old one."""
    old, new = f.root("Old Root"), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    chain = [f.leaf(issuer), issuer, cross_signed(old, new)]
    assert faults(f.observation(chain, anchors=[old])) == []
    assert faults(f.observation(chain[:2], anchors=[old])) == [C.UNTRUSTED_ROOT]


def test_a_cycle_of_cas_ends() -> None:
    """Two CAs that signed each other lead nowhere."""
    one, two = f.root("One"), f.root("Two")
    chain = [f.leaf(one), cross_signed(two, one), cross_signed(one, two)]
    assert faults(f.observation(chain, anchors=[f.pki().root])) == [C.UNTRUSTED_ROOT]


def test_a_root_of_the_same_name_with_another_key_is_not_the_issuer() -> None:
    """The key ids differ, so this is an unknown root and no wrong signature."""
    imposter = f.root("Test Root", key=f.ec_key("imposter"))
    assert faults(f.observation([f.leaf(imposter)], anchors=[f.pki().root])) == [C.UNTRUSTED_ROOT]


def test_a_same_named_root_without_key_ids_is_a_wrong_signature() -> None:
    """Nothing says that another key was meant."""
    imposter = f.root("Test Root", key=f.ec_key("imposter"))
    leaf = f.leaf(imposter, without=[x509.AuthorityKeyIdentifier])
    assert faults(f.observation([leaf], anchors=[f.pki().root])) == [C.BAD_SIGNATURE]


def test_of_two_issuers_with_one_name_the_one_that_verifies_counts() -> None:
    """No fault, whichever stands first."""
    p = f.pki()
    twin = f.intermediate(
        p.root, "Test Intermediate", key=f.ec_key("twin"), without=[x509.SubjectKeyIdentifier]
    )
    leaf = f.leaf(p.intermediate, without=[x509.AuthorityKeyIdentifier])
    for chain in ([leaf, p.intermediate, twin], [leaf, twin, p.intermediate]):
        # The twin has nothing to do with the leaf; without a key id the leaf itself breaks its profile.
        found = faults(f.observation(chain, anchors=[p.root]))
        assert found == [C.PROFILE_VIOLATION, C.EXTRA_CERTIFICATES]


def test_a_key_id_that_differs_leaves_the_trust_but_openssl_refuses() -> None:
    """Key ids are hints for browsers (RFC 5280 4.2.1.1) and filters for OpenSSL (error 20, measured)."""
    p = f.pki()
    wrong_id = x509.AuthorityKeyIdentifier(b"\x01" * 20, None, None)
    leaf = f.leaf(p.intermediate, having=[wrong_id])
    diagnosis = diagnose(f.observation([leaf, p.intermediate], anchors=[p.root]))
    assert diagnosis.check(CheckId.TRUST).status is Status.PASS
    assert [(cause.id, cause.detail) for cause in diagnosis.causes] == [(C.MALFORMED, "key-id")]
    actions = {outcome.client: outcome.action.value for outcome in diagnosis.clients}
    assert actions["curl"] == actions["nodejs"] == "rejects"
    assert actions["chrome"] == actions["go"] == "accepts"


def test_names_are_compared_without_regard_to_case_and_spaces() -> None:
    """RFC 5280 7.1; the signature still has to verify. Clients that compare bytes are told of."""
    p = f.pki()
    leaf = f.leaf(p.intermediate, issuer_name=f.name("TEST  intermediate"))
    diagnosis = diagnose(f.observation([leaf, p.intermediate], anchors=[p.root]))
    assert diagnosis.check(CheckId.TRUST).status is Status.PASS
    assert [cause.detail for cause in diagnosis.causes] == ["issuer-encoding"]


def test_a_self_signed_leaf_in_the_store_is_trusted() -> None:
    """It was installed by hand."""
    own = f.leaf(None)
    assert faults(f.observation([own], anchors=[own], anchor_stores=("ca-file",))) == []


@pytest.mark.parametrize(
    ("store", "detail", "severity", "action"),
    [
        ("system", "no-root", Severity.ERROR, "rejects"),
        ("ca-file", "chosen-anchor", Severity.WARNING, "unknown"),
    ],
)
def test_an_intermediate_as_the_only_anchor_is_enough_for_some_clients_alone(
    store: str, detail: str, severity: Severity, action: str
) -> None:
    """OpenSSL and Node.js go on to a self-signed root (error 2, measured); a user may choose any anchor."""
    p = f.pki()
    diagnosis = diagnose(f.observation(p.chain, anchors=[p.intermediate], anchor_stores=(store,)))
    assert [(cause.id, cause.detail, cause.severity, cause.certificate) for cause in diagnosis.causes] == [
        (C.UNTRUSTED_ROOT, detail, severity, 1)
    ]
    actions = {outcome.client: outcome.action.value for outcome in diagnosis.clients}
    assert actions["openssl"] == actions["nodejs"] == action
    if store == "ca-file":
        assert actions["curl"] == actions["go"] == actions["chrome"] == "accepts"


def test_a_store_with_both_the_intermediate_and_its_root_is_enough_for_all() -> None:
    """The path goes on to the root."""
    p = f.pki()
    assert faults(f.observation([p.leaf], anchors=[p.intermediate, p.root])) == []


def test_an_algorithm_that_is_not_known_leaves_trust_unknown() -> None:
    """Not verified is not the same as wrong."""
    issuer = f.intermediate(f.pki().root, "RSA CA", key=f.rsa_key())
    der = f.leaf(issuer).der.replace(bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d01017e"))
    diagnosis = diagnose(f.observation([der, issuer], anchors=[f.pki().root]))
    assert diagnosis.check(CheckId.TRUST).status is Status.UNKNOWN
    assert C.BAD_SIGNATURE not in [cause.id for cause in diagnosis.causes]
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert not diagnosis.trusted


def test_a_key_of_another_kind_never_made_the_signature() -> None:
    """An RSA key does not make ECDSA signatures, so this is wrong and not unknown."""
    twin = f.root("Test Root", key=f.rsa_key(), without=[x509.SubjectKeyIdentifier])
    leaf = f.leaf(f.pki().root, without=[x509.AuthorityKeyIdentifier])
    assert faults(f.observation([leaf], anchors=[twin])) == [C.BAD_SIGNATURE]


def test_a_self_issued_leaf_with_a_wrong_signature_is_named_so() -> None:
    """It is no self-signed certificate, for its key did not sign it."""
    broken = f.leaf(None, signing_key=f.ec_key("other"))
    assert faults(f.observation([broken], anchors=[f.pki().root])) == [C.UNTRUSTED_ROOT, C.BAD_SIGNATURE]


def test_a_version_1_root_is_an_anchor_like_any_other() -> None:
    """Version 1 knows no basic constraints; OpenSSL and others accept it in the store."""
    from dataclasses import replace

    from certwizard.diagnosis.flaws import ca_problem
    from certwizard.diagnosis.pool import Node
    from certwizard.domain.parsing import parse_certificate

    plain = parse_certificate(f.pki().root.der)
    first = replace(plain, version=1, basic_constraints=None, key_usage=None)
    assert ca_problem(Node(first, stores=("system",))) == ""
    assert ca_problem(Node(first)) == "basic-constraints"


@pytest.mark.parametrize("same_name", [True, False])
@pytest.mark.parametrize("same_key", [True, False])
def test_a_hundred_cas_cost_bounded_work(same_name: bool, same_key: bool) -> None:
    """No chain of junk takes long, and where the search stopped the answer says so."""
    issuer = f.root("Junk 0", key=f.ec_key("junk 0"))
    chain = []
    for number in range(1, 60):
        label = "Junk 0" if same_name else f"Junk {number}"
        key = f.ec_key("junk 0" if same_key else f"junk {number}")
        issuer = f.intermediate(issuer, label, key=key, days=(-500 - number, 1500))
        chain.append(issuer)
    observation = f.observation([f.leaf(issuer), *reversed(chain)], anchors=[f.pki().root])
    begin = perf_counter()
    diagnosis = diagnose(observation)
    assert perf_counter() - begin < 5
    assert diagnosis.verdict is not Verdict.ACCEPTED
    assert C.BAD_SIGNATURE not in [cause.id for cause in diagnosis.causes]


def test_many_issuers_of_one_name_do_not_hide_the_trusted_one() -> None:
    """Anchors are tried first."""
    p = f.pki()
    twins = [
        f.root("Test Root", key=f.ec_key(f"twin {n}"), without=[x509.SubjectKeyIdentifier]) for n in range(40)
    ]
    assert C.UNTRUSTED_ROOT not in faults(f.observation([*p.chain, *twins], anchors=[p.root]))


@pytest.mark.parametrize(
    ("stores", "words"),
    [
        (("mozilla", "system"), "public root"),
        (("microsoft", "mozilla", "system"), "held by Microsoft, Mozilla and this system"),
        (("system",), "Trusted only where its root is installed"),
        (("ca-file",), "Trusted only where its root is installed"),
    ],
)
def test_the_answer_names_the_store_it_rests_on(stores: tuple[str, ...], words: str) -> None:
    """Trusted is trusted, but by whom matters."""
    diagnosis = diagnose(f.observation(f.pki().chain, anchors=[f.pki().root], anchor_stores=stores))
    result = diagnosis.check(CheckId.TRUST)
    assert result.status is Status.PASS
    assert words in result.headline


def test_without_a_readable_store_trust_is_unknown() -> None:
    """That is no reason to call a chain untrusted, nor to accept it."""
    broken = TrustStore(
        "system", "this system's store", "/etc/ssl", 0, ProbeFailure(FailureReason.UNREADABLE)
    )
    observation = f.observation(f.pki().chain, stores=(broken,))
    diagnosis = diagnose(observation)
    assert diagnosis.check(CheckId.TRUST).status is Status.UNKNOWN
    assert diagnosis.verdict is Verdict.UNDETERMINED


def test_a_fetched_intermediate_completes_the_path_but_is_missing() -> None:
    """Browsers that fetch it accept, the others do not; both are said."""
    p = f.pki()
    diagnosis = diagnose(f.observation([p.leaf], anchors=[p.root], fetches=(f.aia(p.leaf, p.intermediate),)))
    actions = {outcome.client: outcome.action.value for outcome in diagnosis.clients}
    assert actions["chrome"] == "accepts"
    assert actions["curl"] == actions["python"] == actions["java"] == "rejects"
    assert [link.origin for link in diagnosis.path] == [Origin.SENT, Origin.FETCHED, Origin.STORE]


def test_a_pkcs7_bundle_at_the_address_counts_too() -> None:
    """Some CAs publish their issuers so."""
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    p = f.pki()
    bundle = pkcs7.serialize_certificates([p.intermediate.certificate], Encoding.DER)
    assert faults(f.observation([p.leaf], anchors=[p.root], fetches=(f.aia(p.leaf, bundle),))) == [
        C.MISSING_INTERMEDIATE
    ]


def test_junk_at_the_address_is_ignored() -> None:
    """HTML, an empty body or a broken certificate prove nothing."""
    p = f.pki()
    for body in (
        b"<html>",
        b"0",
        p.intermediate.der[:40],
        b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
    ):
        assert faults(f.observation([p.leaf], anchors=[p.root], fetches=(f.aia(p.leaf, body),))) == [
            C.UNTRUSTED_ROOT
        ]


def test_a_fetched_root_is_no_missing_intermediate() -> None:
    """A private CA that publishes its root stays a private CA."""
    own = f.root("Own Root")
    leaf = f.leaf(own)
    assert faults(f.observation([leaf], anchors=[f.pki().root], fetches=(f.aia(leaf, own),))) == [
        C.UNTRUSTED_ROOT
    ]


def test_a_known_public_intermediate_is_told_from_an_unknown_ca_without_the_network() -> None:
    """The subject alone says that it exists."""
    issuer = f.intermediate(f.root("Elsewhere"), "R11", organisation="Let's Encrypt")
    assert faults(f.observation([f.leaf(issuer)], anchors=[f.pki().root], offline=True)) == [
        C.MISSING_INTERMEDIATE
    ]


def test_a_root_of_the_same_organisation_says_that_an_intermediate_is_missing() -> None:
    """A company's CAs share its name."""
    company = f.root("Company Root", organisation="Company")
    issuer = f.intermediate(company, "Company Issuing CA", organisation="Company")
    assert faults(f.observation([f.leaf(issuer)], anchors=[company], anchor_stores=("ca-file",))) == [
        C.MISSING_INTERMEDIATE
    ]


def test_an_unneeded_sound_path_through_another_store_counts() -> None:
    """Two roots under one name in two stores: any that verifies will do."""
    p = f.pki()
    other = f.root("Test Root", key=f.ec_key("elsewhere"))
    observation = f.observation(
        p.chain,
        anchors=(),
        fetches=(),
    )
    from dataclasses import replace

    observation = replace(
        observation, anchors=(Anchor(other.der, ("mozilla",)), Anchor(p.root.der, ("system",)))
    )
    assert faults(observation) == []


def test_a_trusted_root_of_the_same_name_with_another_key_is_told_apart_from_an_unknown_one() -> None:
    ours, theirs = (f.root(organisation="Example", key=f.ec_key(whose)) for whose in ("ours", "theirs"))
    for chain in ([f.leaf(ours)], [f.leaf(ours), ours]):
        cause = diagnose(f.observation(chain, anchors=[theirs])).causes[0]
        assert cause.id is C.UNTRUSTED_ROOT
        assert "with another key" in cause.explanation


def test_an_intermediate_of_the_right_name_with_another_key_is_the_wrong_generation() -> None:
    """A CA keeps its name when it changes its key; the chain file of the last certificate is then wrong."""
    root = f.root("Its Root")
    today = f.intermediate(root, "Issuing CA", key=f.ec_key("today"))
    before = f.intermediate(root, "Issuing CA", key=f.ec_key("before"))
    leaf = f.leaf(today)
    for anchors in ([root], []):
        causes = diagnose(f.files_observation([leaf, before], anchors=anchors)).causes
        assert [cause.id for cause in causes] == [C.MISSING_INTERMEDIATE, C.EXTRA_CERTIFICATES]
        assert "with another key" in causes[0].explanation
        assert "with another key" in causes[1].headline
    whole = diagnose(f.files_observation([leaf, before, today], anchors=[root]))
    assert [cause.id for cause in whole.causes] == [C.EXTRA_CERTIFICATES]
