"""CAs that lost trust: which programmes refuse this certificate for it, and since when.

Programmes mostly go by dates: what was issued before goes on to count until its end. A plain list of roots
knows no dates, so clients that rest on one go on accepting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.naming import capital, listing, quoted
from certwizard.diagnosis.paths import Path
from certwizard.diagnosis.result import Cause
from certwizard.diagnosis.stores import clients_of, given_by_user, severity_for
from certwizard.domain.certificate import Certificate
from certwizard.domain.scts import certificate_scts, ocsp_scts
from certwizard.domain.trust_stores import MICROSOFT
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.domain.wording import day
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.distrust import (
    DistrustedCa,
    DistrustRule,
    RuleKind,
    decides_for,
    distrusted_key,
    distrusted_name,
)

REMOVED, BY_DATE, LATER = "removed", "by-date", "before-the-date"


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One programme's refusal of one path."""

    title: str
    clients: frozenset[str]
    words: str
    applies: bool
    """False where the certificate is older than the date."""
    removed: bool = False


def distrust_causes(case: Case, best: Judged) -> list[Cause]:
    """Return `distrusted-ca` where a programme refuses each path, or will with the next certificate."""
    if given_by_user(case):
        return []
    if not best.path.anchored:
        return _removed(case, best)
    found = [(path, _known(path)) for path in case.choice.anchored]
    ca = next((known for _, known in found if known is not None), None)
    refusals = [_refusals(case, path, known) for path, known in found]
    common = [each for each in refusals[0] if _refuses_all(each, refusals)] if refusals else []
    if not common:
        return []
    root = found[0][0].nodes[-1].certificate
    return [_by_date(case, root, ca, common)]


def removed_ca(case: Case, best: Judged) -> DistrustedCa | None:
    """Return the CA that lost trust and whose root no consulted store holds any more."""
    end = best.path.nodes[-1].certificate
    for node in reversed(best.path.nodes[1:]):
        known = distrusted_key(node.certificate)
        if known is not None:
            return known
    return None if best.path.self_signed_end else distrusted_name(end.issuer)


def _removed(case: Case, best: Judged) -> list[Cause]:
    ca = removed_ca(case, best)
    if ca is None:
        return []
    end = best.path.nodes[-1]
    who = listing(tuple(f"{rule.programme.title} ({_since(rule)})" for rule in ca.rules))
    by_name = "" if distrusted_key(end.certificate) else " (known by its name: its root was not seen)"
    return [
        Cause(
            CauseId.DISTRUSTED_CA,
            Severity.ERROR,
            f"The certificate comes from {ca.name}, whose roots were taken out of the trust stores.",
            f"{capital(ca.name)} lost its trust because {ca.why}: {who}{by_name}. No setting of the server brings it "
            "back, and a new certificate of the same CA would be refused as well.",
            FieldId.TRUST_ANCHOR,
            f"{quoted(end.certificate)}, of {ca.name}",
            "a CA that clients trust",
            certificate=end.index,
            concerns="" if end.index is not None else end.certificate.sha256,
            detail=REMOVED,
        )
    ]


def _known(path: Path) -> DistrustedCa | None:
    """Return the CA of a path that lost trust: its key counts, as root or as a cross-signed intermediate."""
    return next((ca for node in path.nodes[1:] if (ca := distrusted_key(node.certificate)) is not None), None)


def _refuses_all(refusal: _Refusal, everywhere: Iterable[Iterable[_Refusal]]) -> bool:
    """Return whether every path is refused alike: else the client takes another one."""
    return all(
        any((each.title, each.applies) == (refusal.title, refusal.applies) for each in path)
        for path in everywhere
    )


def _refusals(case: Case, path: Path, ca: DistrustedCa | None) -> list[_Refusal]:
    limit = _microsofts_limit(case, path)
    rules = ca.rules if ca is not None else ()
    found = [_refusal(case, rule) for rule in rules if limit is None or rule.programme.id != MICROSOFT]
    if limit is not None:
        store = next(store for store in case.observation.stores if store.id == MICROSOFT)
        issued = _not_before(case)
        words = f"issued after {day(limit)}"
        found.append(_Refusal("Microsoft", clients_of(case, store), words, bool(issued and issued > limit)))
    return found


def _microsofts_limit(case: Case, path: Path) -> datetime | None:
    """Return the day up to which Microsoft's list takes what the root issues, as the list itself says."""
    root = path.nodes[-1].certificate
    return next(
        (
            limit.issued_until
            for anchor in case.observation.anchors
            if anchor.der == root.der
            for limit in anchor.limits
            if limit.store == MICROSOFT
        ),
        None,
    )


def _refusal(case: Case, rule: DistrustRule) -> _Refusal:
    title = rule.programme.title
    clients = frozenset(
        profile.id for profile in profiles() if decides_for(rule.programme, profile.id, profile.like)
    )
    if rule.kind is RuleKind.REMOVED:
        words = f"everything, since {rule.day.isoformat()}"
        return _Refusal(title, clients, words, rule.last_moment < case.judged_at, removed=True)
    if rule.kind is RuleKind.SCT_AFTER:
        words = f"what has its first SCT after {rule.day.isoformat()}"
        moment = earliest_sct(case) or _not_before(case)
    else:
        words, moment = f"what was issued after {rule.day.isoformat()}", _not_before(case)
    return _Refusal(title, clients, words, moment is not None and moment > rule.last_moment)


def earliest_sct(case: Case) -> datetime | None:
    """Return the time of the earliest SCT that came with the certificate, or None where none did."""
    leaf = case.leaf
    if leaf is None:
        return None
    found = list(certificate_scts(leaf).scts)
    if case.handshake is not None and case.handshake.stapled_ocsp:
        found += ocsp_scts(case.handshake.stapled_ocsp, leaf.serial).scts
    return min((sct.timestamp for sct in found), default=None)


def _not_before(case: Case) -> datetime | None:
    return case.leaf.not_before if case.leaf is not None else None


def _by_date(case: Case, root: Certificate, ca: DistrustedCa | None, refusals: list[_Refusal]) -> Cause:
    now = [each for each in refusals if each.applies]
    clients = frozenset().union(*(each.clients for each in now or refusals))
    who = ca.name if ca is not None else f"the root {quoted(root)}"
    rules = listing(tuple(f"{each.title} refuses {each.words}" for each in refusals), 6)
    why = f" because {ca.why}" if ca is not None else ""
    issued, first = _not_before(case), earliest_sct(case)
    seen = f"issued {day(issued)}" if issued is not None else "issued on an unreadable day"
    seen += f", first SCT {day(first)}" if first is not None else ", no SCT seen"
    if now:
        titles = listing(tuple(each.title for each in now))
        headline = (
            f"{titles} no longer trust{'s' if len(now) == 1 else ''} certificates that {who} issues today."
        )
    else:
        headline = (
            f"The next certificate of {who} will be refused: this one is older than the day of distrust."
        )
    end = (
        "Clients with a plain list of roots go on accepting, so it works in some and fails in others."
        if now
        else "This certificate goes on to count until its end; a renewal with the same CA will not."
    )
    return Cause(
        CauseId.DISTRUSTED_CA,
        severity_for(clients) if now else Severity.WARNING,
        headline,
        f"{capital(who)} lost trust{why}: {rules}. {end}",
        FieldId.TRUST_ANCHOR,
        seen,
        f"a CA that {listing(tuple(each.title for each in now or refusals))} still trusts",
        concerns=root.sha256,
        detail=(REMOVED if all(each.removed for each in now) else BY_DATE) if now else LATER,
        minded_by=clients,
    )


def _since(rule: DistrustRule) -> str:
    when = rule.day.isoformat()
    return {RuleKind.REMOVED: f"since {when}"}.get(rule.kind, f"for what was issued after {when}")
