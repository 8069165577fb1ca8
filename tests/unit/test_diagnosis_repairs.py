"""What turns the verdict green: the smallest set of changes, found by judging again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.repair import ChangeKind as K
from certwizard.diagnosis.repair import Repair
from certwizard.diagnosis.repairs import search
from certwizard.diagnosis.repairs.proposal import Proposal
from certwizard.diagnosis.repairs.supposition import suppose
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import Thresholds, limit_of
from certwizard.domain.observation import Failure, FailureReason, HttpHint, Observation, Offer
from certwizard.domain.saved import encode_observation
from certwizard.domain.trust_stores import PlaceState, StorePlace, TrustVariable
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import Verdict
from tests import factory as f
from tests import faults as x
from tests import judged_again as again
from tests.unit.test_diagnosis_causes import FAULTS, seen, with_leaf
from tests.unit.test_diagnosis_root_cause import DOUBLE

P = f.pki()
MAKERS: list[Callable[[], Observation]] = [fault.make for fault in FAULTS] + [make for make, _ in DOUBLE]
NAMES = [fault.id for fault in FAULTS] + [make.__name__ for make, _ in DOUBLE]


def best(diagnosis: Diagnosis) -> Repair:
    """Return the set found."""
    assert diagnosis.repairs.best is not None, diagnosis.repairs.note
    return diagnosis.repairs.best


def kinds(repair: Repair | None) -> list[K]:
    """Return the kinds of its changes."""
    return [] if repair is None else [change.kind for change in repair.changes]


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_the_first_change_removes_the_root_cause_and_no_smaller_set_does_it(
    make: Callable[[], Observation],
) -> None:
    """Tried by brute force over every change that any cause asks for."""
    again.holds(make())


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_what_is_supposed_leaves_no_trace_in_what_was_seen(make: Callable[[], Observation]) -> None:
    """The observation is as it was, and nothing invented stands in the diagnosis."""
    observation = make()
    before = encode_observation(observation)
    diagnosis = diagnose(observation)
    assert encode_observation(observation) == before
    assert not any(link.certificate.supposed_signer for link in diagnosis.path)
    assert not any(sent.certificate.supposed_signer for sent in diagnosis.sent)


ONE_CHANGE = {
    "expired": K.RENEW,
    "not-yet-valid": K.RENEW,
    "hostname-mismatch": K.NEW_CERTIFICATE,
    "no-san": K.NEW_CERTIFICATE,
    "self-signed": K.TRUSTED_CERTIFICATE,
    "untrusted-root, root not sent": K.TRUSTED_CERTIFICATE,
    "missing-intermediate": K.SEND_INTERMEDIATE,
    "bad-signature": K.NEW_CERTIFICATE,
    "not-a-ca": K.TRUSTED_CERTIFICATE,
    "path-length": K.TRUSTED_CERTIFICATE,
    "name-constraints": K.TRUSTED_CERTIFICATE,
    "key-mismatch": K.MATCHING_KEY,
    "weak-key": K.NEW_CERTIFICATE,
    "weak-signature": K.NEW_CERTIFICATE,
    "validity-too-long": K.NEW_CERTIFICATE,
    "wrong-usage": K.NEW_CERTIFICATE,
    "unknown-critical-extension": K.NEW_CERTIFICATE,
    "malformed": K.NEW_CERTIFICATE,
    "wrong-certificate-served": K.SERVE_RIGHT_CERTIFICATE,
    "clock-wrong": K.SET_CLOCK,
}


@pytest.mark.parametrize(("fault", "kind"), ONE_CHANGE.items(), ids=lambda value: str(value))
def test_a_single_fault_needs_one_change_and_then_every_client_accepts(fault: str, kind: K) -> None:
    """Of the changes that would do, the one that asks least."""
    repair = best(diagnose(next(each for each in FAULTS if each.id == fault).make()))
    assert kinds(repair) == [kind]
    assert repair.verdict is Verdict.ACCEPTED
    assert repair.refusing == ()


def test_a_healthy_server_needs_nothing() -> None:
    """And nothing is said."""
    repairs = diagnose(seen(*P.chain)).repairs
    assert (repairs.best, repairs.spotless, repairs.note) == (None, None, "")


def test_one_new_certificate_mends_all_that_is_wrong_with_it() -> None:
    """It says what must differ."""
    leaf = f.leaf(P.intermediate, ["other.example.org"], days=(-90, -1), key=f.rsa_key(1024))
    repair = best(diagnose(seen(leaf, P.intermediate)))
    assert kinds(repair) == [K.NEW_CERTIFICATE]
    assert repair.changes[0].text == (
        "get a new certificate for www.example.com, within its dates and with a strong key"
    )
    assert repair.changes[0].removes == (C.HOSTNAME_MISMATCH, C.EXPIRED, C.WEAK_KEY)


def test_a_renewal_does_not_send_the_missing_intermediate() -> None:
    """Two faults in two places need two changes, the root cause's first."""
    leaf = f.leaf(P.intermediate, days=(-90, -1))
    repair = best(again.holds(seen(leaf, fetches=(f.aia(leaf, P.intermediate),))))
    assert kinds(repair) == [K.SEND_INTERMEDIATE, K.RENEW]
    assert [change.removes for change in repair.changes] == [(C.MISSING_INTERMEDIATE,), (C.EXPIRED,)]


def test_two_missing_intermediates_are_sent_by_one_change() -> None:
    """Both in their order."""
    lower = f.intermediate(P.intermediate, "Lower")
    leaf = f.leaf(lower)
    fetches = (f.aia(leaf, lower), f.aia(lower, P.intermediate))
    repair = best(again.holds(seen(leaf, fetches=fetches)))
    assert kinds(repair) == [K.SEND_INTERMEDIATE]
    assert repair.changes[0].text == "send “Lower” and “Test Intermediate” after the server's certificate"


def test_an_intermediate_that_nobody_saw_is_supposed_where_it_must_exist() -> None:
    """A public CA's name and root are known, its certificate is not at hand."""
    top = f.root("ISRG Root X1", organisation="Internet Security Research Group")
    leaf = f.leaf(f.intermediate(top, "R11", organisation="Let's Encrypt"))
    repair = best(again.holds(f.observation([leaf], anchors=[top])))
    assert repair.changes[0].text == "send “R11” after the server's certificate"
    assert repair.verdict is Verdict.ACCEPTED


def test_a_private_name_is_better_served_by_a_root_of_ones_own() -> None:
    """No public CA issues for it; in public it is the other way round."""
    for host, first, second in (
        ("nas.internal", K.INSTALL_ROOT, K.TRUSTED_CERTIFICATE),
        ("nas.example.com", K.TRUSTED_CERTIFICATE, K.INSTALL_ROOT),
    ):
        repairs = diagnose(f.observation([f.leaf(f.root("Nobody"), [host])], host, anchors=[P.root])).repairs
        assert kinds(repairs.best) == [first]
        assert [kinds(each) for each in repairs.others] == [[second]]


def test_the_root_that_was_sent_is_the_one_to_install() -> None:
    """With it the chain is trusted, as it is."""
    own = f.root("Own Root")
    leaf = f.leaf(own, ["nas.internal"])
    repair = best(again.holds(f.observation([leaf, own], "nas.internal", anchors=[P.root])))
    assert repair.changes[0].text == "install the root “Own Root” on every client, if it is your own CA's"
    assert repair.left == (C.EXTRA_CERTIFICATES,)


def test_the_server_s_own_certificate_is_put_first_and_then_judged() -> None:
    """What the wrong order hid comes out: the certificate had expired."""
    leaf = f.leaf(P.intermediate, days=(-90, -1))
    repair = best(again.holds(seen(P.intermediate, leaf)))
    assert kinds(repair) == [K.RIGHT_ORDER, K.RENEW]
    assert repair.changes[0].removes == (C.WRONG_ORDER, C.HOSTNAME_MISMATCH, C.WRONG_USAGE)


def test_an_expired_intermediate_is_replaced_by_a_renewed_one() -> None:
    """The server's own certificate stays."""
    old = f.intermediate(P.root, "Old CA", days=(-500, -5))
    repair = best(again.holds(seen(f.leaf(old), old)))
    assert repair.changes[0].text == "send a renewed “Old CA” in place of the old one"


def test_an_expired_copy_is_left_out_where_there_is_a_good_one() -> None:
    """That asks less than a renewal."""
    key = f.ec_key("twins")
    old = f.intermediate(P.root, "Twin CA", key=key, days=(-500, -5))
    good = f.intermediate(P.root, "Twin CA", key=key)
    diagnosis = diagnose(seen(f.leaf(old), old, good))
    assert diagnosis.verdict is Verdict.WARNED
    assert diagnosis.repairs.best is None
    assert kinds(diagnosis.repairs.spotless) == [K.LEAVE_OUT]


def test_warnings_that_stay_are_named_and_what_removes_them_too() -> None:
    """The certificate is renewed, the stranger in the chain stays unless it is left out."""
    stranger = f.intermediate(f.root("Old Root"), "Old Intermediate")
    repairs = again.holds(seen(f.leaf(P.intermediate, days=(-90, -1)), P.intermediate, stranger)).repairs
    assert repairs.best is not None
    assert repairs.best.verdict is Verdict.WARNED
    assert repairs.best.left == (C.EXTRA_CERTIFICATES,)
    assert kinds(repairs.spotless) == [K.RENEW, K.LEAVE_OUT]


def test_addresses_are_brought_into_line_with_the_good_one() -> None:
    """Whichever of them was judged."""
    expired = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
    for first, second in ((P.chain, expired), (expired, P.chain)):
        shaken = (f.handshake(first, address="192.0.2.10"), f.handshake(second, address="2001:db8::10"))
        repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
        good, bad = ("192.0.2.10", "2001:db8::10")[:: 1 if first == P.chain else -1]
        assert repair.changes[0].text == f"bring {bad} into line with {good}, or take it out of DNS"


def test_machines_behind_one_address_are_brought_into_line_with_the_good_one() -> None:
    """They have no address of their own, so the good certificate is named."""
    expired = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
    shaken = tuple(f.handshake(each, repeat=n) for n, each in enumerate((expired, P.chain, expired)))
    repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
    assert kinds(repair) == [K.ALIGN_ADDRESSES]
    assert repair.changes[0].text.startswith("bring the other machines into line with the one that sends")
    assert P.leaf.sha256[:16] in repair.changes[0].text


def test_the_certificate_with_the_other_kind_of_key_is_renewed_as_well() -> None:
    """Only Go and its like meet it."""
    expired = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
    shaken = (
        f.handshake(P.chain),
        f.handshake(expired, offer=Offer.RSA, protocol="TLSv1.2"),
        f.handshake(expired, offer=Offer.RSA_FIRST),
    )
    repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
    assert [each.text for each in repair.changes] == [
        "renew and install the RSA certificate too, or take it out of the configuration"
    ]


def test_the_right_certificate_seen_at_another_address_is_the_one_judged() -> None:
    """It was seen, so it need not be supposed: what is wrong with it counts."""
    other = (f.leaf(P.intermediate, ["other.example.org"]), P.intermediate)
    right = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
    shaken = (f.handshake(other, address="192.0.2.10"), f.handshake(right, address="192.0.2.11"))
    repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
    assert kinds(repair) == [K.NEW_CERTIFICATE] or repair.changes[0].kind is K.SERVE_RIGHT_CERTIFICATE


def test_an_old_server_is_judged_by_the_chain_it_sent_when_all_was_allowed() -> None:
    """Its certificate was seen, and it has expired too."""
    expired = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
    alert = Failure(FailureReason.ALERT, alert=70)
    shaken = (
        f.handshake((), failure=alert, protocol=None, cipher=None),
        f.handshake(expired, offer=Offer.PERMISSIVE, protocol="TLSv1"),
    )
    repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
    assert kinds(repair) == [K.MODERN_TLS, K.RENEW]


def test_a_server_that_shows_no_certificate_leaves_the_rest_open() -> None:
    """The change is named, and that nothing more can be said."""
    shaken = (f.handshake((), failure=Failure(FailureReason.ALERT, alert=70), protocol=None, cipher=None),)
    diagnosis = again.holds(f.observation(anchors=[P.root], handshakes=shaken))
    assert kinds(best(diagnosis)) == [K.MODERN_TLS]
    assert not best(diagnosis).green
    assert diagnosis.repairs.note


def test_who_demands_a_client_certificate_may_stop() -> None:
    """The server's own certificate is good."""
    shaken = (
        f.handshake(
            P.chain, failure=Failure(FailureReason.ALERT, alert=116), client_certificate_requested=True
        ),
    )
    repair = best(again.holds(f.observation(anchors=[P.root], handshakes=shaken)))
    assert kinds(repair) == [K.NO_CLIENT_CERTIFICATE]
    assert repair.green


@pytest.mark.parametrize(
    "observation",
    [
        f.observation(handshakes=(f.handshake((), failure=Failure(FailureReason.REFUSED)),)),
        f.observation(handshakes=()),
        f.observation(
            [f.leaf(None, ["portal.lan"])],
            anchors=[P.root],
            http=HttpHint(302, f.NOW, f.NOW, "http://192.168.1.1/login"),
        ),
    ],
    ids=["refused", "nothing", "portal"],
)
def test_what_was_not_seen_is_not_judged(observation: Observation) -> None:
    """No change is named, and why."""
    repairs = again.holds(observation).repairs
    assert repairs.best is None
    assert repairs.note.endswith(".")


def test_a_change_that_another_makes_needless_is_not_asked_for() -> None:
    """Signed rightly the certificate would still be of a CA that lost its trust: another CA mends both."""
    forged, lost = (
        next(each for each in x.FAULTS if each.cause is cause) for cause in (C.BAD_SIGNATURE, C.DISTRUSTED_CA)
    )
    repair = best(again.holds(x.built(lost.change(forged.change(x.Server())))))
    assert kinds(repair) == [K.TRUSTED_CERTIFICATE]


def test_a_promised_staple_is_sent_or_no_longer_promised() -> None:
    """To staple asks less; where the certificate names nobody to ask, only a new one is left."""
    place = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.test/")
    )
    repairs = again.holds(with_leaf(having=[x.STAPLE, x509.AuthorityInformationAccess([place])])).repairs
    assert kinds(repairs.best) == [K.STAPLE]
    assert [each.changes[0].text for each in repairs.others] == ["get a new certificate without must-staple"]
    assert kinds(best(again.holds(with_leaf(having=[x.STAPLE])))) == [K.NEW_CERTIFICATE]


STORES = {
    C.TRUST_STORE_MISSING: "put the public roots into this system's store",
    C.TRUST_STORE_OUTDATED: "update this system's store, or add “Test Root” to it",
}


@pytest.mark.parametrize(("cause", "text"), STORES.items(), ids=lambda value: str(value))
def test_this_machine_is_mended_where_it_is_at_fault(cause: C, text: str) -> None:
    """The server stays as it is."""
    fault = next(each for each in x.FAULTS if each.cause is cause)
    repair = best(again.holds(x.built(fault.change(x.Server()))))
    assert [change.text for change in repair.changes] == [text]


def test_a_variable_that_leads_nowhere_is_unset() -> None:
    """It is one of this machine's settings."""
    gone = TrustVariable("SSL_CERT_FILE", StorePlace("/gone.pem", PlaceState.MISSING))
    repair = best(again.holds(seen(*P.chain, trust_variables=(gone,))))
    assert repair.changes[0].text == "let SSL_CERT_FILE name a file with the public roots, or leave it unset"


def test_a_root_that_this_machine_distrusts_on_purpose_is_a_choice() -> None:
    """A certificate of another CA asks nobody to change their mind."""
    system = f.store("system", excluded=(P.root.sha256,))
    observation = f.observation(
        P.chain, anchors=[P.root], anchor_stores=("mozilla",), stores=(f.store("mozilla"), system)
    )
    repairs = again.holds(observation).repairs
    assert kinds(repairs.best) == [K.TRUSTED_CERTIFICATE]
    assert [each.changes[0].text for each in repairs.others] == [
        "let this machine trust “Test Root” again, if that was a mistake"
    ]


def test_a_root_of_some_vendors_alone_can_be_installed_or_left() -> None:
    """Clients without it need it, or the server another certificate."""
    observation = f.observation(
        P.chain,
        anchors=[P.root],
        anchor_stores=("microsoft",),
        stores=(f.store("microsoft"), f.store("mozilla")),
    )
    repairs = again.holds(observation).repairs
    assert kinds(repairs.best) == [K.TRUSTED_CERTIFICATE]
    assert [each.changes[0].text for each in repairs.others] == [
        "install the root “Test Root” on the clients that do not have it"
    ]


def test_the_limits_of_the_user_are_held() -> None:
    """A certificate that ends too soon by --critical is an error, and a renewal removes it."""
    limits = Thresholds(critical=limit_of("--critical", "70d"))
    repair = best(diagnose(with_leaf(), limits))
    assert kinds(repair) == [K.RENEW]


def test_a_clock_is_set_by_the_difference_and_everything_judged_at_that_time() -> None:
    """The certificate is good by the server's clock."""
    then = f.NOW - timedelta(days=400)
    hint = HttpHint(200, f.NOW, then)
    repair = best(again.holds(f.observation(P.chain, anchors=[P.root], at=then, http=hint)))
    assert repair.changes[0].text == "set this computer's clock forward by 400 days"
    assert repair.verdict is Verdict.ACCEPTED


def test_the_search_stops_where_too_much_comes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(search, "MAX_JUDGEMENTS", 0)
    monkeypatch.setattr(search, "MIN_JUDGEMENTS", 0)
    repairs = diagnose(with_leaf(days=(-90, -1))).repairs
    assert repairs.best is None
    assert "stopped" in repairs.note


@pytest.mark.parametrize("fault", x.FAULTS, ids=lambda fault: fault.cause.value)
def test_a_single_fault_is_judged_again_a_few_times_alone(
    fault: x.Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found at once costs a check hardly anything."""
    made = []
    real = search.judge_with

    def counting(start: Judgement, chosen: Iterable[Proposal]) -> Judgement:
        made.append(chosen)
        return real(start, chosen)

    monkeypatch.setattr(search, "judge_with", counting)
    diagnose(x.built(fault.change(x.Server())))
    assert len(made) <= 4


def test_a_large_chain_is_judged_again_only_a_few_times() -> None:
    """A hostile server must not make the program think for long."""
    many = [f.intermediate(P.root, f"CA {number}") for number in range(60)]
    start = again.judged(seen(f.leaf(P.intermediate, days=(-90, -1)), P.intermediate, *many))
    assert search._allowed(start) < search.MAX_JUDGEMENTS / 3


def test_a_replaced_certificate_is_replaced_wherever_it_was_sent() -> None:
    """At every address, and in the place it had."""
    shaken = tuple(f.handshake(P.chain, address=address) for address in ("192.0.2.10", "192.0.2.11"))
    start = again.judged(f.observation(anchors=[P.root], handshakes=shaken))
    made = replace(start.case.sent[0], der=b"made", sha256="00")
    after = suppose(start.case).replaced(P.leaf.der, made)
    assert [each.chain for each in after.observation.handshakes] == [(b"made", P.intermediate.der)] * 2
    assert after.facts(P.leaf.der) is made
