"""Dates to the second, shares of a lifetime, unneeded old certificates, and a clock that is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import Thresholds, thresholds_of
from certwizard.domain.errors import OptionError
from certwizard.domain.observation import Fetch, FetchPurpose, HttpHint, Observation
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Verdict
from tests import factory as f
from tests.unit.test_diagnosis_revocation import crl_der

SECOND = timedelta(seconds=1)
LEAF = f.leaf(f.pki().intermediate, days=(-30, 60))
BEGIN, END = LEAF.certificate.not_valid_before_utc, LEAF.certificate.not_valid_after_utc


def at(when: object, **changes: object) -> Observation:
    """Return a chain judged at a time, with nothing else near its end."""
    return f.observation([LEAF, f.pki().intermediate], anchors=[f.pki().root], at=when, **changes)  # type: ignore[arg-type]


def date_causes(diagnosis: Diagnosis) -> list[tuple[CauseId, Severity, int | None]]:
    """Return what was found on dates."""
    ids = {CauseId.EXPIRED, CauseId.NOT_YET_VALID, CauseId.EXPIRING_SOON, CauseId.CLOCK_WRONG}
    return [(each.id, each.severity, each.certificate) for each in diagnosis.causes if each.id in ids]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (BEGIN - SECOND, CauseId.NOT_YET_VALID),
        (BEGIN, None),
        (END, CauseId.EXPIRING_SOON),
        (END + timedelta(microseconds=999_999), CauseId.EXPIRING_SOON),
        (END + SECOND, CauseId.EXPIRED),
    ],
    ids=["a second before", "first second", "last second", "within the last second", "a second after"],
)
def test_both_ends_belong_to_the_validity(when: object, expected: CauseId | None) -> None:
    """A certificate is valid through its last second (RFC 5280 4.1.2.5)."""
    assert [cause for cause, _, _ in date_causes(diagnose(at(when)))] == ([expected] if expected else [])


def test_the_warning_begins_at_the_very_share() -> None:
    """15 percent of the lifetime, with the last second counted in."""
    lifetime = END - BEGIN + SECOND
    edge = END - lifetime * 0.15
    assert date_causes(diagnose(at(edge - SECOND))) == []
    assert date_causes(diagnose(at(edge + SECOND))) == [(CauseId.EXPIRING_SOON, Severity.WARNING, 0)]


@pytest.mark.parametrize(
    ("warning", "critical", "severity"),
    [
        ("20d", None, None),
        ("70d", None, Severity.WARNING),
        ("90%", None, Severity.WARNING),
        (None, "61d", Severity.ERROR),
    ],
)
def test_the_limits_can_be_set_in_days_and_percent(
    warning: str | None, critical: str | None, severity: Severity | None
) -> None:
    """60 of 90 days are left."""
    found = date_causes(diagnose(at(f.NOW), thresholds_of(warning, critical)))
    assert found == ([(CauseId.EXPIRING_SOON, severity, 0)] if severity else [])


@pytest.mark.parametrize("text", ["", "15", "-1d", "101%", "1e9d", "٣d", "15 %%", "d"])
def test_a_limit_that_is_none_is_a_usage_error(text: str) -> None:
    """The option and the two forms are named."""
    with pytest.raises(OptionError, match="--warning"):
        thresholds_of(text, None)


def test_without_options_the_limits_are_the_default() -> None:
    """None keeps them."""
    assert thresholds_of(None, None) == Thresholds()


def test_an_expired_intermediate_is_an_error_on_that_certificate() -> None:
    """The leaf is fine, and the cause says which one is not."""
    p = f.pki()
    old = f.intermediate(p.root, "Old CA", days=(-900, -1))
    diagnosis = diagnose(f.observation([f.leaf(old), old], anchors=[p.root]))
    assert date_causes(diagnosis) == [(CauseId.EXPIRED, Severity.ERROR, 1)]
    assert "“Old CA”" in diagnosis.causes[0].headline


def test_an_expired_cross_certificate_that_nobody_needs_is_a_warning() -> None:
    """The chain works by the root in the store; only old clients follow the dead end."""
    old_root = f.root("Old Root", days=(-4000, -100))
    root = f.root("New Root")
    cross = f.issue(
        f.Spec(
            root.certificate.subject, root.key, f.NOW - 1000 * f.DAY, f.NOW - 100 * f.DAY,
            {type(e.value): (e.value, e.critical) for e in root.certificate.extensions},
        ),
        old_root,
    )  # fmt: skip
    issuer = f.intermediate(root, "CA")
    diagnosis = diagnose(f.observation([f.leaf(issuer), issuer, cross], anchors=[root]))
    assert date_causes(diagnosis) == [(CauseId.EXPIRED, Severity.WARNING, 2)]
    assert diagnosis.verdict is Verdict.WARNED
    assert "dead end" in diagnosis.causes[0].explanation


def test_an_expired_root_in_the_store_is_named_by_its_fingerprint() -> None:
    """It was not sent, so it has no place in the chain as sent."""
    old = f.root("Old Root", days=(-4000, -1))
    diagnosis = diagnose(f.observation([f.leaf(old)], anchors=[old]))
    (cause,) = diagnosis.causes
    assert (cause.id, cause.certificate, cause.concerns) == (CauseId.EXPIRED, None, old.sha256)


def test_an_intermediate_that_ends_before_the_leaf_is_a_warning() -> None:
    """The chain breaks first, whatever the leaf says."""
    p = f.pki()
    short = f.intermediate(p.root, "Short CA", days=(-900, 45))
    diagnosis = diagnose(f.observation([f.leaf(short, days=(-30, 60)), short], anchors=[p.root]))
    assert date_causes(diagnosis) == [(CauseId.EXPIRING_SOON, Severity.WARNING, 1)]


def hint(server_ahead: timedelta, observation: Observation) -> HttpHint:
    """Return an HTTP answer of a server whose clock is ahead of ours."""
    received = observation.observed_at + timedelta(milliseconds=200)
    return HttpHint(200, (received + server_ahead).replace(microsecond=0), received)


def with_clock(when: object, ahead: timedelta) -> Observation:
    """Return the chain judged at a time by a computer whose clock is behind the server's."""
    observation = at(when)
    return replace(observation, http=hint(ahead, observation))


def test_a_clock_that_is_behind_explains_not_yet_valid() -> None:
    """The dates stay listed, the clock comes first."""
    diagnosis = diagnose(with_clock(BEGIN - 3 * f.DAY, 4 * f.DAY))
    assert [cause for cause, _, _ in date_causes(diagnosis)] == [CauseId.CLOCK_WRONG, CauseId.NOT_YET_VALID]
    assert diagnosis.check(CheckId.DATES).causes[0] is CauseId.CLOCK_WRONG


def test_a_clock_that_is_ahead_explains_expired() -> None:
    """A year too far."""
    diagnosis = diagnose(with_clock(END + 365 * f.DAY, -365 * f.DAY - f.DAY))
    assert [cause for cause, _, _ in date_causes(diagnosis)] == [CauseId.CLOCK_WRONG, CauseId.EXPIRED]


def test_a_signed_answer_from_the_future_proves_a_slow_clock() -> None:
    """Its CA knows what time it is; the signature says that it is the CA's word."""
    then = BEGIN - 3 * f.DAY
    crl = Fetch(FetchPurpose.CRL, "http://crl.test/", LEAF.sha256, body=crl_der(last=BEGIN + f.DAY))
    diagnosis = diagnose(at(then, fetches=(crl,)))
    assert [cause.id for cause in diagnosis.causes] == [
        CauseId.CLOCK_WRONG, CauseId.NOT_YET_VALID, CauseId.REVOCATION_UNKNOWN,
    ]  # fmt: skip
    forged = Fetch(
        FetchPurpose.CRL,
        "http://crl.test/",
        LEAF.sha256,
        body=crl_der(signer=f.pki().root, last=BEGIN + f.DAY),
    )
    assert CauseId.CLOCK_WRONG not in [cause.id for cause in diagnose(at(then, fetches=(forged,))).causes]


def test_a_certificate_from_the_future_proves_a_slow_clock_though_it_has_ended_since() -> None:
    """Its CA lived days ahead of this computer; that the server's clock is past its end does not change that."""
    diagnosis = diagnose(with_clock(BEGIN - 300 * f.DAY, 400 * f.DAY))
    assert [cause for cause, _, _ in date_causes(diagnosis)] == [CauseId.CLOCK_WRONG, CauseId.NOT_YET_VALID]
    assert "has begun and ended" in diagnosis.causes[0].explanation
    repairs = diagnosis.repairs.best
    assert repairs is not None
    assert [change.text for change in repairs.changes] == [
        "set this computer's clock forward by 399 days",
        "renew the certificate",
    ]


def test_a_certificate_that_begins_tomorrow_proves_no_slow_clock_where_it_ends_by_the_other() -> None:
    """It may have been made ahead of its time."""
    found = date_causes(diagnose(with_clock(BEGIN - f.DAY, 400 * f.DAY)))
    assert [cause for cause, _, _ in found] == [CauseId.NOT_YET_VALID]


def test_five_minutes_are_no_wrong_clock() -> None:
    """Clocks differ; what lies within five minutes proves nothing."""
    found = date_causes(diagnose(with_clock(BEGIN - 200 * SECOND, timedelta(minutes=5))))
    assert [cause for cause, _, _ in found] == [CauseId.NOT_YET_VALID]


def test_a_server_whose_own_clock_stands_still_does_not_excuse_it() -> None:
    """By its time the certificate is not valid either."""
    found = date_causes(diagnose(with_clock(END + 2 * f.DAY, -400 * f.DAY)))
    assert [cause for cause, _, _ in found] == [CauseId.EXPIRED]


def test_a_clock_is_not_wrong_where_the_dates_hold() -> None:
    """The difference is shown as a fact, not called a cause."""
    assert date_causes(diagnose(with_clock(f.NOW, f.DAY))) == []


def test_times_at_the_end_of_the_calendar_are_judged() -> None:
    """No clock and no option can make the arithmetic fail."""
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    hint = HttpHint(200, last, f.NOW - f.DAY)
    for when in (last, datetime(1, 1, 1, tzinfo=UTC), f.NOW):
        assert len(diagnose(at(when, http=hint)).checks) == 8


def test_a_time_that_the_user_chose_is_never_called_a_wrong_clock() -> None:
    """With --at the local clock plays no part."""
    observation = with_clock(f.NOW, 400 * f.DAY)
    chosen = replace(observation, judge_at=BEGIN - f.DAY)
    assert [cause for cause, _, _ in date_causes(diagnose(chosen))] == [CauseId.NOT_YET_VALID]
