"""Which cause explains which, and the order between causes that do not: data, and one sort over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certwizard.diagnosis.outcome import SEVERITY_ORDER
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId as C

LEAF = 0


def _always(explainer: Cause, explained: Cause) -> bool:
    return True


def _of_the_leaf(explainer: Cause, explained: Cause) -> bool:
    return explained.certificate == LEAF


def _both_of_the_leaf(explainer: Cause, explained: Cause) -> bool:
    return explainer.certificate == LEAF and explained.certificate == LEAF


def _of_what_stands_first(explainer: Cause, explained: Cause) -> bool:
    return explained.id is C.MISSING_INTERMEDIATE or explained.certificate == LEAF


@dataclass(frozen=True, slots=True)
class Explanation:
    """The repair of the first ones removes the second ones, as far as the condition holds."""

    by: frozenset[C]
    explained: frozenset[C]
    holds: Callable[[Cause, Cause], bool] = _always


_NEW_CERTIFICATE = frozenset({C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE})

EXPLANATIONS = (
    Explanation(
        frozenset({C.CAPTIVE_PORTAL, C.INTERCEPTION}),
        frozenset(
            {C.HOSTNAME_MISMATCH, C.UNTRUSTED_ROOT, C.SELF_SIGNED, C.MISSING_INTERMEDIATE, C.CT_MISSING}
        ),
    ),
    Explanation(frozenset({C.CLOCK_WRONG}), frozenset({C.EXPIRED, C.NOT_YET_VALID, C.REVOCATION_UNKNOWN})),
    Explanation(
        frozenset({C.WRONG_CERTIFICATE_SERVED}),
        frozenset({C.HOSTNAME_MISMATCH, C.SELF_SIGNED, C.UNTRUSTED_ROOT}),
    ),
    Explanation(frozenset({C.WRONG_CERTIFICATE_SERVED}), frozenset({C.EXPIRED}), _of_the_leaf),
    Explanation(frozenset({C.NOT_RELOADED}), frozenset({C.EXPIRED, C.EXPIRING_SOON}), _both_of_the_leaf),
    Explanation(frozenset({C.REVOKED}), _NEW_CERTIFICATE, _both_of_the_leaf),
    Explanation(
        frozenset({C.SELF_SIGNED, C.UNTRUSTED_ROOT, C.DISTRUSTED_CA}), _NEW_CERTIFICATE, _of_the_leaf
    ),
    Explanation(frozenset({C.NO_SAN}), frozenset({C.HOSTNAME_MISMATCH})),
    Explanation(frozenset({C.HOSTNAME_MISMATCH, C.NO_SAN}), frozenset({C.EXPIRED}), _of_the_leaf),
    Explanation(
        frozenset({C.WRONG_ORDER}),
        frozenset({C.MISSING_INTERMEDIATE, C.HOSTNAME_MISMATCH, C.WRONG_USAGE}),
        _of_what_stands_first,
    ),
    Explanation(frozenset({C.MISSING_INTERMEDIATE}), frozenset({C.UNTRUSTED_ROOT})),
)

_CONNECTION = (
    C.DNS_FAILURE,
    C.CONNECTION_REFUSED,
    C.TIMEOUT,
    C.CONNECTION_RESET,
    C.NOT_TLS,
    C.PROTOCOL_VERSION,
    C.CIPHER_MISMATCH,
    C.CLIENT_CERT_REQUIRED,
    C.STARTTLS_REFUSED,
)

_FIRST = (
    *_CONNECTION,
    C.CLOCK_WRONG,
    C.CAPTIVE_PORTAL,
    C.INTERCEPTION,
    C.WRONG_CERTIFICATE_SERVED,
    C.NOT_RELOADED,
    C.INCONSISTENT_ADDRESSES,
    C.KEY_MISMATCH,
    C.REVOKED,
    C.SELF_SIGNED,
    C.UNTRUSTED_ROOT,
    C.DISTRUSTED_CA,
    C.HOSTNAME_MISMATCH,
    C.NO_SAN,
    C.WRONG_ORDER,
    C.MISSING_INTERMEDIATE,
    C.EXPIRED,
    C.NOT_YET_VALID,
)

ORDER = {cause: place for place, cause in enumerate((*_FIRST, *(each for each in C if each not in _FIRST)))}
"""Every cause's place among those that do not explain each other; the rest follow in wizard order."""


def explains(explainer: Cause, explained: Cause) -> bool:
    """Return whether the repair of one cause removes the other."""
    return any(
        explainer.id in row.by and explained.id in row.explained and row.holds(explainer, explained)
        for row in EXPLANATIONS
    )


def in_order(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return the causes root first: errors before warnings, explainers before what they explain."""
    ordered: list[Cause] = []
    remaining = _unique(causes)
    for severity in SEVERITY_ORDER:
        ordered += _explained_last([cause for cause in remaining if cause.severity is severity])
    return tuple(ordered)


def _explained_last(causes: list[Cause]) -> list[Cause]:
    waiting = sorted(causes, key=_place)
    placed: list[Cause] = []
    while waiting:
        free = (
            each
            for each in waiting
            if not any(explains(other, each) for other in waiting if other is not each)
        )
        chosen = next(free, waiting[0])
        waiting.remove(chosen)
        placed.append(chosen)
    return placed


def _place(cause: Cause) -> tuple[int, int, str, str]:
    index = cause.certificate if cause.certificate is not None else 1_000_000
    return ORDER[cause.id], index, cause.concerns, cause.headline


def _unique(causes: Iterable[Cause]) -> list[Cause]:
    return list(dict.fromkeys(causes))
