"""Moments and spans of time in people's words."""

from datetime import UTC, datetime, timedelta

_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86400
_YEAR = 365.25 * _DAY
_DAYS_UP_TO = 1000 * _DAY


def moment(when: datetime) -> str:
    """Return a moment such as ``2026-12-05 09:12 UTC``."""
    utc = when.astimezone(UTC)
    # strftime does not pad years before 1000 on every platform.
    return f"{utc.year:04}-{utc.month:02}-{utc.day:02} {utc.hour:02}:{utc.minute:02} UTC"


def day(when: datetime) -> str:
    """Return the day of a moment such as ``2026-12-05``."""
    return moment(when).partition(" ")[0]


def span(length: timedelta) -> str:
    """Return a length of time such as ``12 days`` in whole units, rounded down and without its sign."""
    seconds = abs(length).total_seconds()
    if seconds < _SECOND:
        return "less than a second"
    if seconds < 100 * _SECOND:
        return _count(int(seconds), "second")
    if seconds < 100 * _MINUTE:
        return _count(int(seconds // _MINUTE), "minute")
    if seconds < 2 * _DAY:
        return _count(int(seconds // _HOUR), "hour")
    if seconds < _DAYS_UP_TO:
        return _count(int(seconds // _DAY), "day")
    return _years(seconds / _YEAR)


def relative(when: datetime, now: datetime) -> str:
    """Return how far a moment is from now: ``in 12 days``, ``12 days ago``, ``now``."""
    length = when - now
    if abs(length) < timedelta(seconds=1):
        return "now"
    return f"in {span(length)}" if length > timedelta() else f"{span(length)} ago"


def _years(years: float) -> str:
    tenths = round(years, 1)
    if years >= 10 or tenths == int(tenths):
        return _count(round(years), "year")
    return f"{tenths} years"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
