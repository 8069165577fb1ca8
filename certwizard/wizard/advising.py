"""The owner's and the developer's side of a verdict: who is turned away, what is at risk, what to do meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.result import Cause, ClientAction, Diagnosis, RevocationStatus
from certwizard.domain.vocabulary import CauseId, Role, Severity
from certwizard.knowledge.role_advice import developer_advice, owner_advice

USERS = "What your users meet now"
NOT_TO_SAY = "What not to tell them"
SWITCHED_OFF = "If verification is switched off"
MEANWHILE = "What to do meanwhile"
NOBODY = "No client that was judged turns users away."
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice under a title."""

    title: str
    text: str
    warns: bool = False


def advice_for(diagnosis: Diagnosis, role: Role) -> tuple[Advice, ...]:
    """Return what a role has to know beside the answer to whether it is safe; nothing where there is no cause.

    Args:
        diagnosis: What was judged.
        role: Who asks; a visitor is told in other words (`certwizard.wizard.visiting`).
    """
    root = diagnosis.root_cause
    if root is None or role is Role.VISITOR:
        return ()
    if role is Role.SERVER_OWNER:
        users = " ".join(_users(diagnosis, root))
        return Advice(USERS, users), Advice(NOT_TO_SAY, owner_advice(root.id).never, warns=True)
    told = developer_advice(root.id)
    return Advice(SWITCHED_OFF, told.risk, warns=True), Advice(MEANWHILE, told.meanwhile)


def _users(diagnosis: Diagnosis, root: Cause) -> Iterator[str]:
    refusing = [each.title for each in diagnosis.clients if each.action is ClientAction.REJECTS]
    told = owner_advice(root.id)
    if refusing:
        since = _since(diagnosis, root)
        when = f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""
        yield f"Turned away{' here' if told.here else ''}{when}: {_names(refusing)}."
    elif diagnosis.clients and root.severity is not Severity.ERROR:
        yield NOBODY
        if not told.always:
            return
    yield told.users


def _names(titles: Sequence[str]) -> str:
    """Return a few of the names: all of them stand under who notices."""
    if len(titles) > MOST_NAMES:
        return f"{', '.join(titles[:MOST_NAMES])} and {len(titles) - MOST_NAMES} more"
    return " and ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part)


def _since(diagnosis: Diagnosis, root: Cause) -> datetime | None:
    """Return since when, where the certificate or its authority says so."""
    if root.id is CauseId.EXPIRED:
        ends = (each.certificate.not_after for each in diagnosis.sent if each.index == root.certificate)
        return next(ends, None)
    if root.id is CauseId.REVOKED:
        times = [each.revoked_at for each in diagnosis.revocation if each.status is RevocationStatus.REVOKED]
        return min((time for time in times if time is not None), default=None)
    return None
