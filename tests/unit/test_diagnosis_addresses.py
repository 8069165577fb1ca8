"""Several addresses with different certificates: each is judged, and the odd one is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.elsewhere import MAX_GROUPS, groups_of
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis
from certwizard.domain.observation import Failure, FailureReason, Handshake, Observation, Offer
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, FieldId, Severity, Status, Verdict
from certwizard.knowledge.clients import profiles
from tests import factory as f

P = f.pki()
FOUR, SIX, THIRD = "192.0.2.10", "2001:db8::10", "192.0.2.11"
GOOD = P.chain
RENEWED = (f.leaf(P.intermediate, key=f.ec_key("renewed"), days=(-1, 89)), P.intermediate)
EXPIRED = (f.leaf(P.intermediate, days=(-102, -12)), P.intermediate)
ENDING = (f.leaf(P.intermediate, days=(-88, 2)), P.intermediate)
OTHER_NAME = (f.leaf(P.intermediate, ["other.example.org"]), P.intermediate)
EXPIRED_OTHER_NAME = (f.leaf(P.intermediate, ["other.example.org"], days=(-102, -12)), P.intermediate)
OWN = (f.leaf(None),)
INCOMPLETE = (P.leaf,)
WITH_ROOT = (*P.chain, P.root)
CHAINS = (GOOD, RENEWED, EXPIRED, ENDING, OTHER_NAME, EXPIRED_OTHER_NAME, OWN, INCOMPLETE, WITH_ROOT)
MAINSTREAM = {profile.id for profile in profiles() if profile.mainstream}
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seen(*served: tuple[str, tuple[f.Issued, ...]]) -> Observation:
    """Return an observation of these addresses, each with what it serves."""
    shaken = tuple(f.handshake(chain, address=address) for address, chain in served)
    return f.observation(anchors=[P.root], handshakes=shaken)


def two(first: tuple[f.Issued, ...], second: tuple[f.Issued, ...]) -> Observation:
    """Return an observation of an IPv4 address, which is judged, and an IPv6 one."""
    return seen((FOUR, first), (SIX, second))


def ids(diagnosis: Diagnosis) -> list[C]:
    """Return the causes' ids in order."""
    return [cause.id for cause in diagnosis.causes]


def the_cause(diagnosis: Diagnosis) -> Cause:
    """Return the cause this is all about."""
    return next(cause for cause in diagnosis.causes if cause.id is C.INCONSISTENT_ADDRESSES)


def rows(diagnosis: Diagnosis) -> dict[str, Status]:
    """Return what the installation step says of each address."""
    facts = diagnosis.check(CheckId.INSTALLATION).facts
    return {fact.label: fact.status for fact in facts if fact.field is FieldId.ADDRESS}


def refusing(diagnosis: Diagnosis) -> set[str]:
    """Return the mainstream clients that refuse."""
    return {o.client for o in diagnosis.clients if o.action is ClientAction.REJECTS} & MAINSTREAM


def test_a_bad_certificate_behind_the_other_address_is_rejected_and_named() -> None:
    """The judged address alone would have been called fine."""
    diagnosis = diagnose(two(GOOD, EXPIRED))
    assert diagnosis.verdict is Verdict.REJECTED
    assert ids(diagnosis) == [C.INCONSISTENT_ADDRESSES]
    assert the_cause(diagnosis).severity is Severity.ERROR
    assert the_cause(diagnosis).headline == (
        "2001:db8::10 serves a certificate that expired 12 days ago; 192.0.2.10 serves a good one."
    )
    assert diagnosis.check(CheckId.INSTALLATION).status is Status.FAIL
    assert diagnosis.check(CheckId.DATES).status is Status.PASS


def test_each_address_has_a_row_with_what_it_serves() -> None:
    """Name, end and fingerprint, and whether clients take it."""
    diagnosis = diagnose(two(GOOD, EXPIRED))
    assert rows(diagnosis) == {f"Served at {FOUR}": Status.PASS, f"Served at {SIX}": Status.FAIL}
    facts = diagnosis.check(CheckId.INSTALLATION).facts
    odd = next(fact for fact in facts if SIX in fact.label)
    assert "2026-11-11" in odd.seen
    assert EXPIRED[0].sha256[:16] in odd.seen
    assert f.HOST in odd.seen


def test_clients_are_refused_where_the_odd_address_refuses_them_in_their_own_words() -> None:
    """Words of the odd address, cause of the name."""
    at_both, at_one = diagnose(two(EXPIRED, EXPIRED)), diagnose(two(GOOD, EXPIRED))
    assert refusing(at_one) == refusing(at_both) == MAINSTREAM
    chrome = next(outcome for outcome in at_one.clients if outcome.client == "chrome")
    assert chrome.cause is C.INCONSISTENT_ADDRESSES
    assert "ERR_CERT_DATE_INVALID" in chrome.message
    assert SIX in chrome.note


def test_where_the_judged_one_is_bad_its_faults_stay_listed_behind() -> None:
    """A good one exists already, so bringing the machine into line is the repair."""
    diagnosis = diagnose(two(EXPIRED, GOOD))
    assert diagnosis.verdict is Verdict.REJECTED
    assert ids(diagnosis) == [C.INCONSISTENT_ADDRESSES, C.EXPIRED]
    assert the_cause(diagnosis).headline == (
        "192.0.2.10 serves a certificate that expired 12 days ago; 2001:db8::10 serves a good one."
    )
    chrome = next(outcome for outcome in diagnosis.clients if outcome.client == "chrome")
    assert chrome.cause is C.EXPIRED


def test_different_good_certificates_are_a_remark_alone() -> None:
    """One a machine, or a renewal on its way, is the normal state."""
    diagnosis = diagnose(two(GOOD, RENEWED))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert [(c.id, c.severity) for c in diagnosis.causes] == [(C.INCONSISTENT_ADDRESSES, Severity.INFO)]
    assert diagnosis.root_cause is None
    assert set(rows(diagnosis).values()) == {Status.PASS}
    assert refusing(diagnosis) == set()


def test_a_chain_with_and_without_its_root_is_a_remark_alone() -> None:
    """Clients do not mind the root."""
    diagnosis = diagnose(two(GOOD, WITH_ROOT))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert ids(diagnosis) == [C.INCONSISTENT_ADDRESSES]


def test_a_machine_that_leaves_the_intermediate_out_is_rejected() -> None:
    """The leaf is the same, so comparing leaves would not show it."""
    diagnosis = diagnose(two(GOOD, INCOMPLETE))
    assert diagnosis.verdict is Verdict.REJECTED
    assert (
        "the same certificate without the intermediate “Test Intermediate”" in the_cause(diagnosis).headline
    )
    assert "curl" in refusing(diagnosis)


def test_clients_that_fetch_the_intermediate_are_not_said_to_refuse() -> None:
    """Chrome fetches it, curl does not, at that address as anywhere."""
    observation = replace(two(GOOD, INCOMPLETE), fetches=(f.aia(P.leaf, P.intermediate),))
    found = refusing(diagnose(observation))
    assert "curl" in found
    assert "chrome" not in found


def test_a_renewal_that_reached_one_machine_only_is_a_warning() -> None:
    """Today both work; the day after tomorrow one does not."""
    diagnosis = diagnose(two(RENEWED, ENDING))
    assert diagnosis.verdict is Verdict.WARNED
    assert the_cause(diagnosis).severity is Severity.WARNING
    assert "ends in 2 days" in the_cause(diagnosis).headline


def test_of_three_addresses_the_odd_one_is_named() -> None:
    """Whichever stands first."""
    diagnosis = diagnose(seen((FOUR, GOOD), (THIRD, GOOD), (SIX, OWN)))
    assert the_cause(diagnosis).headline == (
        "2001:db8::10 serves a self-signed certificate; 192.0.2.10 and 192.0.2.11 serve a good one."
    )
    assert list(rows(diagnosis).values()) == [Status.PASS, Status.PASS, Status.FAIL]
    assert rows(diagnose(seen((FOUR, OWN), (THIRD, GOOD), (SIX, GOOD))))[f"Served at {FOUR}"] is Status.FAIL


def test_a_fault_of_every_address_stays_the_root() -> None:
    """That one of them has expired too is no matter of the address: the name is wrong everywhere."""
    diagnosis = diagnose(two(OTHER_NAME, EXPIRED_OTHER_NAME))
    assert ids(diagnosis) == [C.HOSTNAME_MISMATCH, C.INCONSISTENT_ADDRESSES]
    assert the_cause(diagnosis).severity is Severity.WARNING


def test_different_faults_at_each_address_come_first() -> None:
    """To repair the one that was judged would not help at the other."""
    diagnosis = diagnose(two(EXPIRED, OTHER_NAME))
    assert ids(diagnosis)[0] in (C.INCONSISTENT_ADDRESSES, C.WRONG_CERTIFICATE_SERVED)
    assert C.EXPIRED in ids(diagnosis)
    assert f"does not cover {f.HOST}" in the_cause(diagnosis).headline


def test_the_right_certificate_at_another_address_is_told_once() -> None:
    """`wrong-certificate-served` says it already; the rows show the addresses."""
    diagnosis = diagnose(two(OTHER_NAME, GOOD))
    assert ids(diagnosis) == [C.WRONG_CERTIFICATE_SERVED, C.HOSTNAME_MISMATCH]
    assert list(rows(diagnosis).values()) == [Status.FAIL, Status.PASS]


def test_a_wrong_name_at_the_other_address_is_told() -> None:
    """The judged one is right, so the name check has nothing to say."""
    diagnosis = diagnose(two(GOOD, OTHER_NAME))
    assert ids(diagnosis) == [C.INCONSISTENT_ADDRESSES]
    assert f"does not cover {f.HOST}" in the_cause(diagnosis).headline


@pytest.mark.parametrize("chain", CHAINS)
def test_nothing_is_said_where_all_addresses_serve_the_same(chain: tuple[f.Issued, ...]) -> None:
    """Good or bad, the address makes no difference."""
    diagnosis = diagnose(two(chain, chain))
    assert C.INCONSISTENT_ADDRESSES not in ids(diagnosis)
    assert not rows(diagnosis)
    single = diagnose(seen((FOUR, chain)))
    assert (diagnosis.causes, diagnosis.clients) == (single.causes, single.clients)


@pytest.mark.parametrize(
    "changes",
    [{"sni": None}, {"offer": Offer.PERMISSIVE}, {"failure": Failure(FailureReason.RESET)}],
    ids=["without a name", "old offer", "failed"],
)
def test_only_completed_handshakes_like_the_judged_one_are_compared(changes: dict[str, object]) -> None:
    """What servers show to others says nothing about the clients of today."""
    other = f.handshake(EXPIRED, address=SIX, **changes)
    observation = f.observation(anchors=[P.root], handshakes=(f.handshake(GOOD), other))
    assert C.INCONSISTENT_ADDRESSES not in ids(diagnose(observation))


def test_the_number_of_chains_that_are_judged_is_bounded() -> None:
    """A name may have many addresses, and each may send something else."""
    leaves = [f.leaf(P.intermediate, days=(-30, 60 + number)) for number in range(12)]
    served = [(f"192.0.2.{number}", (each, P.intermediate)) for number, each in enumerate(leaves)]
    observation = seen(*served)
    assert len(groups_of(observation)) == MAX_GROUPS
    assert diagnose(observation).verdict is Verdict.ACCEPTED


@QUICK
@given(st.lists(st.sampled_from(CHAINS), min_size=2, max_size=4))
def test_the_verdict_is_rejected_just_when_a_mainstream_client_is_refused_somewhere(
    chains: list[tuple[f.Issued, ...]],
) -> None:
    """And judging is the same again, also after saving."""
    observation = seen(*((f"192.0.2.{number}", chain) for number, chain in enumerate(chains, 1)))
    diagnosis = diagnose(observation)
    each = [diagnose(seen((FOUR, chain))) for chain in chains]
    assert (diagnosis.verdict is Verdict.REJECTED) == bool(refusing(diagnosis))
    assert (diagnosis.verdict is Verdict.REJECTED) == any(one.verdict is Verdict.REJECTED for one in each)
    found = set(ids(diagnosis))
    assert all(o.cause in found and o.message for o in diagnosis.clients if o.client in refusing(diagnosis))
    assert (C.INCONSISTENT_ADDRESSES in found) <= (len(set(chains)) > 1)
    assert diagnose(observation) == diagnosis
    assert diagnose(decode_observation(encode_observation(observation))) == diagnosis


def shown(*chains: tuple[f.Issued, ...] | FailureReason, address: str = FOUR) -> tuple[Handshake, ...]:
    """Return handshakes with one address, one after the other, each with what it met."""
    return tuple(
        f.handshake(
            () if isinstance(met, FailureReason) else met,
            address=address,
            repeat=number,
            failure=Failure(met) if isinstance(met, FailureReason) else None,
            started_ms=number * 10.0,
            ended_ms=number * 10.0 + 9,
        )
        for number, met in enumerate(chains)
    )


def balanced(*chains: tuple[f.Issued, ...] | FailureReason) -> Observation:
    """Return an observation of one address with several machines behind it."""
    return f.observation(anchors=[P.root], handshakes=shown(*chains))


def test_of_the_machines_behind_one_address_the_odd_one_is_counted() -> None:
    """Some connections are refused, so the name is."""
    diagnosis = diagnose(balanced(GOOD, EXPIRED, GOOD, GOOD, EXPIRED))
    assert diagnosis.verdict is Verdict.REJECTED
    assert ids(diagnosis) == [C.INCONSISTENT_ADDRESSES]
    assert the_cause(diagnosis).headline == (
        "192.0.2.10 serves a certificate that expired 12 days ago in 2 of 5 handshakes; "
        "in 3 of 5 handshakes it serves a good one."
    )
    assert the_cause(diagnosis).detail == "balancer"
    assert "Several machines answer there" in the_cause(diagnosis).explanation
    assert rows(diagnosis) == {
        f"Served at {FOUR}, 3 of 5 times": Status.PASS,
        f"Served at {FOUR}, 2 of 5 times": Status.FAIL,
    }
    chrome = next(outcome for outcome in diagnosis.clients if outcome.client == "chrome")
    assert chrome.note == "So at 192.0.2.10 in 2 of 5 handshakes."


def test_three_kinds_of_certificates_are_all_named() -> None:
    """The worst in the headline, the others beside it."""
    cause = the_cause(diagnose(balanced(GOOD, OWN, EXPIRED, EXPIRED)))
    told = cause.headline + cause.explanation
    assert "self-signed" in told
    assert "expired 12 days ago" in told


def test_an_odd_machine_behind_one_of_two_addresses_is_counted_there() -> None:
    """The other address is named as a whole."""
    handshakes = (*shown(GOOD, GOOD, EXPIRED), *shown(GOOD, GOOD, address=SIX))
    cause = the_cause(diagnose(f.observation(anchors=[P.root], handshakes=handshakes)))
    assert "192.0.2.10 serves a certificate that expired 12 days ago in 1 of 3 handshakes" in cause.headline


def test_good_certificates_behind_one_address_are_a_remark_alone() -> None:
    """A renewal that is under way."""
    diagnosis = diagnose(balanced(GOOD, RENEWED, GOOD))
    assert diagnosis.verdict is Verdict.ACCEPTED
    assert [(c.id, c.severity) for c in diagnosis.causes] == [(C.INCONSISTENT_ADDRESSES, Severity.INFO)]


def test_a_machine_without_the_key_of_its_certificate_is_told_from_the_others() -> None:
    """The chain is the same; the proof fails."""
    handshakes = list(shown(GOOD, GOOD, GOOD))
    handshakes[1] = replace(handshakes[1], failure=Failure(FailureReason.TLS, alert_sent=51))
    diagnosis = diagnose(f.observation(anchors=[P.root], handshakes=tuple(handshakes)))
    assert diagnosis.verdict is Verdict.REJECTED
    assert "does not have the key of in 1 of 3 handshakes" in the_cause(diagnosis).headline


def test_what_fails_now_and_then_is_a_warning_with_its_share() -> None:
    """One machine of several hangs up; the others answer."""
    diagnosis = diagnose(balanced(GOOD, FailureReason.RESET, GOOD, FailureReason.RESET, GOOD))
    assert [(c.id, c.severity) for c in diagnosis.causes] == [(C.CONNECTION_RESET, Severity.WARNING)]
    assert diagnosis.causes[0].headline == "192.0.2.10 fails in 2 of 5 handshakes."
    assert diagnosis.causes[0].detail == "now-and-then"


@pytest.mark.parametrize(
    "met",
    [
        (GOOD, GOOD, FailureReason.REFUSED, FailureReason.REFUSED),
        (GOOD, FailureReason.TIMEOUT),
        (GOOD, FailureReason.CANCELLED, GOOD),
    ],
    ids=["few connections allowed", "one connection and no more", "cancelled"],
)
def test_a_server_that_tires_of_our_handshakes_is_not_blamed(
    met: tuple[tuple[f.Issued, ...] | FailureReason, ...],
) -> None:
    """Nothing came about after the failure, so we were the reason."""
    diagnosis = diagnose(balanced(*met))
    assert (diagnosis.causes, diagnosis.verdict) == ((), Verdict.ACCEPTED)


def test_a_failure_among_several_handshakes_at_once_blames_nobody() -> None:
    """Some servers allow a client two connections at a time."""
    first, failed, last = shown(GOOD, FailureReason.RESET, GOOD)
    crowd = f.handshake(GOOD, started_ms=failed.started_ms + 1, ended_ms=failed.ended_ms + 1, repeat=3)
    observation = f.observation(anchors=[P.root], handshakes=(first, failed, last, crowd))
    assert diagnose(observation).causes == ()


def of_kind(other: tuple[f.Issued, ...], protocol: str | None, offer: Offer = Offer.RSA) -> Observation:
    """Return a server that shows another chain to who asks for a kind of key.

    Args:
        other: That chain.
        protocol: With which version clients that put RSA first get it as well; None: they do not.
        offer: Which kind is asked for.
    """
    preferring = () if protocol is None else (f.handshake(other, offer=Offer.RSA_FIRST, protocol=protocol),)
    more = (f.handshake(other, offer=offer, protocol="TLSv1.2"), *preferring)
    return f.observation(anchors=[P.root], handshakes=(f.handshake(GOOD), *more))


@pytest.mark.parametrize(("protocol", "client"), [("TLSv1.3", "go"), ("TLSv1.2", "nodejs")])
def test_a_bad_rsa_certificate_beside_a_good_one_is_refused_by_who_prefers_rsa(
    protocol: str, client: str
) -> None:
    """Which clients those are depends on the version."""
    diagnosis = diagnose(of_kind(EXPIRED, protocol))
    assert diagnosis.verdict is Verdict.REJECTED
    assert refusing(diagnosis) == {client}
    assert the_cause(diagnosis).detail == "key-kind"
    assert the_cause(diagnosis).headline == (
        "Clients that ask for an RSA key get a certificate that expired 12 days ago; the others get a good one."
    )
    assert rows(diagnosis)[f"With RSA key at {FOUR}"] is Status.FAIL


@pytest.mark.parametrize(("offer", "kind"), [(Offer.RSA, "RSA"), (Offer.ECDSA_TLS13, "ECDSA")])
def test_a_bad_certificate_that_no_client_prefers_is_a_warning(offer: Offer, kind: str) -> None:
    """Only who knows that kind alone is refused, and no client of today is like that."""
    diagnosis = diagnose(of_kind(EXPIRED, None, offer))
    assert diagnosis.verdict is Verdict.WARNED
    assert kind in the_cause(diagnosis).headline
    assert refusing(diagnosis) == set()


def test_a_good_certificate_of_each_kind_is_how_it_should_be() -> None:
    """Not worth a word beyond its row."""
    diagnosis = diagnose(of_kind(RENEWED, "TLSv1.3"))
    assert diagnosis.causes == ()
    assert rows(diagnosis) == {f"Served at {FOUR}": Status.PASS, f"With RSA key at {FOUR}": Status.PASS}


def test_who_prefers_the_good_certificate_is_not_refused_for_the_other() -> None:
    """The ECDSA one has expired; Go never sees it."""
    handshakes = (
        f.handshake(EXPIRED),
        f.handshake(GOOD, offer=Offer.RSA, protocol="TLSv1.2"),
        f.handshake(GOOD, offer=Offer.RSA_FIRST, protocol="TLSv1.3"),
    )
    diagnosis = diagnose(f.observation(anchors=[P.root], handshakes=handshakes))
    assert C.EXPIRED in ids(diagnosis)
    assert refusing(diagnosis) == MAINSTREAM - {"go"}


def test_the_evidence_tells_how_often_each_certificate_was_met() -> None:
    """For programs that read the JSON."""
    served = diagnose(balanced(GOOD, EXPIRED, GOOD)).evidence["served"]
    assert served == [
        {"address": FOUR, "server_name": f.HOST, "offer": "modern", "leaf": leaf.sha256, "times": n, "of": 3}
        for leaf, n in ((GOOD[0], 2), (EXPIRED[0], 1))
    ]


@QUICK
@given(
    st.lists(st.sampled_from([*CHAINS, FailureReason.RESET, FailureReason.REFUSED]), min_size=1, max_size=6)
)
def test_any_mixture_behind_one_address_is_judged_the_same_again(
    met: list[tuple[f.Issued, ...] | FailureReason],
) -> None:
    """Also after saving."""
    observation = balanced(GOOD, *met)
    diagnosis = diagnose(observation)
    assert diagnose(decode_observation(encode_observation(observation))) == diagnosis
    worst = [diagnose(balanced(each)).verdict for each in met if not isinstance(each, FailureReason)]
    assert (diagnosis.verdict is Verdict.REJECTED) == (Verdict.REJECTED in worst)


@pytest.mark.parametrize("offer", [Offer.MODERN, Offer.PERMISSIVE])
def test_chains_are_compared_though_no_handshake_came_about(offer: Offer) -> None:
    """What was sent before it broke off shows the odd machine as well."""
    broke = Failure(FailureReason.RESET) if offer is Offer.MODERN else None
    shaken = tuple(
        f.handshake(chain, address=address, offer=offer, failure=broke)
        for chain, address in ((GOOD, FOUR), (OTHER_NAME, SIX))
    )
    diagnosis = diagnose(f.observation(anchors=[P.root], handshakes=shaken))
    assert C.INCONSISTENT_ADDRESSES in ids(diagnosis)


def test_a_handshake_that_broke_off_is_not_compared_with_one_that_came_about() -> None:
    """It may have been broken off by accident."""
    shaken = (
        f.handshake(GOOD, address=FOUR),
        f.handshake(OTHER_NAME, address=SIX, failure=Failure(FailureReason.RESET)),
    )
    assert C.INCONSISTENT_ADDRESSES not in ids(diagnose(f.observation(anchors=[P.root], handshakes=shaken)))
