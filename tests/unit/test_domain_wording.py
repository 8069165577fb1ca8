"""Times in people's words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from certwizard.domain.wording import day, moment, relative, span

NOON = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)


def test_a_moment_is_said_in_utc() -> None:
    assert (
        moment(datetime(2026, 12, 5, 10, 12, 59, tzinfo=timezone(timedelta(hours=1))))
        == "2026-12-05 09:12 UTC"
    )
    assert day(NOON) == "2026-12-05"
    assert moment(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01 00:00 UTC"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=45), "45 seconds"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(minutes=99), "99 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=12, hours=23), "12 days"),
        (timedelta(days=398), "398 days"),
        (-timedelta(days=6), "6 days"),
        (timedelta(days=1096), "3 years"),
        (timedelta(days=1000), "2.7 years"),
        (timedelta(days=3650), "10 years"),
        (timedelta(days=36525), "100 years"),
    ],
)
def test_a_span_is_said_in_its_fitting_unit(length: timedelta, words: str) -> None:
    assert span(length) == words


def test_a_moment_is_said_from_now() -> None:
    assert relative(NOON + timedelta(days=12), NOON) == "in 12 days"
    assert relative(NOON - timedelta(days=12), NOON) == "12 days ago"
    assert relative(NOON, NOON) == "now"
