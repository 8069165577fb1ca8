"""The outcome of each client: the causes it meets, the one it reports, and its words for it.

A client judges by its own stores and traits, so what only other clients meet is taken away first; then its
table says which of the rest it reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.distrust import LATER
from certwizard.diagnosis.clients.minding import UNFINISHED, meets
from certwizard.diagnosis.clients.standpoint import Standpoint, stand
from certwizard.diagnosis.clients.words import SEEN_AS_UNTRUSTED, filled, message_for, spoken
from certwizard.diagnosis.result import Cause, ClientAction, ClientOutcome, RevocationFinding
from certwizard.diagnosis.verdict import NOTHING_SEEN
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import ClientMessage, ClientProfile, MessageAction, profiles

_ACTIONS = {
    MessageAction.REJECTS: ClientAction.REJECTS,
    MessageAction.WARNS: ClientAction.WARNS,
    MessageAction.ACCEPTS: ClientAction.ACCEPTS,
    MessageAction.UNKNOWN: ClientAction.UNKNOWN,
}

ORDER = "Its store holds several CAs of that name, no key id says which is meant, and it tries the first of them alone."
BEYOND = "Refuses by its usual settings what RFC 5280 allows; its release and its options decide."


def client_outcomes(
    case: Case, causes: Sequence[Cause], findings: tuple[RevocationFinding, ...] = ()
) -> tuple[ClientOutcome, ...]:
    """Return the outcome of every client profile, in the table's order.

    Args:
        case: What was seen.
        causes: What was found, root cause first.
        findings: What is known of revocations; clients differ in whom they ask.
    """
    return tuple(_outcome(case, stand(case, profile, findings), causes) for profile in profiles())


def _outcome(case: Case, standpoint: Standpoint, causes: Sequence[Cause]) -> ClientOutcome:
    profile = standpoint.profile
    errors = [cause for cause in causes if cause.severity is Severity.ERROR]
    unseen = next((cause for cause in errors if cause.id in NOTHING_SEEN), None)
    if unseen is not None and all(cause.id in NOTHING_SEEN for cause in errors):
        message = profile.message(unseen.id, unseen.detail)
        return _made(case, profile, ClientAction.UNKNOWN, unseen, message, "No connection came about.")
    if not case.sent and not errors:
        return _without_words(profile, ClientAction.UNKNOWN, "No certificate was seen.")
    met = [cause for cause in causes if meets(case, standpoint, cause)]
    return _said(case, standpoint, met) or _unsaid(case, standpoint, causes)


def _unsaid(case: Case, standpoint: Standpoint, causes: Sequence[Cause]) -> ClientOutcome:
    """Return the outcome of a client that reports none of the causes."""
    profile = standpoint.profile
    explained = any(cause.id in UNFINISHED | {CauseId.SELF_SIGNED} for cause in causes)
    if not standpoint.reaches_root and case.sent and not explained:
        note = "Its own store was not consulted or does not hold the root, so its answer is not known."
        return _without_words(profile, ClientAction.UNKNOWN, note)
    if standpoint.hangs_on_order:
        return _without_words(profile, ClientAction.UNKNOWN, ORDER)
    return _without_words(profile, ClientAction.ACCEPTS, profile.note)


def _said(case: Case, standpoint: Standpoint, met: list[Cause]) -> ClientOutcome | None:
    """Return the first thing this client says: a refusal before what it only may know, then warnings."""
    profile = standpoint.profile
    by_id: dict[CauseId, Cause] = {}
    for cause in met:
        by_id.setdefault(cause.id, cause)
    spoken = [
        (cause, message)
        for cause_id in _ordered(profile, by_id)
        if (message := message_for(case, standpoint, cause := by_id[cause_id], met)) is not None
        and not message.unless & by_id.keys()
    ]
    for wanted in (MessageAction.REJECTS, MessageAction.UNKNOWN, MessageAction.WARNS):
        for cause, message in spoken:
            if message.action is wanted and _counts(profile, cause, wanted):
                return _made(case, profile, _ACTIONS[wanted], cause, message, message.note)
        if wanted is MessageAction.REJECTS and (beyond := _beyond(profile, spoken)) is not None:
            return _made(case, profile, ClientAction.UNKNOWN, *beyond, BEYOND)
    return None


def _beyond(
    profile: ClientProfile, spoken: Sequence[tuple[Cause, ClientMessage]]
) -> tuple[Cause, ClientMessage] | None:
    """Return what this client refuses by name although the standard allows it, and others accept it."""
    return next(
        (
            (cause, message)
            for cause, message in spoken
            if message.action is MessageAction.REJECTS
            and cause.minded_by
            and profile.is_among(cause.minded_by)
        ),
        None,
    )


def _counts(profile: ClientProfile, cause: Cause, action: MessageAction) -> bool:
    """Return whether a client may act so on a cause: what a mainstream one refuses is an error (contract)."""
    if cause.id is CauseId.DISTRUSTED_CA and cause.detail == LATER:
        return False  # Nobody refuses yet.
    return cause.severity is Severity.ERROR or action is MessageAction.WARNS or not profile.mainstream


def _ordered(profile: ClientProfile, present: Iterable[CauseId]) -> list[CauseId]:
    wanted = set(present)
    if not wanted:
        return []
    # A client that completes chains has words for one that it cannot complete; they stand beside those for roots.
    untrusted = SEEN_AS_UNTRUSTED | {CauseId.MISSING_INTERMEDIATE}
    unnamed = [cause for cause in untrusted if cause in wanted and cause not in profile.messages]
    reported = [
        each
        for cause in profile.messages
        for each in (cause, *(sorted(unnamed) if cause is CauseId.UNTRUSTED_ROOT else ()))
        if each in wanted
    ]
    variants = {cause for cause, _ in profile.variants}
    return reported + [cause for cause in present if cause in variants and cause not in reported]


def _without_words(profile: ClientProfile, action: ClientAction, note: str) -> ClientOutcome:
    return ClientOutcome(
        profile.id, profile.title, action, basis=profile.basis.value, note=note, version=profile.version
    )


def _made(
    case: Case,
    profile: ClientProfile,
    action: ClientAction,
    cause: Cause,
    message: ClientMessage | None,
    note: str,
) -> ClientOutcome:
    return ClientOutcome(
        profile.id,
        profile.title,
        action,
        cause.id,
        filled(case, spoken(message)) if message is not None else "",
        message.basis.value if message is not None else profile.basis.value,
        note,
        code=message.code if message is not None else "",
        version=profile.version,
    )
