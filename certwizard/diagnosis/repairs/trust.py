"""Changes to who vouches: a certificate of a CA that clients trust, or one more root in their stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.holders import SOME_VENDORS
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.naming import issuer_quoted, quoted
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.clock import right_time
from certwizard.diagnosis.repairs.invented import named, new_authority, new_leaf
from certwizard.diagnosis.repairs.proposal import Proposal, concerned
from certwizard.diagnosis.repairs.supposition import Supposition
from certwizard.diagnosis.repairs.words import certificate_with_chain
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import is_usable
from certwizard.domain.addresses import is_ip
from certwizard.domain.certificate import Certificate
from certwizard.domain.suffixes import is_listed

BY_HAND = ("ca-file",)
"""The store of what a user adds, which every client that can be told of a root looks into."""
EASIER_BY_HAND = -2
"""No public CA issues for a name that is nobody's in public, so a root of one's own asks less there."""


def trusted_certificate(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Use a certificate of a CA that clients trust, with the chain that belongs to it."""
    case, leaf = judgement.case, judgement.case.leaf
    if leaf is None:
        return None
    when = right_time(judgement)
    authority = new_authority(named("a trusted CA"), None, when)

    def apply(so_far: Supposition) -> Supposition:
        made = new_leaf(case, so_far.facts(leaf.der), authority, when)
        changed = so_far.with_certificate(authority).replaced(leaf.der, made)
        return changed.with_judged_chain(lambda _: (made.der,)).with_anchor(
            authority.der, vendor_stores(so_far)
        )

    def wording(removed: Sequence[Cause]) -> tuple[ChangeKind, str]:
        return certificate_with_chain(case, removed)

    return Proposal(ChangeKind.TRUSTED_CERTIFICATE, "", "", apply, 0, wording=wording)


def install_root(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Add the end of the chain to what clients trust, the root where it has one."""
    case, best = judgement.case, judgement.case.choice.best
    end = concerned(judgement, cause)
    if best is None or end is None:
        return None
    effort = 0 if _is_public(case) else EASIER_BY_HAND
    if end.is_self_issued and best.path.self_signed_end:
        itself = len(best.path.nodes) == 1
        what = f"install the root {quoted(end)} on every client, if it is your own CA's"
        if itself:
            what = f"install this very certificate, {quoted(end)}, as trusted on every client"
        elif cause.detail == SOME_VENDORS:
            what = f"install the root {quoted(end)} on the clients that do not have it"
        return Proposal(
            ChangeKind.INSTALL_ROOT,
            "" if itself else end.sha256,
            what,
            lambda so_far: so_far.with_anchor(end.der, BY_HAND),
            cause.certificate,
            effort,
        )
    return _install_unseen(end, right_time(judgement), effort)


def _install_unseen(end: Certificate, when: datetime, effort: int) -> Proposal:
    root = new_authority(end.issuer, None, when, end.authority_key_id)

    def apply(so_far: Supposition) -> Supposition:
        changed = so_far.amended(end.der, supposed_signer=root.key.spki_sha256)
        return changed.with_certificate(root).with_anchor(root.der, BY_HAND)

    return Proposal(
        ChangeKind.INSTALL_ROOT,
        root.sha256,
        f"install the root {issuer_quoted(end)} on every client, if it is your own CA's",
        apply,
        None,
        effort,
    )


def vendor_stores(so_far: Supposition) -> tuple[str, ...]:
    """Return the ids of the stores a trusted CA stands in: those consulted, the given file only where it is all."""
    ids = tuple(store.id for store in so_far.observation.stores if is_usable(store))
    return tuple(each for each in ids if each not in BY_HAND) or BY_HAND


def _is_public(case: Case) -> bool:
    return (
        case.asked is not None
        and not is_ip(case.asked)
        and is_listed(case.asked.rstrip(".").rpartition(".")[2])
    )
