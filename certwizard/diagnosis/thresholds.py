"""When a certificate ends soon: limits as a share of its lifetime, or in days."""

import re
from dataclasses import dataclass
from datetime import timedelta

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError

_LIMIT = re.compile(r"\s*(\d{1,6}(?:\.\d{1,4})?)\s*(%|d)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: a share of the whole lifetime, or a number of days."""

    amount: float
    percent: bool

    def reached(self, left: timedelta, lifetime: timedelta) -> bool:
        """Return whether the time left is at or below the limit."""
        return left <= self.span(lifetime)

    def span(self, lifetime: timedelta) -> timedelta:
        """Return the limit as a time, for a certificate of this lifetime."""
        return lifetime * (self.amount / 100) if self.percent else timedelta(days=self.amount)

    @property
    def text(self) -> str:
        """The limit in words."""
        amount = f"{self.amount:g}"
        return f"{amount} % of the lifetime" if self.percent else f"{amount} days"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits of one diagnosis."""

    warning: Limit = Limit(15, percent=True)
    critical: Limit | None = None
    """At or below this the certificate is rejected; None: never before it has expired."""


DEFAULT_THRESHOLDS = Thresholds()


def thresholds_of(warning: str | None, critical: str | None) -> Thresholds:
    """Return the limits that two option values name; None keeps the default.

    Raises:
        OptionError: Where a value is neither ``15%`` nor ``20d``.
    """
    return Thresholds(
        DEFAULT_THRESHOLDS.warning if warning is None else limit_of("--warning", warning),
        None if critical is None else limit_of("--critical", critical),
    )


def limit_of(option: str, text: str) -> Limit:
    """Return the limit that a text such as ``15%`` or ``20d`` names."""
    match = _LIMIT.fullmatch(text)
    if match is None or (match[2] == "%" and float(match[1]) > 100):
        expected = "a share of the lifetime such as 15%, or days such as 20d"
        raise OptionError(
            f"{option} {clean(text, 40) or 'with no value'} was not understood; expected {expected}"
        )
    return Limit(float(match[1]), percent=match[2] == "%")
