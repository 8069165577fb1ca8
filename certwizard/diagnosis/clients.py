"""What each client does with this server, and with which words.

A client judges by its own stores and may fetch a missing intermediate, so causes that only other
clients meet are taken away first; then the client's table says which of the rest it reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.flaws import TRUST_FLAWS
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, ClientAction, ClientOutcome
from certwizard.diagnosis.verdict import NOTHING_SEEN
from certwizard.domain.hostname import is_ip
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import ClientMessage, ClientProfile, MessageAction, Scope, profiles
from certwizard.knowledge.profile_rules import profile_rules

_OF_THE_PATH = TRUST_FLAWS | {
    CauseId.EXPIRED,
    CauseId.NOT_YET_VALID,
    CauseId.WEAK_KEY,
    CauseId.WEAK_SIGNATURE,
    CauseId.WRONG_USAGE,
    CauseId.UNKNOWN_CRITICAL_EXTENSION,
}
_UNFINISHED = frozenset({CauseId.MISSING_INTERMEDIATE, CauseId.UNTRUSTED_ROOT})
_MINDED_BY = {
    (CauseId.WRONG_USAGE, "ca"): frozenset({"firefox"}),
    (CauseId.UNTRUSTED_ROOT, "no-root"): frozenset({"openssl", "nodejs"}),
    (CauseId.MALFORMED, "key-id"): frozenset({"openssl", "curl", "python", "requests", "nodejs", "safari"}),
    (CauseId.WRONG_USAGE, "no-signing"): frozenset({"chrome", "edge", "java"}),
}
"""Variants of a cause that only some clients look at."""
_SPOKEN_AS = {(CauseId.MALFORMED, "key-id"): CauseId.MISSING_INTERMEDIATE}
"""Variants that OpenSSL reports as another cause: it finds no issuer with that key id (error 20, measured)."""
_ACTIONS = {
    MessageAction.REJECTS: ClientAction.REJECTS,
    MessageAction.WARNS: ClientAction.WARNS,
    MessageAction.ACCEPTS: ClientAction.ACCEPTS,
    MessageAction.UNKNOWN: ClientAction.UNKNOWN,
}

_OPEN = re.compile(r"<[a-z]+>")


def client_outcomes(case: Case, causes: Sequence[Cause]) -> tuple[ClientOutcome, ...]:
    """Return the outcome of every client profile, in the table's order."""
    return tuple(_outcome(case, profile, causes) for profile in profiles())


def _outcome(case: Case, profile: ClientProfile, causes: Sequence[Cause]) -> ClientOutcome:
    unseen = next(
        (cause for cause in causes if cause.id in NOTHING_SEEN and cause.severity is Severity.ERROR), None
    )
    judged = any(cause.severity is Severity.ERROR and cause.id not in NOTHING_SEEN for cause in causes)
    if unseen is not None and not judged:
        message = profile.message(unseen.id, unseen.detail)
        return _made(case, profile, ClientAction.UNKNOWN, unseen, message, "No connection came about.")
    if not case.sent and not any(cause.severity is Severity.ERROR for cause in causes):
        return ClientOutcome(profile.id, profile.title, ClientAction.UNKNOWN, note="No certificate was seen.")
    path = _path_for(case, profile)
    met = [cause for cause in causes if _meets(case, profile, path, cause)]
    spoken = _said(case, profile, met, path)
    if spoken is not None:
        return spoken
    if (
        path is None
        and case.sent
        and not any(cause.id in _UNFINISHED | {CauseId.SELF_SIGNED} for cause in causes)
    ):
        note = "Its own store was not consulted or does not hold the root, so its answer is not known."
        return ClientOutcome(profile.id, profile.title, ClientAction.UNKNOWN, note=note)
    return ClientOutcome(profile.id, profile.title, ClientAction.ACCEPTS, note=profile.note)


def _path_for(case: Case, profile: ClientProfile) -> Judged | None:
    """Return the best anchored path that this client can take, or None."""
    accepted = {*profile.stores, "ca-file"}
    usable = [
        judged
        for judged in case.choice.judged
        if judged.path.anchored and accepted & set(judged.path.stores) and _can_complete(profile, judged)
    ]
    return min(usable, key=lambda judged: len(judged.flaws), default=None)


def _can_complete(profile: ClientProfile, judged: Judged) -> bool:
    if not judged.path.fetched:
        return True
    knows = profile.preloads_intermediates and "mozilla" in judged.path.stores
    return profile.fetches_aia or knows


def _meets(case: Case, profile: ClientProfile, path: Judged | None, cause: Cause) -> bool:
    """Return whether a cause stands in this client's way, given the path it can take."""
    if cause.severity is Severity.INFO:
        return False
    minded_by = cause.minded_by or _MINDED_BY.get((cause.id, cause.detail))
    if minded_by is not None and profile.id not in minded_by:
        return False
    if cause.id is CauseId.PROFILE_VIOLATION:
        return profile.id in profile_rules()[cause.detail].clients and _on_path(case, path, cause)
    if cause.id in _UNFINISHED:
        return path is None or minded_by is not None
    if cause.id in _OF_THE_PATH and cause.certificate != 0 and path is not None:
        return any(flaw.cause is cause.id and _same(case, path, flaw.position, cause) for flaw in path.flaws)
    return True


def _on_path(case: Case, path: Judged | None, cause: Cause) -> bool:
    return path is None or any(_same(case, path, position, cause) for position in range(len(path.path.nodes)))


def _same(case: Case, path: Judged, position: int, cause: Cause) -> bool:
    certificate = path.path.nodes[position].certificate
    return case.index_of(certificate) == cause.certificate or certificate.sha256 == cause.concerns


def _said(case: Case, profile: ClientProfile, met: list[Cause], path: Judged | None) -> ClientOutcome | None:
    """Return the first thing this client says: a refusal before what it only may know, then warnings."""
    by_id: dict[CauseId, Cause] = {}
    for cause in met:
        by_id.setdefault(cause.id, cause)
    spoken = [
        (cause, message)
        for cause_id in _ordered(profile, by_id)
        if (message := _message(case, profile, cause := by_id[cause_id], met)) is not None
    ]
    for wanted in (MessageAction.REJECTS, MessageAction.UNKNOWN, MessageAction.WARNS):
        for cause, message in spoken:
            if message.action is wanted and (
                cause.severity is Severity.ERROR or wanted is MessageAction.WARNS
            ):
                return _made(case, profile, _ACTIONS[wanted], cause, message, message.note)
    return None


def _ordered(profile: ClientProfile, present: Iterable[CauseId]) -> list[CauseId]:
    wanted = set(present)
    if not wanted:
        return []
    reported = [cause for cause in profile.messages if cause in wanted]
    variants = {cause for cause, _ in profile.variants}
    return reported + [cause for cause in present if cause in variants and cause not in profile.messages]


def _message(case: Case, profile: ClientProfile, cause: Cause, met: list[Cause]) -> ClientMessage | None:
    if (cause.id, cause.detail) in _SPOKEN_AS and profile.id != "safari":
        return profile.messages.get(_SPOKEN_AS[cause.id, cause.detail])
    for detail in _details(case, profile, cause, met):
        message = profile.variants.get((cause.id, detail))
        if message is not None:
            return message if _applies(case, message) else None
    message = profile.messages.get(cause.id)
    return message if message is not None and _applies(case, message) else None


def _details(case: Case, profile: ClientProfile, cause: Cause, met: list[Cause]) -> list[str]:
    details = [cause.detail]
    if cause.id is CauseId.HOSTNAME_MISMATCH:
        if any(other.id is CauseId.NO_SAN for other in met):
            details.insert(0, "no-san")
        elif case.asked is not None and is_ip(case.asked):
            details.insert(0, "ip-address")
    if cause.id is CauseId.MISSING_INTERMEDIATE and (profile.fetches_aia or profile.preloads_intermediates):
        details.insert(0, "unrecoverable")
    return details


def _applies(case: Case, message: ClientMessage) -> bool:
    return message.scope is Scope.ANY or case.publicly_trusted


def _made(
    case: Case,
    profile: ClientProfile,
    action: ClientAction,
    cause: Cause,
    message: ClientMessage | None,
    note: str,
) -> ClientOutcome:
    text = (
        ""
        if message is None
        else _filled(case, " ".join(part for part in (message.code, message.text) if part))
    )
    basis = message.basis.value if message is not None else "documented"
    return ClientOutcome(profile.id, profile.title, action, cause.id, text, basis, note)


def _filled(case: Case, text: str) -> str:
    target = case.observation.target
    host = case.asked or target.host
    if host:
        text = text.replace("<host>", host)
    leaf = case.leaf
    if leaf is not None:
        names = leaf.san.all if leaf.san else ()
        text = text.replace("<names>", listing(names, 3) or leaf.subject.short)
        if "candidate authority" not in text:  # There it is the name of a CA.
            text = text.replace("<name>", names[0] if names else leaf.subject.short)
    if target.port is not None:
        text = text.replace("<url>", f"https://{host}:{target.port}/").replace("<port>", str(target.port))
    # What only the client knows (a line number, its own clock) is left open.
    return _OPEN.sub("…", text.replace("<path>", "/"))
