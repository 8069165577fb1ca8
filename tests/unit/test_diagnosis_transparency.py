"""Whether the proofs of public logging satisfy the browsers that look, and who those are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from ssl import PEM_cert_to_DER_cert

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis, Fact
from certwizard.domain.observation import Anchor, Handshake, Observation
from certwizard.domain.saved import decode_observation, encode_observation
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status, Verdict
from certwizard.knowledge import transparency as knowledge
from tests import factory as f
from tests import transparency as ct

ROOT = f.root()
ISSUER = f.intermediate(ROOT)
A, B, C = ct.Log("a"), ct.Log("b"), ct.Log("c")
WHEN = f.NOW - 20 * f.DAY
LIMBO = Path(__file__).parents[3] / "shared" / "x509-limbo" / "cases.json"
BROWSERS = {"chrome", "edge", "safari", "firefox"}
MINDING = BROWSERS | {"android"}
"""Those that a policy speaks of; of Android's apps some look at the proofs, some do not."""


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> dict[str, knowledge.CtLog]:
    """A list of logs: A1 and A2 of one operator, B of another, C retired, S of the static kind."""
    listed = [
        _listed("a1", "Operator A"),
        _listed("a2", "Operator A"),
        _listed("a3", "Operator A"),
        _listed("b", "Operator B"),
        _listed("b2", "Operator B"),
        _listed("retired", "Operator C", retired=f.NOW - 10 * f.DAY),
        _listed("static", "Operator D", static=True),
        _listed("static2", "Operator E", static=True),
    ]
    found = {log.id: log for log in listed}
    monkeypatch.setattr("certwizard.diagnosis.transparency.collected.ct_logs", lambda: found)
    return found


def _listed(label: str, operator: str, **changes: object) -> knowledge.CtLog:
    log = ct.Log(label)
    return knowledge.CtLog(log.log_id.hex(), f"log {label}", operator, log.spki, **changes)  # type: ignore[arg-type]


def seen(leaf: f.Issued, *, at: datetime = f.NOW, **handshake: object) -> Diagnosis:
    """Diagnose a public chain whose handshake asked for SCTs."""
    shaken = f.handshake([leaf, ISSUER], **{"scts_asked": True, **handshake})
    return diagnose(f.observation([leaf, ISSUER], anchors=[ROOT], at=at, handshakes=(shaken,), ct_logs=()))


def embedded(*labels: str, when: datetime = WHEN, **changes: object) -> f.Issued:
    """A leaf with an embedded SCT of each log."""
    return ct.logged_leaf(ISSUER, [(ct.Log(label), when) for label in labels], **changes)


def missing(diagnosis: Diagnosis) -> Cause | None:
    """The cause, or None."""
    return next((cause for cause in diagnosis.causes if cause.id is CauseId.CT_MISSING), None)


def facts(diagnosis: Diagnosis) -> list[Fact]:
    """The rows on SCTs, the summary first."""
    return [fact for fact in diagnosis.check(CheckId.POLICY).facts if fact.field is FieldId.SCT_LIST]


def rejecting(diagnosis: Diagnosis) -> set[str]:
    """Ids of the clients that refuse because of it."""
    return {
        each.client
        for each in diagnosis.clients
        if each.action is ClientAction.REJECTS and each.cause is CauseId.CT_MISSING
    }


def test_a_public_certificate_without_any_proof_is_refused_by_the_browsers_alone(logs: object) -> None:
    diagnosis = seen(f.leaf(ISSUER))

    cause = missing(diagnosis)
    assert cause is not None
    assert (cause.severity, cause.seen, cause.detail) == (Severity.ERROR, "none", "none")
    assert "2 from different logs of at least 2 operators" in cause.expected
    assert diagnosis.verdict is Verdict.REJECTED
    assert rejecting(diagnosis) == BROWSERS | {"safari-ios"}
    assert diagnosis.check(CheckId.POLICY).status is Status.FAIL


def test_two_proofs_of_two_operators_satisfy_a_certificate_of_180_days(logs: object) -> None:
    diagnosis = seen(embedded("a1", "b"))

    assert diagnosis.causes == ()
    assert diagnosis.check(CheckId.POLICY).status is Status.PASS
    summary, one, two = facts(diagnosis)
    assert (summary.seen, summary.status) == ("2 of 2 operators", Status.PASS)
    assert one.seen == "log a1 (Operator A), 2026-11-03 12:00 UTC"
    assert (one.label, one.status, two.status) == ("SCT in the certificate", Status.PASS, Status.PASS)


@pytest.mark.parametrize(
    ("days", "labels", "minded_by"),
    [
        (180, ("a1", "b"), {"safari"}),  # Apple counts the last second: 180 days and one second
        (179, ("a1", "b"), set()),
        (181, ("a1", "b"), MINDING),
        (181, ("a1", "a2", "b"), set()),
        (181, ("a1", "a2", "a3"), MINDING),
        (181, ("a1", "a2", "a3", "retired"), set()),  # Apple counts two of the first operator, and the last
        (100, ("a1", "a2"), MINDING),
        (100, ("a1", "a1"), MINDING),  # one log twice is one
        (100, ("a1",), MINDING),
        (100, ("static", "static2"), MINDING),  # no leaf index in them
    ],
)
def test_the_number_by_lifetime_and_operator_is_each_browsers_own(
    logs: object, days: int, labels: Sequence[str], minded_by: set[str]
) -> None:
    cause = missing(seen(embedded(*labels, days=(-30, days - 30))))

    assert (set(cause.minded_by or ()) if cause else set()) == minded_by


def test_one_operator_twice_is_told_apart_from_too_few(logs: object) -> None:
    one, few = missing(seen(embedded("a1", "a2"))), missing(seen(embedded("a1")))

    assert one is not None
    assert few is not None
    assert (one.detail, few.detail) == ("one-operator", "too-few")
    assert one.seen == "2 of 1 operator"


def test_a_log_that_retired_counts_for_what_was_issued_before_beside_a_current_one(logs: object) -> None:
    assert missing(seen(embedded("a1", "retired"))) is None


def test_a_log_that_had_retired_when_it_signed_does_not_count(logs: object) -> None:
    cause = missing(seen(embedded("a1", "retired", when=f.NOW - 5 * f.DAY)))

    assert cause is not None
    assert cause.detail == "too-few"


def test_judged_before_a_log_retired_it_was_in_order(logs: object) -> None:
    diagnosis = seen(embedded("a1", "retired", when=f.NOW - 25 * f.DAY), at=f.NOW - 12 * f.DAY)

    assert missing(diagnosis) is None


def test_only_closed_logs_are_not_enough(logs: dict[str, knowledge.CtLog]) -> None:
    other = _listed("retired too", "Operator F", retired=f.NOW - 10 * f.DAY)
    logs[other.id] = other

    cause = missing(seen(embedded("retired", "retired too")))

    assert cause is not None
    assert cause.detail == "no-current-log"


def test_an_unknown_log_is_unknown_and_never_missing(logs: object) -> None:
    diagnosis = seen(embedded("a1", "nobody knows"))

    assert missing(diagnosis) is None
    assert diagnosis.verdict is Verdict.ACCEPTED
    policy = diagnosis.check(CheckId.POLICY)
    assert policy.status is Status.UNKNOWN
    assert "does not name" in policy.headline
    summary, known, unknown = facts(diagnosis)
    assert [summary.status, known.status, unknown.status] == [Status.UNKNOWN, Status.PASS, Status.UNKNOWN]
    assert unknown.seen.startswith(f"log {ct.Log('nobody knows').log_id.hex()[:16]}…")


def test_unknown_logs_do_not_excuse_what_is_too_few_even_with_them(logs: object) -> None:
    cause = missing(seen(embedded("nobody knows")))

    assert cause is not None
    assert cause.severity is Severity.ERROR


def test_known_logs_that_suffice_need_no_unknown_ones(logs: object) -> None:
    assert seen(embedded("a1", "b", "nobody knows")).check(CheckId.POLICY).status is Status.PASS


def test_a_proof_for_another_certificate_does_not_count(logs: object) -> None:
    other = f.leaf(ISSUER, names=["other.example"])
    entry = ct.precertificate_entry(other.certificate, ISSUER.certificate)
    stolen = ct.embedded(ct.sct_list(*(ct.Log(label).sct(entry, WHEN) for label in ("a1", "b"))))

    diagnosis = seen(f.leaf(ISSUER, extra=(stolen,)))

    cause = missing(diagnosis)
    assert cause is not None
    assert "did not sign that" in cause.explanation
    assert [fact.status for fact in facts(diagnosis)] == [Status.FAIL] * 3


def test_proofs_in_the_handshake_count_in_place_of_embedded_ones(logs: object) -> None:
    leaf = f.leaf(ISSUER)
    sent = ct.delivered(leaf.der, WHEN, [ct.Log("a1"), ct.Log("b")])

    diagnosis = seen(leaf, tls_scts=sent)

    assert missing(diagnosis) is None
    assert facts(diagnosis)[1].label == "SCT in the TLS extension"


def test_one_proof_in_the_handshake_beside_an_embedded_one_suits_chrome_and_apple_alone(logs: object) -> None:
    leaf = embedded("a1")
    sent = ct.delivered(leaf.der, WHEN, [ct.Log("b")])

    cause = missing(seen(leaf, tls_scts=sent))

    assert cause is not None
    assert cause.minded_by == frozenset({"firefox"})


def test_a_log_of_rfc_6962s_kind_was_wanted_by_all_and_is_by_apple(logs: object) -> None:
    def both(at: datetime) -> set[str]:
        days = ((at - f.NOW) / f.DAY - 30, (at - f.NOW) / f.DAY + 60)
        plain = f.leaf(ISSUER, days=days)
        entry = ct.precertificate_entry(plain.certificate, ISSUER.certificate)
        when = at - 20 * f.DAY
        scts = [ct.indexed_sct(ct.Log(label), entry, when) for label in ("static", "static2")]
        leaf = f.leaf(ISSUER, days=days, extra=(ct.embedded(ct.sct_list(*scts)),))
        cause = missing(seen(leaf, at=at))
        return set(cause.minded_by or ()) if cause else set()

    assert both(datetime(2026, 2, 1, tzinfo=UTC)) == MINDING
    assert both(datetime(2026, 4, 1, tzinfo=UTC)) == {"chrome", "edge", "safari", "android"}
    assert both(f.NOW) == {"safari"}


def test_below_a_private_root_nobody_asks(logs: object) -> None:
    leaf = f.leaf(ISSUER)
    shaken = f.handshake([leaf, ISSUER], scts_asked=True)

    diagnosis = diagnose(
        f.observation(
            [leaf, ISSUER], anchors=[ROOT], anchor_stores=("ca-file",), handshakes=(shaken,), ct_logs=()
        )
    )

    assert missing(diagnosis) is None
    (only,) = facts(diagnosis)
    assert only.status is Status.SKIPPED
    assert diagnosis.check(CheckId.POLICY).status is Status.PASS


def test_where_the_handshake_did_not_ask_the_question_stays_open(logs: object) -> None:
    diagnosis = seen(f.leaf(ISSUER), scts_asked=False)

    assert missing(diagnosis) is None
    assert diagnosis.check(CheckId.POLICY).status is Status.UNKNOWN
    assert facts(diagnosis)[0].status is Status.UNKNOWN


def test_a_file_without_proofs_is_warned_of_since_a_server_could_add_them(logs: object) -> None:
    observation = f.files_observation([f.leaf(ISSUER), ISSUER], anchors=[ROOT])
    public = tuple(Anchor(anchor.der, ("mozilla",)) for anchor in observation.anchors)

    diagnosis = diagnose(f.replaced(observation, anchors=public, stores=(f.store("mozilla"),)))

    cause = missing(diagnosis)
    assert cause is not None
    assert cause.severity is Severity.WARNING
    assert "a file does not show" in cause.explanation


def test_an_unreadable_list_is_told_beside_what_could_be_read(logs: object) -> None:
    leaf = f.leaf(ISSUER)
    sent = ct.sct_list(ct.Log("a1").sct(ct.certificate_entry(leaf.der), WHEN), b"\x07")

    told = facts(seen(leaf, tls_scts=sent))

    assert told[-1].status is Status.WARN
    assert "SCT 2 cannot be read" in told[-1].seen


def test_a_proof_dated_after_the_time_judged_speaks_against_the_time(logs: object) -> None:
    diagnosis = seen(embedded("a1", "b", when=f.NOW + f.DAY))

    assert missing(diagnosis) is None
    assert [fact.status for fact in facts(diagnosis)] == [Status.PASS, Status.WARN, Status.WARN]


def test_stand_in_logs_of_a_practice_count_like_listed_ones() -> None:
    leaf = embedded("x", "y")
    shaken = f.handshake([leaf, ISSUER], scts_asked=True)
    keys = (ct.Log("x").spki, ct.Log("y").spki)

    observation = f.observation([leaf, ISSUER], anchors=[ROOT], handshakes=(shaken,), ct_logs=keys)

    assert diagnose(observation).check(CheckId.POLICY).status is Status.PASS
    again = decode_observation(encode_observation(observation))
    assert diagnose(again) == diagnose(observation)


@cache
def _real_sites() -> dict[str, dict[str, object]]:
    cases = json.loads(LIMBO.read_text())["testcases"]
    return {case["id"]: case for case in cases if case["id"].startswith("online::")}


def _public(case: dict[str, object], **changes: object) -> Observation:
    """A real site's chain as a browser meets it, its root shipped by vendors."""

    def ders(key: str) -> list[bytes]:
        blocks: list[str] = case[key]  # type: ignore[assignment]
        return [PEM_cert_to_DER_cert(pem) for pem in blocks]

    leaf = PEM_cert_to_DER_cert(str(case["peer_certificate"]))
    host = str(case["expected_peer_name"]["value"])  # type: ignore[index]
    at = datetime.fromisoformat(str(case["validation_time"]))
    chain = (leaf, *ders("untrusted_intermediates"))
    shaken: Handshake = f.handshake(chain, sni=host, scts_asked=True)
    anchors = tuple(Anchor(der, ("mozilla", "system")) for der in ders("trusted_certs"))
    return f.replaced(
        f.observation(chain, host, at=at + f.DAY),
        handshakes=(shaken,), anchors=anchors, ct_logs=(), **changes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("site", "status"),
    [
        ("aws.amazon.com", Status.PASS),
        ("akamai.com", Status.PASS),
        ("docs.python.org", Status.PASS),
        ("bing.com", Status.PASS),
        # Their logs took certificates ending before 2026-07 alone; the list has left them out since.
        ("google.com", Status.UNKNOWN),
        ("cloudflare.com", Status.UNKNOWN),
        ("facebook.com", Status.UNKNOWN),
        ("fastly.com", Status.UNKNOWN),
        ("stackoverflow.com", Status.UNKNOWN),
    ],
)
def test_the_proofs_of_real_sites_are_verified_with_the_real_keys_of_their_logs(
    site: str, status: Status
) -> None:
    diagnosis = diagnose(_public(_real_sites()[f"online::{site}"]))

    assert missing(diagnosis) is None
    assert diagnosis.verdict in (Verdict.ACCEPTED, Verdict.WARNED)
    summary, *each = facts(diagnosis)
    assert summary.status is status
    assert {fact.status for fact in each} == {status}
