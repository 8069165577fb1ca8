"""Changes to certificates: a new one for the server, or a CA's made again."""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.naming import quoted
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.clock import right_time
from certwizard.diagnosis.repairs.invented import corrected_authority, new_leaf
from certwizard.diagnosis.repairs.proposal import Proposal, concerned, issuer_of, position_of
from certwizard.diagnosis.repairs.supposition import Supposition
from certwizard.diagnosis.repairs.words import new_certificate
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.weakness import weak_key
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId

DEARER_IN_PUBLIC = 2
"""Nobody but the CA can do it, and a public one will not for one customer."""
_DATES = frozenset({CauseId.EXPIRED, CauseId.NOT_YET_VALID, CauseId.EXPIRING_SOON})


def new_leaf_certificate(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Get a certificate for the server from the same issuer, in which nothing is wrong any more."""
    case, leaf = judgement.case, judgement.case.leaf
    if leaf is None or concerned(judgement, cause) is not leaf or ca_stands_first(case) is not None:
        return None
    issuer = issuer_of(judgement, leaf)
    if not case.readable and len(case.sent) > 1:
        issuer = case.sent[1]

    when = right_time(judgement)

    def apply(so_far: Supposition) -> Supposition:
        above = so_far.facts(issuer.der) if issuer and issuer is not leaf else None
        return so_far.replaced(leaf.der, new_leaf(case, so_far.facts(leaf.der), above, when))

    def wording(removed: Sequence[Cause]) -> tuple[ChangeKind, str]:
        return new_certificate(case, removed)

    return Proposal(ChangeKind.NEW_CERTIFICATE, leaf.sha256, "", apply, 0, wording=wording)


def corrected(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Get a CA certificate of the path made again, for the same name and key, without its fault."""
    case, old = judgement.case, concerned(judgement, cause)
    place = position_of(judgement, old) if old is not None else None
    if old is None or not place or cause.id is CauseId.WEAK_KEY or not _is_authority(old):
        return None
    issuer = issuer_of(judgement, old)
    if issuer is None:
        return None
    best = case.choice.best
    child = best.path.nodes[place - 1].certificate if best else old
    node = case.pool.nodes[old.sha256]
    made = corrected_authority(old, issuer, right_time(judgement))

    def apply(so_far: Supposition) -> Supposition:
        changed = so_far.replaced(old.der, made)
        return changed if not node.fetched else changed.inserted(child.der, (made.der,))

    return Proposal(
        ChangeKind.CORRECT_AUTHORITY,
        old.sha256,
        _corrected_words(old, cause, installed=node.is_anchor, sent=node.index is not None),
        apply,
        node.index,
        DEARER_IN_PUBLIC if case.publicly_trusted and cause.id not in _DATES else 0,
    )


def _is_authority(certificate: Certificate) -> bool:
    """Return whether it was meant to issue: a server's certificate that did so is no CA to be corrected."""
    return certificate.is_ca or (certificate.san is None and not weak_key(certificate))


def _corrected_words(old: Certificate, cause: Cause, *, installed: bool, sent: bool) -> str:
    what = f"a {'renewed' if cause.id in _DATES else 'corrected'} {quoted(old)}"
    if installed:
        return f"install {what} on every client" + (" and send it" if sent else "")
    return f"send {what} in place of the old one" if sent else f"send {what}"
