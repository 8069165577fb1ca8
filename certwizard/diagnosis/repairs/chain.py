"""Changes to the chain as sent: its order, what is too much in it, what is missing from it."""

from __future__ import annotations

from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.judge import Judgement
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.repair import ChangeKind
from certwizard.diagnosis.repairs.clock import right_time
from certwizard.diagnosis.repairs.invented import new_authority
from certwizard.diagnosis.repairs.proposal import Proposal, concerned
from certwizard.diagnosis.repairs.supposition import Chain, Supposition
from certwizard.diagnosis.repairs.trust import vendor_stores
from certwizard.diagnosis.result import Cause
from certwizard.domain.certificate import Certificate
from certwizard.domain.signatures import is_self_signed
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.rules import known_intermediate


def right_order(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Send the same certificates, the server's own first and each followed by its issuer."""
    case = judgement.case
    own = ca_stands_first(case) or 0
    order = [case.sent[own]]
    rest = [each for index, each in enumerate(case.sent) if index != own]
    while rest:
        following = next((each for each in rest if each.subject.der == order[-1].issuer.der), rest[0])
        rest.remove(following)
        order.append(following)
    chain = tuple(each.der for each in order)
    first = f"the server's own certificate {quoted(order[0])} first, then " if own else ""
    return Proposal(
        ChangeKind.RIGHT_ORDER,
        "",
        f"send the certificates in the right order: {first}each followed by its issuer",
        lambda so_far: so_far.with_judged_chain(lambda sent: _in_order(sent, [so_far.now(d) for d in chain])),
        cause.certificate,
    )


def _in_order(sent: Chain, wanted: list[bytes]) -> Chain:
    # Where something was put in or left out meanwhile, what is there is sorted as far as it is known.
    known = {data: place for place, data in reversed(list(enumerate(wanted)))}
    return tuple(sorted(sent, key=lambda data: known.get(data, len(known))))


def leave_out(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Send one certificate less: one that leads nowhere, or the copy of another."""
    case, certificate = judgement.case, concerned(judgement, cause)
    if certificate is None or not cause.certificate:
        return None
    if cause.id is not CauseId.DUPLICATE_CERTIFICATES and not _can_do_without(case, certificate):
        return None
    copies = sum(each.sha256 == certificate.sha256 for each in case.sent)
    kept = 1 if copies > 1 else 0
    which = f"one of the copies of {quoted(certificate)}" if kept else quoted(certificate)
    return Proposal(
        ChangeKind.LEAVE_OUT,
        certificate.sha256,
        f"leave out {which}",
        lambda so_far: so_far.with_judged_chain(
            lambda sent: _without(sent, (so_far.now(certificate.der),), kept)
        ),
        cause.certificate,
    )


def _can_do_without(case: Case, certificate: Certificate) -> bool:
    """Return whether another path to an anchor leaves a certificate aside."""
    fingerprints = ({node.certificate.sha256 for node in path.nodes} for path in case.choice.anchored)
    return any(certificate.sha256 not in used for used in fingerprints)


def leave_out_strangers(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Send nothing that no path from the server's certificate leads to."""
    case = judgement.case
    if cause.detail != "unrelated":
        return None
    strangers = tuple(each for each in case.sent if each.sha256 not in case.choice.reachable)
    unwanted = tuple(each.der for each in strangers)
    return Proposal(
        ChangeKind.LEAVE_OUT,
        "strangers",
        f"leave out {listing(tuple(dict.fromkeys(quoted(each) for each in strangers)), 3)}",
        lambda so_far: so_far.with_judged_chain(lambda sent: _without(sent, unwanted, 0)),
        cause.certificate,
    )


def shorten(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Send the server's certificate and those on the way to its root, each once, and nothing else."""
    case, best = judgement.case, judgement.case.choice.best
    needed = (
        {node.certificate.sha256 for node in best.path.nodes[: -1 if best.path.anchored else None]}
        if best
        else set()
    )
    wanted = tuple(dict.fromkeys(each.der for each in case.sent if each.sha256 in needed))
    if not wanted or len(wanted) == len(case.sent):
        return None
    return Proposal(
        ChangeKind.LEAVE_OUT,
        "all that is not needed",
        "send only the server's certificate and those on the way to its root, each once",
        lambda so_far: so_far.with_judged_chain(
            lambda sent: _only(sent, [so_far.now(each) for each in wanted])
        ),
        cause.certificate,
    )


def _only(sent: Chain, wanted: list[bytes]) -> Chain:
    return tuple(dict.fromkeys(each for each in sent if each in wanted))


def _without(sent: Chain, unwanted: Chain, kept: int) -> Chain:
    places = [place for place, each in enumerate(sent) if each in unwanted][kept:]
    return tuple(each for place, each in enumerate(sent) if place not in places)


def send_intermediate(judgement: Judgement, cause: Cause) -> Proposal | None:
    """Send what stands between the last certificate sent and a root: fetched, or known to exist."""
    case, child = judgement.case, concerned(judgement, cause)
    if child is None:
        return None
    missing = tuple(each.certificate for each in _fetched(case))
    if not missing:
        return _send_unseen(judgement, child, cause)
    names = listing(tuple(quoted(each) for each in missing))
    return Proposal(
        ChangeKind.SEND_INTERMEDIATE,
        missing[0].sha256,
        f"{_send(case)} {names} {_after(case, child)}",
        lambda so_far: so_far.inserted(child.der, tuple(each.der for each in missing)),
        cause.certificate,
    )


def _fetched(case: Case) -> tuple[Node, ...]:
    best = case.choice.best
    fetched = best.path.fetched if best else ()
    return tuple(node for node in fetched if not is_self_signed(node.certificate))


def _send_unseen(judgement: Judgement, child: Certificate, cause: Cause) -> Proposal:
    case, when = judgement.case, right_time(judgement)
    root = _root_for(case, child)
    known = known_intermediate(child.issuer)
    name = replace(child.issuer, der=b"", attributes=child.issuer.attributes)
    top = root or new_authority(replace(name, der=f"root {known.root if known else ''}".encode()), None, when)
    between = new_authority(child.issuer, top, when, child.authority_key_id)

    def apply(so_far: Supposition) -> Supposition:
        changed = so_far.amended(child.der, supposed_signer=between.key.spki_sha256)
        changed = changed.with_certificate(between).with_certificate(top)
        if root is None:
            changed = changed.with_anchor(top.der, vendor_stores(so_far))
        return changed.inserted(child.der, (between.der,))

    text = f"{_send(case)} “{child.issuer.short[:80]}” {_after(case, child)}"
    return Proposal(ChangeKind.SEND_INTERMEDIATE, between.sha256, text, apply, cause.certificate)


def _root_for(case: Case, child: Certificate) -> Certificate | None:
    """Return the root that an unseen issuer most likely leads to, among those that are held."""
    known = known_intermediate(child.issuer)
    organisation = (child.issuer.first("O") or "").casefold()
    for node in case.pool.nodes.values():
        subject = node.certificate.subject
        if not node.is_anchor or not is_self_signed(node.certificate):
            continue
        if known is not None and subject.first("CN") == known.root:
            return node.certificate
        if organisation and (subject.first("O") or "").casefold() == organisation:
            return node.certificate
    return None


def _send(case: Case) -> str:
    return "add" if case.from_files else "send"


def _after(case: Case, child: Certificate) -> str:
    is_leaf = case.leaf is not None and child.sha256 == case.leaf.sha256
    return "after the server's certificate" if is_leaf else f"after {quoted(child)}"
