"""The connection: from what each handshake met to one cause, and what stays open without a certificate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import (
    AddressSource,
    Failure,
    FailureReason,
    Handshake,
    HttpHint,
    Observation,
    Offer,
    Resolution,
)
from certwizard.domain.target import Starttls
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from tests import factory as f

R = FailureReason
P = f.pki()


def failed(reason: FailureReason, *, chain: bool = False, **changes: object) -> Handshake:
    """Return a handshake that failed for a reason."""
    names = ("detail", "alert", "alert_sent", "spoke")
    failure = Failure(reason, **{name: changes.pop(name) for name in names if name in changes})  # type: ignore[arg-type]
    defaults: dict[str, object] = {} if chain else {"protocol": None, "cipher": None}
    return f.handshake(P.chain if chain else (), failure=failure, **{**defaults, **changes})


def seen(*handshakes: Handshake, **changes: object) -> Observation:
    """Return an observation of these handshakes."""
    return f.observation(anchors=[P.root], handshakes=handshakes, **changes)  # type: ignore[arg-type]


def permissive(**changes: object) -> Handshake:
    """Return a handshake that came about with everything old allowed."""
    return f.handshake(P.chain, offer=Offer.PERMISSIVE, **changes)


def found(observation: Observation) -> list[tuple[C, Severity]]:
    """Return the causes with their severities."""
    return [(cause.id, cause.severity) for cause in diagnose(observation).causes]


NOTHING = {
    "refused": (failed(R.REFUSED), C.CONNECTION_REFUSED),
    "timeout": (failed(R.TIMEOUT), C.TIMEOUT),
    "unreachable": (failed(R.UNREACHABLE), C.TIMEOUT),
    "reset": (failed(R.RESET), C.CONNECTION_RESET),
    "plain HTTP": (failed(R.NOT_TLS, spoke="HTTP"), C.NOT_TLS),
    "SSH": (failed(R.NOT_TLS, spoke="SSH"), C.NOT_TLS),
    "no STARTTLS": (failed(R.STARTTLS_REFUSED, detail="502 not implemented"), C.STARTTLS_REFUSED),
    "proxy": (failed(R.PROXY, detail="403 Forbidden"), C.CONNECTION_REFUSED),
    "unrecognized name": (failed(R.ALERT, alert=112), C.CONNECTION_RESET),
    "internal error": (failed(R.ALERT, alert=80), C.CONNECTION_RESET),
    "unreadable": (failed(R.TLS, detail="bad length"), C.CONNECTION_RESET),
}


@pytest.mark.parametrize(("handshake", "cause"), NOTHING.values(), ids=NOTHING)
def test_without_a_certificate_the_question_stays_open(handshake: Handshake, cause: C) -> None:
    """One cause, verdict undetermined, the other checks skipped for the same reason."""
    diagnosis = diagnose(seen(handshake))
    assert [(each.id, each.severity) for each in diagnosis.causes] == [(cause, Severity.ERROR)]
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert [result.status for result in diagnosis.checks] == [Status.FAIL, *[Status.SKIPPED] * 7]
    assert all(result.headline.startswith("No certificate was received") for result in diagnosis.checks[1:])
    assert {outcome.action.value for outcome in diagnosis.clients} == {"unknown"}


def test_a_name_without_an_address_is_a_dns_failure() -> None:
    """Nothing was contacted."""
    resolution = Resolution(f.HOST, failure=Failure(R.DNS, "EAI_NONAME"))
    diagnosis = diagnose(seen(resolution=resolution))
    assert [cause.id for cause in diagnosis.causes] == [C.DNS_FAILURE]
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert f.HOST in diagnosis.causes[0].headline


def test_a_proxy_that_cannot_be_used_is_no_dns_failure() -> None:
    """The name was never looked up."""
    resolution = Resolution(f.HOST, (), AddressSource.PROXY, Failure(R.PROXY, "no such scheme"))
    assert [cause for cause, _ in found(seen(resolution=resolution))] == [C.CONNECTION_REFUSED]


def test_a_cancelled_probe_has_no_cause() -> None:
    """It is unknown, with the reason."""
    diagnosis = diagnose(seen(failed(R.CANCELLED)))
    assert diagnosis.causes == ()
    assert diagnosis.check(CheckId.CONNECTION).status is Status.UNKNOWN
    assert "cancelled" in diagnosis.check(CheckId.CONNECTION).headline
    assert diagnosis.verdict is Verdict.UNDETERMINED


REFUSALS = {
    "only TLS 1.0": ((failed(R.ALERT, alert=70), permissive(protocol="TLSv1")), C.PROTOCOL_VERSION),
    "only TLS 1.1, closed without an alert": (
        (failed(R.RESET), permissive(protocol="TLSv1.1")),
        C.PROTOCOL_VERSION,
    ),
    "alert 70 alone": ((failed(R.ALERT, alert=70),), C.PROTOCOL_VERSION),
    "we refuse its version": ((failed(R.TLS, alert_sent=70),), C.PROTOCOL_VERSION),
    "only a weak cipher": (
        (failed(R.ALERT, alert=40), permissive(protocol="TLSv1.2", cipher="DES-CBC3-SHA")),
        C.CIPHER_MISMATCH,
    ),
    "alert 40 both ways": (
        (failed(R.ALERT, alert=40), failed(R.ALERT, alert=40, offer=Offer.PERMISSIVE)),
        C.CIPHER_MISMATCH,
    ),
    "insufficient security": ((failed(R.ALERT, alert=71),), C.CIPHER_MISMATCH),
    "certificate required": ((failed(R.ALERT, chain=True, alert=116),), C.CLIENT_CERT_REQUIRED),
    "alert 40 after a request": (
        (failed(R.ALERT, chain=True, alert=40, client_certificate_requested=True),),
        C.CLIENT_CERT_REQUIRED,
    ),
    "alert 42 after a request": (
        (failed(R.ALERT, chain=True, alert=42, client_certificate_requested=True),),
        C.CLIENT_CERT_REQUIRED,
    ),
    "the key does not fit": ((failed(R.TLS, chain=True, alert_sent=51),), C.KEY_MISMATCH),
}


@pytest.mark.parametrize(("handshakes", "cause"), REFUSALS.values(), ids=REFUSALS)
def test_what_clients_cannot_agree_on_is_a_rejection(handshakes: tuple[Handshake, ...], cause: C) -> None:
    """Told by alert numbers and by what a permissive offer shows; the certificate is judged all the same."""
    diagnosis = diagnose(seen(*handshakes))
    assert [each.id for each in diagnosis.causes] == [cause]
    assert diagnosis.verdict is Verdict.REJECTED
    received = any(each.chain for each in handshakes)
    assert (diagnosis.check(CheckId.DATES).status is Status.PASS) is received


def test_a_request_that_is_not_insisted_on_is_no_fault() -> None:
    """Many servers ask and accept none."""
    assert found(seen(f.handshake(P.chain, client_certificate_requested=True))) == []


def test_one_address_that_does_not_answer_is_a_warning_that_names_it() -> None:
    """The others work."""
    observation = seen(f.handshake(P.chain), failed(R.TIMEOUT, address="2001:db8::1"))
    diagnosis = diagnose(observation)
    assert found(observation) == [(C.TIMEOUT, Severity.WARNING)]
    assert "[2001:db8::1]" in diagnosis.causes[0].headline
    assert diagnosis.verdict is Verdict.WARNED


def test_localhost_without_an_ipv6_listener_is_only_a_remark() -> None:
    """Its second address often has none."""
    observation = f.observation(
        anchors=[P.root], host="localhost",
        handshakes=(
            f.handshake([f.leaf(P.intermediate, ["localhost"]), P.intermediate], sni="localhost", address="127.0.0.1"),
            failed(R.REFUSED, sni="localhost", address="::1"),
        ),
    )  # fmt: skip
    assert found(observation) == [(C.CONNECTION_REFUSED, Severity.INFO)]
    assert diagnose(observation).verdict is Verdict.ACCEPTED


def test_a_failure_without_a_name_in_the_handshake_is_nothing() -> None:
    """Today's clients send the name."""
    assert found(seen(f.handshake(P.chain), failed(R.ALERT, alert=112, sni=None))) == []


OTHER = f.leaf(P.intermediate, ["other.example.org"])


@pytest.mark.parametrize(
    ("changes", "detail"),
    [({"sni": None}, "no-sni"), ({"address": "192.0.2.11"}, "other-address")],
    ids=["without a name", "another address"],
)
def test_the_right_certificate_elsewhere_proves_that_the_wrong_one_was_served(
    changes: dict[str, object], detail: str
) -> None:
    """The certificate exists; the configuration does not lead to it."""
    observation = seen(f.handshake([OTHER, P.intermediate]), f.handshake(P.chain, **changes))
    diagnosis = diagnose(observation)
    assert [cause.id for cause in diagnosis.causes] == [C.WRONG_CERTIFICATE_SERVED, C.HOSTNAME_MISMATCH]
    assert diagnosis.causes[0].detail == detail


def test_a_mismatch_alone_proves_no_wrong_certificate() -> None:
    """It may be the only one there is."""
    assert [c for c, _ in found(seen(f.handshake([OTHER, P.intermediate])))] == [C.HOSTNAME_MISMATCH]


def test_a_default_certificate_whose_name_was_asked_for_is_the_right_one() -> None:
    """Localhost on localhost."""
    own = f.leaf(None, ["localhost"])
    observation = f.observation([own], "localhost", anchors=[P.root])
    assert [c for c, _ in found(observation)] == [C.SELF_SIGNED]


def hint(status: int, location: str | None = None, *, over_tls: bool = True) -> HttpHint:
    """Return the head of an HTTP answer."""
    return HttpHint(status, f.NOW, f.NOW, location, over_tls=over_tls)


PORTALS = {
    "511 in the clear": hint(511, over_tls=False),
    "511": hint(511),
    "private address": hint(302, "http://192.168.0.1/"),
    "login page": hint(307, "https://hotspot.example.net/login?to=x"),
    "word in the path": hint(302, "http://cafe.example.net/portal/start"),
}


@pytest.mark.parametrize("http", PORTALS.values(), ids=PORTALS)
def test_a_login_page_in_the_servers_place_is_a_captive_portal(http: HttpHint) -> None:
    """It comes first; the mismatch stays listed."""
    observation = seen(f.handshake([OTHER, P.intermediate]), http=http)
    assert [c for c, _ in found(observation)] == [C.CAPTIVE_PORTAL, C.HOSTNAME_MISMATCH]


NO_PORTALS = {
    "same domain": hint(302, "https://login.example.com/"),
    "no portal word": hint(302, "https://other.example.net/start"),
    "a word inside another": hint(302, "https://example.net/blogindex"),
    "no redirect": hint(200, "https://portal.example.net/"),
    "relative": hint(302, "/login"),
    "unreadable": hint(302, "http://[::1"),
}


@pytest.mark.parametrize("http", NO_PORTALS.values(), ids=NO_PORTALS)
def test_an_ordinary_redirect_is_no_captive_portal(http: HttpHint) -> None:
    """Only what leads away to a login page counts."""
    observation = seen(f.handshake([OTHER, P.intermediate]), http=http)
    assert C.CAPTIVE_PORTAL not in [c for c, _ in found(observation)]


@pytest.mark.parametrize("http", [hint(511), hint(302, "http://192.168.0.1/login")])
def test_a_server_that_proves_who_it_is_is_no_portal(http: HttpHint) -> None:
    """Its certificate matches and is trusted."""
    assert found(seen(f.handshake(P.chain), http=http)) == []


def test_starttls_that_is_missing_is_hinted_at_on_mail_ports() -> None:
    """Port 25 speaks SMTP first."""
    target = f.target(port=25)
    observation = replace(seen(failed(R.NOT_TLS, spoke="SMTP", port=25)), target=target)
    assert "--starttls smtp" in diagnose(observation).causes[0].explanation
    upgraded = replace(observation, target=replace(target, starttls=Starttls.SMTP))
    assert "--starttls" not in diagnose(upgraded).causes[0].explanation


@pytest.mark.parametrize(
    ("spoke", "port", "scheme"),
    [
        ("SMTP", 9525, "smtp"),
        ("IMAP", 443, "imap"),
        ("SMTP or FTP", 21, "ftp"),
        ("PostgreSQL", 9999, "postgres"),
    ],
)
def test_a_port_that_is_heard_to_speak_what_can_be_upgraded_is_to_be_asked_so(
    spoke: str, port: int, scheme: str
) -> None:
    """What it speaks counts, whatever the port."""
    observation = replace(seen(failed(R.NOT_TLS, spoke=spoke, port=port)), target=f.target(port=port))
    explanation = diagnose(observation).causes[0].explanation
    assert f"{scheme}://{observation.target.display_name}, or add --starttls {scheme}" in explanation


def test_a_web_server_on_a_mail_port_is_not_asked_for_an_upgrade() -> None:
    observation = replace(seen(failed(R.NOT_TLS, spoke="HTTP", port=25)), target=f.target(port=25))
    assert "STARTTLS" not in diagnose(observation).causes[0].explanation


@pytest.mark.parametrize("status", [400, 495, 496])
def test_a_server_that_turns_requests_away_for_want_of_a_client_certificate_demands_one(status: int) -> None:
    """Nginx finishes the handshake without the certificate it asked for, and refuses the request."""
    asked = f.handshake(P.chain, client_certificate_requested=True)
    http = HttpHint(status, None, f.NOW)
    assert found(seen(asked, http=http)) == [(C.CLIENT_CERT_REQUIRED, Severity.ERROR)]
    assert found(seen(f.handshake(P.chain), http=http)) == []


def test_a_certificate_asked_for_and_not_needed_is_no_cause() -> None:
    asked = f.handshake(P.chain, client_certificate_requested=True)
    assert found(seen(asked, http=HttpHint(200, None, f.NOW))) == []


def test_a_name_below_localhost_needs_no_listener_at_every_loopback_address() -> None:
    refused = failed(R.REFUSED, address="::1")
    local = f.target("shop.localhost")
    pki = f.leaf(P.intermediate, ["shop.localhost"])
    observation = seen(f.handshake([pki, P.intermediate]), refused, target=local)
    assert found(observation) == [(C.CONNECTION_REFUSED, Severity.INFO)]


def test_tls_from_the_first_byte_is_told_from_a_server_that_refuses_the_upgrade() -> None:
    target = replace(f.target(port=465), starttls=Starttls.SMTP)
    diagnosis = diagnose(seen(failed(R.STARTTLS_REFUSED, spoke="TLS"), target=target))
    assert diagnosis.causes[0].id is C.STARTTLS_REFUSED
    assert diagnosis.causes[0].detail == "tls-at-once"


@pytest.mark.parametrize(
    ("name", "is_default"), [("debian", True), ("web-01", True), ("other.example", False)]
)
def test_a_certificate_signed_by_itself_for_a_bare_machine_name_is_a_default_one(
    name: str, is_default: bool
) -> None:
    causes = [cause for cause, _ in found(f.observation([f.leaf(None, [name])]))]
    assert (C.WRONG_CERTIFICATE_SERVED in causes) is is_default
    assert C.HOSTNAME_MISMATCH in causes


@pytest.mark.parametrize(
    ("handshake", "cause", "detail"),
    [
        (failed(R.RESET, chain=True), C.CONNECTION_RESET, "after-certificate"),
        (failed(R.ALERT, chain=True, alert=80), C.CONNECTION_RESET, "after-certificate"),
        (failed(R.TIMEOUT, chain=True, connected=True), C.TIMEOUT, "connected"),
        (failed(R.STARTTLS_REFUSED, chain=True, spoke="TLS"), C.STARTTLS_REFUSED, "tls-at-once"),
        (failed(R.TOO_LARGE), C.CONNECTION_RESET, "tls-error"),
    ],
    ids=["reset", "alert", "silence", "TLS where STARTTLS was asked", "endless handshake"],
)
def test_a_handshake_that_never_completes_is_never_accepted_though_its_chain_is_good(
    handshake: Handshake, cause: C, detail: str
) -> None:
    diagnosis = diagnose(seen(handshake))
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert [(each.id, each.detail) for each in diagnosis.causes] == [(cause, detail)]


def test_a_server_that_hangs_up_after_asking_for_a_client_certificate_demands_one() -> None:
    asked = failed(R.RESET, chain=True, client_certificate_requested=True)
    assert found(seen(asked)) == [(C.CLIENT_CERT_REQUIRED, Severity.ERROR)]


def test_a_time_out_after_the_connection_blames_no_firewall() -> None:
    cause = diagnose(seen(failed(R.TIMEOUT, connected=True))).causes[0]
    assert (cause.id, cause.detail) == (C.TIMEOUT, "connected")
    assert "takes the connection" in cause.headline


def test_an_address_of_the_wrong_family_is_not_blamed_on_the_name_servers() -> None:
    failure = Failure(R.DNS, "no IPv6 address; it is IPv4")
    resolution = Resolution("127.0.0.1", (), AddressSource.OPTION, failure)
    cause = diagnose(seen(resolution=resolution)).causes[0]
    assert (cause.id, cause.detail) == (C.DNS_FAILURE, "family")
    assert "name server" not in cause.explanation


def test_a_refusal_of_a_handshake_without_a_name_advises_to_send_one() -> None:
    cause = diagnose(seen(failed(R.ALERT, alert=112, sni=None))).causes[0]
    assert (cause.id, cause.detail) == (C.CONNECTION_RESET, "no-name-sent")
    assert "--sni" in cause.explanation


def test_another_protocol_in_place_of_the_asked_one_is_named() -> None:
    target = replace(f.target(port=5432), starttls=Starttls.POSTGRES)
    cause = diagnose(seen(failed(R.STARTTLS_REFUSED, spoke="HTTP"), target=target)).causes[0]
    assert cause.detail == "other-protocol"
    assert "speaks HTTP, not postgres" in cause.headline


def test_words_of_clients_hold_no_gap_that_was_left_unfilled() -> None:
    diagnosis = diagnose(
        f.observation([f.leaf(P.intermediate, ["other.example"]), P.intermediate], anchors=[P.root])
    )
    assert diagnosis.verdict is Verdict.REJECTED
    words = " ".join(outcome.message for outcome in diagnosis.clients)
    assert f.HOST in words
    assert not any(gap in words for gap in ("<host>", "<n>", "<url>", "<path>", "<port>"))


def test_clients_are_unknown_where_no_connection_came_about_though_a_certificate_was_sent() -> None:
    diagnosis = diagnose(seen(failed(R.RESET, chain=True)))
    assert diagnosis.verdict is Verdict.UNDETERMINED
    assert {outcome.action.value for outcome in diagnosis.clients} == {"unknown"}


def test_addresses_that_fail_in_different_ways_are_all_told() -> None:
    """The one that came farthest is the error, whichever was tried first; the others are said beside it."""
    refused = failed(R.REFUSED, address="192.0.2.11")
    old = failed(R.ALERT, alert=70)
    for order in ((refused, old), (old, refused)):
        diagnosis = diagnose(seen(*order, permissive(protocol="TLSv1")))
        assert [(each.id, each.severity) for each in diagnosis.causes] == [
            (C.PROTOCOL_VERSION, Severity.ERROR),
            (C.CONNECTION_REFUSED, Severity.WARNING),
        ]
        assert diagnosis.causes[1].explanation.startswith("192.0.2.10 fails in another way.")
        assert diagnosis.verdict is Verdict.REJECTED


def test_addresses_that_fail_alike_are_told_once() -> None:
    """Twice the same says no more."""
    both = (failed(R.REFUSED), failed(R.REFUSED, address="192.0.2.11"))
    assert found(seen(*both)) == [(C.CONNECTION_REFUSED, Severity.ERROR)]
