"""Which other time proves that this computer's clock is wrong, and which proves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Cause, Diagnosis
from certwizard.domain.observation import Fetch, FetchPurpose, HttpHint, Observation
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from tests import factory as f
from tests import transparency as ct
from tests.unit.test_diagnosis_revocation import by_crl, by_ocsp, crl_der, ocsp_der

P = f.pki()
BEGIN, END = -30 * f.DAY, 60 * f.DAY
LEAF = f.leaf(P.intermediate)


def seen(
    now: datetime,
    signed: datetime,
    *,
    server: timedelta | None = None,
    keys: tuple[bytes, ...] = ct.KEYS,
    spoilt: bool = False,
    staple: bytes | None = None,
    fetches: tuple[Fetch, ...] = (),
    judge_at: datetime | None = None,
) -> Observation:
    """A server whose handshake carries proofs of logging of a time, seen by a computer with its own time."""
    scts = ct.delivered(LEAF.der if not spoilt else P.intermediate.der, signed)
    shaken = f.handshake([LEAF, P.intermediate], tls_scts=scts, scts_asked=True, stapled_ocsp=staple)
    hint = HttpHint(200, (now + server).replace(microsecond=0), now) if server is not None else None
    observation = f.observation(
        [LEAF, P.intermediate], anchors=[P.root], at=now, handshakes=(shaken,), ct_logs=keys, http=hint,
        fetches=fetches,
    )  # fmt: skip
    return replace(observation, judge_at=judge_at or now)


def clock(diagnosis: Diagnosis) -> Cause | None:
    """The cause, or None."""
    return next((cause for cause in diagnosis.causes if cause.id is CauseId.CLOCK_WRONG), None)


def test_a_proof_of_logging_from_the_future_proves_a_clock_behind_and_comes_before_the_dates() -> None:
    now = f.NOW + BEGIN - 3 * f.DAY
    diagnosis = diagnose(seen(now, f.NOW + BEGIN + timedelta(hours=1)))

    assert [cause.id for cause in diagnosis.causes] == [CauseId.CLOCK_WRONG, CauseId.NOT_YET_VALID]
    cause = clock(diagnosis)
    assert cause is not None
    assert cause.severity is Severity.ERROR
    assert cause.headline == "This computer's clock is at least 3 days behind that of the transparency log."
    assert "nobody signs in the future" in cause.explanation
    assert cause.expected.endswith("or later")


def test_it_is_proven_though_the_lower_bound_does_not_reach_the_begin() -> None:
    """Logs sign before the certificate begins where a CA dates ahead; the clock is behind all the same."""
    now = f.NOW + BEGIN - 30 * f.DAY
    diagnosis = diagnose(seen(now, f.NOW + BEGIN - f.DAY))

    assert diagnosis.causes[0].id is CauseId.CLOCK_WRONG
    assert "How far it is behind is not known" in diagnosis.causes[0].explanation


def test_where_the_dates_hold_a_proven_clock_is_a_warning() -> None:
    diagnosis = diagnose(seen(f.NOW - 20 * f.DAY, f.NOW))

    cause = clock(diagnosis)
    assert cause is not None
    assert cause.severity is Severity.WARNING
    assert diagnosis.verdict is Verdict.WARNED


def test_a_clock_behind_does_not_excuse_what_has_expired() -> None:
    now = f.NOW + END + 5 * f.DAY
    diagnosis = diagnose(seen(now, now + f.DAY))

    assert diagnosis.root_cause is not None
    assert diagnosis.root_cause.id is CauseId.EXPIRED
    cause = clock(diagnosis)
    assert cause is not None
    assert cause.severity is Severity.WARNING


@pytest.mark.parametrize(
    "observation",
    [
        seen(f.NOW, f.NOW + f.DAY, spoilt=True),
        seen(f.NOW, f.NOW + f.DAY, keys=()),
        seen(f.NOW, f.NOW + timedelta(minutes=4)),
        seen(f.NOW, f.NOW - f.DAY),
        seen(f.NOW, f.NOW + f.DAY, judge_at=f.NOW - f.DAY),
        seen(f.NOW, f.NOW - f.DAY, server=timedelta(hours=3)),
        seen(f.NOW, f.NOW - f.DAY, server=timedelta(hours=-3)),
    ],
    ids=["not signed by the log", "unknown log", "minutes", "past", "--at", "server ahead", "server behind"],
)
def test_what_proves_nothing(observation: Observation) -> None:
    assert clock(diagnose(observation)) is None


def test_a_server_that_says_still_more_tells_how_far_it_is() -> None:
    now = f.NOW + BEGIN - 3 * f.DAY
    cause = clock(diagnose(seen(now, f.NOW + BEGIN, server=10 * f.DAY)))

    assert cause is not None
    assert cause.headline == "This computer's clock is 10 days behind that of the server."
    assert "proof of logging" in cause.explanation
    assert cause.expected.endswith("give or take 5 minutes")


def test_a_server_that_agrees_with_a_disproven_clock_is_wrong_as_well() -> None:
    now = f.NOW + BEGIN - 3 * f.DAY

    assert clock(diagnose(seen(now, f.NOW + BEGIN, server=timedelta(0)))) is not None


@pytest.mark.parametrize(
    "answer",
    [
        by_ocsp(ocsp_der(LEAF, this_update=f.NOW + f.DAY, next_update=f.NOW + 3 * f.DAY), LEAF),
        by_crl(crl_der(last=f.NOW + f.DAY, ends=f.NOW + 3 * f.DAY), LEAF),
    ],
    ids=["OCSP", "CRL"],
)
def test_a_signed_answer_of_the_ca_proves_it_too(answer: Fetch) -> None:
    diagnosis = diagnose(seen(f.NOW, f.NOW - f.DAY, fetches=(answer,)))

    cause = clock(diagnosis)
    assert cause is not None
    assert cause.headline == "This computer's clock is at least 24 hours behind that of the CA."


def test_a_private_ca_may_have_a_wrong_clock_itself() -> None:
    """What it signs counts like the server's own clock: where dates that fail here hold by it."""

    def judged(now: datetime) -> list[CauseId]:
        crl = by_crl(crl_der(last=f.NOW, ends=f.NOW + 3 * f.DAY), LEAF)
        private = f.observation(
            [LEAF, P.intermediate], anchors=[P.root], anchor_stores=("ca-file",), at=now, fetches=(crl,)
        )
        return [cause.id for cause in diagnose(private).causes]

    assert judged(f.NOW - f.DAY) == [CauseId.REVOCATION_UNKNOWN]
    assert judged(f.NOW + BEGIN - f.DAY)[:2] == [CauseId.CLOCK_WRONG, CauseId.NOT_YET_VALID]


def test_answers_that_are_outdated_prove_nothing() -> None:
    """Lazy responders hand out old answers; a clock that is ahead looks the same."""
    old = by_ocsp(ocsp_der(LEAF, this_update=f.NOW - 9 * f.DAY, next_update=f.NOW - 5 * f.DAY), LEAF)

    diagnosis = diagnose(seen(f.NOW, f.NOW - f.DAY, fetches=(old,)))

    assert clock(diagnosis) is None
    assert CauseId.REVOCATION_UNKNOWN in [cause.id for cause in diagnosis.causes]


def test_a_staple_from_the_future_makes_the_clock_the_root() -> None:
    staple = ocsp_der(LEAF, this_update=f.NOW + 2 * f.DAY, next_update=f.NOW + 5 * f.DAY)

    diagnosis = diagnose(seen(f.NOW, f.NOW - f.DAY, staple=staple))

    assert diagnosis.root_cause is not None
    assert diagnosis.root_cause.id is CauseId.CLOCK_WRONG
    assert [cause.id for cause in diagnosis.causes] == [CauseId.CLOCK_WRONG, CauseId.REVOCATION_UNKNOWN]


def test_a_list_given_by_the_user_counts_like_a_fetched_one() -> None:
    given = Fetch(
        FetchPurpose.CRL_FILE, "ca.crl", "", body=crl_der(last=f.NOW + f.DAY, ends=f.NOW + 3 * f.DAY)
    )

    assert clock(diagnose(seen(f.NOW, f.NOW - f.DAY, fetches=(given,)))) is not None


def test_setting_the_clock_is_the_repair() -> None:
    diagnosis = diagnose(seen(f.NOW + BEGIN - 3 * f.DAY, f.NOW + BEGIN + timedelta(hours=1)))

    assert diagnosis.repairs.best is not None
    assert [change.kind.value for change in diagnosis.repairs.best.changes] == ["set-clock"]
