"""The whole diagnosis in one word and one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.outcome import Outcome
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, CheckId, Severity, Status, Verdict

NOTHING_SEEN = frozenset(
    {
        CauseId.DNS_FAILURE,
        CauseId.CONNECTION_REFUSED,
        CauseId.TIMEOUT,
        CauseId.CONNECTION_RESET,
        CauseId.NOT_TLS,
        CauseId.STARTTLS_REFUSED,
    }
)
"""Causes that leave the question open: no certificate was seen, so none was rejected."""

_DECISIVE = (CheckId.CERTIFICATE, CheckId.DATES, CheckId.NAME, CheckId.TRUST)


def verdict_of(causes: Sequence[Cause], outcomes: Sequence[Outcome], *, received: bool) -> Verdict:
    """Return the verdict.

    Args:
        causes: All causes.
        outcomes: The eight checks.
        received: Whether all that was asked about was received: a certificate, and the key where one was given.
    """
    if any(cause.severity is Severity.ERROR and cause.id not in NOTHING_SEEN for cause in causes):
        return Verdict.REJECTED
    no_connection = any(cause.severity is Severity.ERROR for cause in causes)
    open_question = any(each.check in _DECISIVE and each.status is Status.UNKNOWN for each in outcomes)
    if not received or no_connection or open_question:
        return Verdict.UNDETERMINED
    if any(cause.severity is not Severity.INFO for cause in causes):
        return Verdict.WARNED
    return Verdict.ACCEPTED


def headline_of(verdict: Verdict, causes: Sequence[Cause], outcomes: Sequence[Outcome]) -> str:
    """Return the verdict in one sentence."""
    first = causes[0] if causes and causes[0].severity is not Severity.INFO else None
    if verdict is Verdict.ACCEPTED:
        return "Clients accept this certificate; there is nothing to do."
    if verdict is Verdict.UNDETERMINED:
        error = next((cause for cause in causes if cause.severity is Severity.ERROR), None)
        return error.headline if error else _open_reason(outcomes)
    what = _lower(first.headline) if first else "see the checks."
    if verdict is Verdict.WARNED:
        return f"Clients accept this certificate, but something should be put right: {what}"
    return f"Clients reject this: {what}"


def _open_reason(outcomes: Sequence[Outcome]) -> str:
    unknown = next((each.headline for each in outcomes if each.status is Status.UNKNOWN), None)
    return unknown or "No certificate was received."


def _lower(sentence: str) -> str:
    """Return the sentence as the second half of another; one that begins with a name keeps its case."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first in _COMMON_BEGINNINGS else sentence


_COMMON_BEGINNINGS = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "There",
        "It",
        "Its",
        "No",
        "None",
        "Nothing",
        "Nobody",
        "More",
        "Most",
        "Other",
        "One",
        "Two",
        "Both",
        "Several",
        "Some",
        "All",
        "Each",
        "Every",
        "Only",
        "Whether",
        "Where",
        "What",
        "On",
        "In",
        "At",
        "By",
        "Of",
        "From",
        "With",
        "Something",
        "Somebody",
        "Client",
        "Clients",
        "Certificates",
        "Number",
        "Programs",
        "Names",
        "Files",
        "Addresses",
        "Private",
    ]
)
