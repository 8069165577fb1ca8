"""Who shares a cipher suite with the server, and what a server cannot bear in the greeting of today."""

from __future__ import annotations

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.observation import Failure, FailureReason, Handshake, HttpHint, Observation, Offer
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import Severity, Verdict
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.handshakes import client_offers, kind_of_suite, suite_kinds
from tests import factory as f

P = f.pki()
MAINSTREAM = frozenset(profile.id for profile in profiles() if profile.mainstream)
BEST = "ECDHE-RSA-AES128-GCM-SHA256"
REFUSED = Failure(FailureReason.ALERT, alert=40)
RESET = Failure(FailureReason.RESET)


def chose(*names: str, whole: bool = True, bits: int | None = None) -> tuple[Handshake, ...]:
    """Return the answers to greetings with every suite, and the refusal of what is left."""
    answers = [
        f.handshake(
            (), offer=Offer.EVERYTHING, protocol="TLSv1.2", cipher=name, repeat=n, dh_bits=None if n else bits
        )
        for n, name in enumerate(names)
    ]
    if whole:
        answers.append(
            f.handshake((), offer=Offer.EVERYTHING, protocol=None, cipher=None, failure=REFUSED, repeat=9)
        )
    return tuple(answers)


def old(cipher: str = BEST) -> Handshake:
    """Return a handshake of today over TLS 1.2."""
    return f.handshake(P.chain, protocol="TLSv1.2", cipher=cipher)


def failed(failure: Failure = REFUSED, **changes: object) -> Handshake:
    return f.handshake((), failure=failure, protocol=None, cipher=None, **changes)


def seen(*handshakes: Handshake, **changes: object) -> Observation:
    return f.observation(anchors=[P.root], handshakes=handshakes, **changes)  # type: ignore[arg-type]


def found(diagnosis: Diagnosis) -> list[tuple[C, str, Severity]]:
    return [(cause.id, cause.detail, cause.severity) for cause in diagnosis.causes]


def refusing(diagnosis: Diagnosis) -> frozenset[str]:
    return MAINSTREAM & {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}


def test_every_client_is_known_by_what_it_offers() -> None:
    offered = [client for offer in client_offers() for client in offer.clients]
    assert sorted(offered) == sorted(profile.id for profile in profiles())


def test_who_offers_a_suite_is_not_refused_with_the_client_it_is_like() -> None:
    """PHP is like OpenSSL in judging certificates, yet it offers the short tags that OpenSSL leaves out."""
    observation = seen(failed(), *chose("ECDHE-ECDSA-AES128-CCM8"))
    actions = {each.client: each.action for each in diagnose(observation).clients}
    assert actions["php"] is not ClientAction.REJECTS
    assert actions["openssl"] is actions["ruby"] is ClientAction.REJECTS


def test_a_server_of_the_best_suite_is_no_fault() -> None:
    assert diagnose(seen(old(), *chose(BEST, whole=False))).causes == ()


def test_an_old_suite_beside_the_best_one_is_no_fault() -> None:
    """It prefers the old one, and gives every client what it has."""
    names = ("AES128-SHA", BEST)
    assert diagnose(seen(old("AES128-SHA"), *chose(*names))).causes == ()


def test_a_server_that_was_not_asked_to_the_end_is_not_blamed() -> None:
    assert diagnose(seen(old("AES128-SHA"), *chose("AES128-SHA", whole=False))).causes == ()


def test_tls_1_3_makes_the_suites_of_older_versions_meaningless() -> None:
    """Every client of today takes the newer version."""
    observation = seen(f.handshake(P.chain), *chose("AES128-SHA"))
    assert diagnose(observation).causes == ()


def test_clients_without_the_only_suite_refuse() -> None:
    diagnosis = diagnose(seen(old("AES128-SHA"), *chose("AES128-SHA")))
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "", Severity.ERROR)]
    assert refusing(diagnosis) == {"go", "java", "python"}
    assert "Python" in diagnosis.causes[0].headline
    assert "forward secrecy" in diagnosis.causes[0].explanation


def test_a_suite_of_nobody_is_refused_by_all_and_has_no_exception() -> None:
    diagnosis = diagnose(seen(failed(), *chose("RC4-SHA")))
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "", Severity.ERROR)]
    assert refusing(diagnosis) == MAINSTREAM
    assert diagnosis.causes[0].minded_by is None


@pytest.mark.parametrize(
    ("bits", "clients"),
    [
        (1024, {"curl", "openssl", "python", "nodejs"}),
        (768, {"curl", "openssl", "python", "nodejs", "java"}),
        (2048, set()),
        (None, set()),
    ],
)
def test_a_small_group_is_refused_by_those_who_are_given_it(bits: int | None, clients: set[str]) -> None:
    """The server prefers it; browsers and Go do not offer it."""
    diagnosis = diagnose(seen(old(), *chose("DHE-RSA-AES128-GCM-SHA256", whole=False, bits=bits)))
    assert refusing(diagnosis) == clients
    assert [c.detail for c in diagnosis.causes] == (["dh-small"] if clients else [])


def test_a_small_group_that_nobody_is_given_is_no_fault() -> None:
    """ECDHE comes first."""
    assert diagnose(seen(old(), *chose(BEST, "DHE-RSA-AES128-SHA", bits=512))).causes == ()


def test_a_failure_that_everything_repairs_with_the_best_suite_is_no_matter_of_suites() -> None:
    """Then it was the machine, not the offer."""
    diagnosis = diagnose(seen(failed(RESET), *chose(BEST)))
    assert [c.id for c in diagnosis.causes] == [C.CONNECTION_RESET]


@pytest.mark.parametrize("failure", [RESET, REFUSED, Failure(FailureReason.TIMEOUT)])
@pytest.mark.parametrize(("offer", "detail"), [(Offer.TLS12, "intolerant"), (Offer.SMALL, "long-greeting")])
def test_a_lesser_offer_that_works_shows_what_the_server_cannot_bear(
    failure: Failure, offer: Offer, detail: str
) -> None:
    handshakes = (f.handshake(P.chain, offer=offer), failed(failure, connected=True))
    diagnosis = diagnose(seen(*handshakes))
    assert found(diagnosis) == [(C.PROTOCOL_VERSION, detail, Severity.ERROR)]
    assert diagnosis.verdict is Verdict.REJECTED


def test_clients_with_a_short_greeting_notice_nothing_of_it() -> None:
    diagnosis = diagnose(seen(f.handshake(P.chain, offer=Offer.SMALL), failed(RESET)))
    assert refusing(diagnosis) == {"chrome", "edge", "firefox", "safari", "go", "nodejs"}
    chrome = next(each for each in diagnosis.clients if each.client == "chrome")
    assert "ERR_CONNECTION_RESET" in chrome.message


def test_clients_name_the_end_that_they_see() -> None:
    """An alert looks like a lack of ciphers."""
    diagnosis = diagnose(seen(f.handshake(P.chain, offer=Offer.TLS12), failed(REFUSED)))
    chrome = next(each for each in diagnosis.clients if each.client == "chrome")
    assert chrome.message.startswith("ERR_SSL_VERSION_OR_CIPHER_MISMATCH")
    assert refusing(diagnosis) == MAINSTREAM


def test_the_same_offer_that_works_later_is_no_matter_of_the_offer() -> None:
    """One machine of several fails, whatever it is greeted with."""
    handshakes = (
        f.handshake(P.chain, offer=Offer.SMALL, started_ms=20.0, ended_ms=29.0),
        failed(RESET, started_ms=1.0, ended_ms=9.0),
        f.handshake(P.chain, repeat=2, started_ms=30.0, ended_ms=39.0),
    )
    diagnosis = diagnose(seen(*handshakes))
    assert found(diagnosis) == [(C.CONNECTION_RESET, "now-and-then", Severity.WARNING)]


def test_a_version_seen_in_the_answer_is_named() -> None:
    refusal = Failure(FailureReason.TLS, alert_sent=70)
    diagnosis = diagnose(seen(f.handshake(P.chain, failure=refusal, protocol="TLSv1", cipher=None)))
    assert (diagnosis.causes[0].id, diagnosis.causes[0].seen) == (C.PROTOCOL_VERSION, "TLSv1")


def late(status: int | None) -> HttpHint:
    return HttpHint(status, None, f.NOW, client_certificate_requested=True)


@pytest.mark.parametrize(("status", "demanded"), [(None, True), (403, True), (200, False), (302, False)])
def test_a_late_request_is_a_demand_where_the_page_is_not_served(status: int | None, demanded: bool) -> None:
    diagnosis = diagnose(seen(f.handshake(P.chain), http=late(status)))
    assert (C.CLIENT_CERT_REQUIRED in [c.id for c in diagnosis.causes]) is demanded


@pytest.mark.parametrize("alert", [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 80, 116])
def test_any_alert_after_a_request_is_a_demand(alert: int) -> None:
    """Libraries do not agree which one to send."""
    broken = Failure(FailureReason.ALERT, alert=alert)
    handshake = f.handshake(P.chain, failure=broken, client_certificate_requested=True)
    assert [c.id for c in diagnose(seen(handshake)).causes] == [C.CLIENT_CERT_REQUIRED]


@pytest.mark.parametrize("alert", [20, 51, 70, 112])
def test_alerts_about_other_things_are_no_demand(alert: int) -> None:
    broken = Failure(FailureReason.ALERT, alert=alert)
    handshake = f.handshake(P.chain, failure=broken, client_certificate_requested=True)
    assert C.CLIENT_CERT_REQUIRED not in [c.id for c in diagnose(seen(handshake)).causes]


def test_a_request_in_another_handshake_says_nothing_of_this_one() -> None:
    """The permissive one was asked; the modern one failed for want of a cipher."""
    other = f.handshake(
        P.chain,
        offer=Offer.EVERYTHING,
        protocol="TLSv1.2",
        cipher="RC4-SHA",
        client_certificate_requested=True,
    )
    assert [c.id for c in diagnose(seen(failed(), other, *chose("RC4-SHA"))).causes] == [C.CIPHER_MISMATCH]


def test_what_was_seen_is_judged_the_same_after_saving() -> None:
    observation = seen(failed(), *chose("DHE-RSA-AES128-SHA", bits=1024), http=late(None))
    assert diagnose(decode_observation(encode_observation(observation))) == diagnose(observation)


def test_the_table_of_offers_names_kinds_that_exist_and_each_client_once() -> None:
    kinds = {kind.id for kind in suite_kinds()}
    assert all(offer.kinds <= kinds for offer in client_offers())
    named = [client for offer in client_offers() for client in offer.clients]
    assert len(named) == len(set(named))
    assert {profile.id for profile in profiles() if profile.mainstream} <= set(named)


def test_each_suite_is_of_one_kind() -> None:
    numbers = [number for kind in suite_kinds() for number in kind.suites]
    assert len(numbers) == len(set(numbers))
    assert all(kind_of_suite(name) is kind for kind in suite_kinds() for name in kind.suites.values())
